import type { Plane } from './plane.js';

/** Connected ink with less than this share of the heaviest piece's ink is dirt. A dot beside a digit is more. */
const SPECK = 0.01;

/** The plane without pieces of ink (connected by sides or corners) that are dirt beside the heaviest one. */
export function dropSpecks({ data, width, height }: Plane): Plane {
  const pieces = new Int32Array(data.length);
  const masses = [0];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || pieces[start] !== 0) continue;
    const piece = masses.push(0) - 1;
    pieces[start] = piece;
    stack.push(start);
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      masses[piece] += data[pixel];
      const column = pixel % width;
      const row = (pixel - column) / width;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const neighbour = y * width + x;
          if (data[neighbour] === 0 || pieces[neighbour] !== 0) continue;
          pieces[neighbour] = piece;
          stack.push(neighbour);
        }
      }
    }
  }
  const heaviest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  return { data: data.map((value, pixel) => (masses[pieces[pixel]] < heaviest * SPECK ? 0 : value)), width, height };
}
