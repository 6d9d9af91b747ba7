import type { Plane } from './plane.js';

/** If less than this share of the ink survives the majority filter, its lines are too thin to be filtered. */
const MIN_REMAINING = 0.7;

/**
 * Returns a mask of the ink, 1 or 0: pixels that are at least half covered. Noise pierces lines and leaves specks,
 * which would count as outline: if the lines are wide enough, a 3x3 majority filter removes it.
 */
export function inkMask({ data, width, height }: Plane): Uint8Array {
  const mask = new Uint8Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel++) mask[pixel] = data[pixel] >= 0.5 ? 1 : 0;
  const sums = new Uint8Array(data.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      sums[pixel] = mask[pixel] + (column > 0 ? mask[pixel - 1] : 0) + (column < width - 1 ? mask[pixel + 1] : 0);
    }
  }
  const voted = new Uint8Array(data.length);
  let [area, remaining] = [0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    area += mask[pixel];
    const above = pixel >= width ? sums[pixel - width] : 0;
    const below = pixel < width * (height - 1) ? sums[pixel + width] : 0;
    if (above + sums[pixel] + below < 5) continue;
    voted[pixel] = 1;
    remaining += 1;
  }
  return remaining >= MIN_REMAINING * area ? voted : mask;
}

/**
 * Returns the mean width of the ink's lines, in pixels: twice the area over the outline, as for a long stripe. The
 * outline is counted along pixel edges, which on average over all directions is 4/π of the true length.
 */
export function lineWidth(plane: Plane): number {
  const { width, height } = plane;
  const mask = inkMask(plane);
  let area = 0;
  let edges = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (mask[pixel] === 0) continue;
      area += 1;
      if (column === 0 || mask[pixel - 1] === 0) edges += 1;
      if (column === width - 1 || mask[pixel + 1] === 0) edges += 1;
      if (row === 0 || mask[pixel - width] === 0) edges += 1;
      if (row === height - 1 || mask[pixel + width] === 0) edges += 1;
    }
  }
  return edges > 0 ? (2 * area * 4) / (Math.PI * edges) : 0;
}
