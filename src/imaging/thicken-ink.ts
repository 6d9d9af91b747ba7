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

/** Puts for each pixel the squared distance from the nearest one that is 0 in its place. */
function transformPlane(distances: Float64Array, width: number, height: number): void {
  for (let column = 0; column < width; column++) transformLine(distances, column, width, height);
  for (let row = 0; row < height; row++) transformLine(distances, row * width, 1, width);
}

/** The plane with room on all sides. */
function padded({ data, width, height }: Plane, margin: number): Plane {
  const wide = { data: new Float32Array((width + 2 * margin) * (height + 2 * margin)), width: width + 2 * margin };
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    wide.data.set(line, (row + margin) * wide.width + margin);
  }
  return { ...wide, height: height + 2 * margin };
}

/** The plane with its ink (what is at least half covered) made wider by `radius` pixels on all sides, and room for it. Fainter ink stays. */
export function thickenInk(plane: Plane, radius: number): Plane & { readonly margin: number } {
  const margin = Math.ceil(radius) + 1;
  const { data, width, height } = padded(plane, margin);
  const distances = Float64Array.from(data, (ink) => (ink >= 0.5 ? 0 : FAR));
  transformPlane(distances, width, height);
  const covered = (ink: number, pixel: number): number =>
    Math.max(ink, Math.min(1, radius + 0.5 - Math.sqrt(distances[pixel])));
  return { data: data.map(covered), width, height, margin };
}

/** The plane with its ink (what is at least half covered) made thinner by `radius` pixels on all sides. What is less wide than twice that is gone. */
export function thinInk(plane: Plane, radius: number): Plane {
  const { data, width, height } = padded(plane, 1);
  const distances = Float64Array.from(data, (ink) => (ink >= 0.5 ? FAR : 0));
  transformPlane(distances, width, height);
  const covered = (ink: number, pixel: number): number =>
    Math.min(ink, Math.max(0, Math.sqrt(distances[pixel]) - radius - 0.5));
  return { data: data.map(covered), width, height };
}
