import type { Plane } from './plane.js';

/** Further than any pixel of a plane. */
const FAR = 1e12;

/**
 * Mean width of the ink's lines, in pixels: twice its area over its outline, as of a long stripe. The outline is
 * counted along pixel edges, which is 4/π of the true length on the average over all directions.
 */
export function lineWidth({ data, width, height }: Plane): number {
  const inked = (row: number, column: number): boolean =>
    row >= 0 && row < height && column >= 0 && column < width && data[row * width + column] >= 0.5;
  let area = 0;
  let edges = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!inked(row, column)) continue;
      area += 1;
      if (!inked(row, column - 1)) edges += 1;
      if (!inked(row, column + 1)) edges += 1;
      if (!inked(row - 1, column)) edges += 1;
      if (!inked(row + 1, column)) edges += 1;
    }
  }
  return edges > 0 ? (2 * area * 4) / (Math.PI * edges) : 0;
}

/**
 * Squared distances along one line: the lower envelope of the parabolas that stand on each of its values.
 * Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012).
 */
function transformLine(values: Float64Array, start: number, step: number, length: number): void {
  const line = Float64Array.from({ length }, (_, index) => values[start + index * step]);
  const stands = new Int32Array(length);
  const bounds = new Float64Array(length + 1);
  let last = 0;
  bounds[0] = -Infinity;
  bounds[1] = Infinity;
  for (let at = 1; at < length; at++) {
    const meet = (stand: number): number => (line[at] + at * at - line[stand] - stand * stand) / (2 * (at - stand));
    while (last > 0 && meet(stands[last]) <= bounds[last]) last -= 1;
    const bound = meet(stands[last]);
    last += 1;
    stands[last] = at;
    bounds[last] = bound;
    bounds[last + 1] = Infinity;
  }
  for (let at = 0, parabola = 0; at < length; at++) {
    while (bounds[parabola + 1] < at) parabola += 1;
    const stand = stands[parabola];
    values[start + at * step] = (at - stand) ** 2 + line[stand];
  }
}

/** The plane with its ink (what is at least half covered) made wider by `radius` pixels on all sides, and room for it. */
export function thickenInk(plane: Plane, radius: number): Plane & { readonly margin: number } {
  const margin = Math.ceil(radius) + 1;
  const width = plane.width + 2 * margin;
  const height = plane.height + 2 * margin;
  const distances = new Float64Array(width * height).fill(FAR);
  for (let row = 0, from = 0; row < plane.height; row++) {
    for (let column = 0; column < plane.width; column++, from++) {
      if (plane.data[from] >= 0.5) distances[(row + margin) * width + column + margin] = 0;
    }
  }
  for (let column = 0; column < width; column++) transformLine(distances, column, width, height);
  for (let row = 0; row < height; row++) transformLine(distances, row * width, 1, width);
  const data = Float32Array.from(distances, (squared) => Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(squared))));
  return { data, width, height, margin };
}
