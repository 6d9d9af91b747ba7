/** Strokes in training data, and the few operations shared by variation and templates. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of one stroke, in drawing order. */
export type Path = readonly Point[];

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

export const mix = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

export function length(path: Path): number {
  let total = 0;
  for (let index = 1; index < path.length; index++) total += distance(path[index - 1], path[index]);
  return total;
}

/** Returns the part of a path between two distances from its start; at least one point. */
export function slice(path: Path, from: number, to: number): Point[] {
  const piece: Point[] = [];
  let passed = 0;
  for (let index = 1; index < path.length; index++) {
    const a = path[index - 1];
    const b = path[index];
    const step = distance(a, b);
    if (step > 0 && passed + step >= from && passed <= to) {
      if (piece.length === 0) piece.push(mix(a, b, Math.max(0, from - passed) / step));
      piece.push(mix(a, b, Math.min(step, to - passed) / step));
    }
    passed += step;
  }
  return piece.length > 0 ? piece : path.slice(0, 1);
}

/** Returns points at equal distances of about `spacing` along a path, including both ends. */
export function resample(path: Path, spacing: number): Point[] {
  const total = length(path);
  if (total === 0) return path.slice(0, 1);
  const count = Math.max(1, Math.round(total / spacing));
  const points: Point[] = [path[0]];
  let index = 1;
  let passed = 0;
  for (let step = 1; step < count; step++) {
    const target = (total * step) / count;
    while (index < path.length - 1 && passed + distance(path[index - 1], path[index]) < target) {
      passed += distance(path[index - 1], path[index]);
      index++;
    }
    const side = distance(path[index - 1], path[index]);
    points.push(mix(path[index - 1], path[index], side > 0 ? Math.min(1, (target - passed) / side) : 0));
  }
  points.push(path[path.length - 1]);
  return points;
}

/** Moves and scales paths so that their bounding box is centered on (0, 0) and its longer side is 1. */
export function toUnitBox(paths: readonly Path[]): Path[] {
  const points = paths.flat();
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const width = Math.max(...xs) - left;
  const height = Math.max(...ys) - top;
  const scale = 1 / (Math.max(width, height) || 1);
  return paths.map((path) =>
    path.map(({ x, y }) => ({ x: (x - left - width / 2) * scale, y: (y - top - height / 2) * scale })),
  );
}
