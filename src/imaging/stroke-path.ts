import type { Box } from './box.js';

export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

/** What a pen drew from down to up: a line through its points. Any units, y down. */
export interface StrokePath {
  readonly points: readonly PathPoint[];
}

/** Beyond this a coordinate is no place on any drawing, and differences of two of them lose their precision. */
const FURTHEST = 2 ** 40;

const isPlace = ({ x, y }: PathPoint): boolean => Math.abs(x) <= FURTHEST && Math.abs(y) <= FURTHEST;

/** The strokes without points that are no places (NaN, infinite, absurdly far) and without strokes that have none left. */
export function withoutStrayPoints(strokes: readonly StrokePath[]): StrokePath[] {
  return strokes.map(({ points }) => ({ points: points.filter(isPlace) })).filter(({ points }) => points.length > 0);
}

/** The box around all points, or null when there are none. */
export function boundingBoxOfPoints(strokes: readonly StrokePath[]): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { points } of strokes) {
    for (const { x, y } of points) {
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return right < left ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moves the corner `origin` to (0, 0), scales about it, then moves by `shift`. */
export function transformStrokes(
  strokes: readonly StrokePath[],
  origin: PathPoint,
  scale: number,
  shift: PathPoint,
): StrokePath[] {
  return strokes.map(({ points }) => ({
    points: points.map(({ x, y }) => ({ x: (x - origin.x) * scale + shift.x, y: (y - origin.y) * scale + shift.y })),
  }));
}
