import type { Plane } from './plane.js';

/** Ink of which less than this share is left by the vote of its neighbors has lines too thin for it. */
const LEAST_LEFT = 0.7;

/**
 * Which pixels are ink, 1 or 0: those at least half covered. Noise pierces lines and strews specks, which would count as
 * outline: where the lines are wide enough for it, each pixel goes with the most of the nine around it.
 */
export function inkMask({ data, width, height }: Plane): Uint8Array {
  const mask = new Uint8Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel++) mask[pixel] = data[pixel] >= 0.5 ? 1 : 0;
  const ofThree = new Uint8Array(data.length);
  for (let column = 0, pixel = 0; pixel < data.length; pixel++, column = (column + 1) % width) {
    ofThree[pixel] = mask[pixel] + (column > 0 ? mask[pixel - 1] : 0) + (column < width - 1 ? mask[pixel + 1] : 0);
  }
  const voted = new Uint8Array(data.length);
  let [area, left] = [0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    area += mask[pixel];
    const above = pixel >= width ? ofThree[pixel - width] : 0;
    const below = pixel < width * (height - 1) ? ofThree[pixel + width] : 0;
    if (above + ofThree[pixel] + below < 5) continue;
    voted[pixel] = 1;
    left += 1;
  }
  return left >= LEAST_LEFT * area ? voted : mask;
}

/**
 * Mean width of the ink's lines, in pixels: twice its area over its outline, as of a long stripe. The outline is
 * counted along pixel edges, which is 4/π of the true length on the average over all directions.
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
