import type { Plane } from './plane.js';

/** The connected pieces of a plane's ink. */
export interface ConnectedInk {
  /** For each pixel the number of its piece, from 1; 0 where there is no ink. */
  readonly labels: Int32Array;
  /** The ink of each piece, added up, by its number; that of 0 is 0. */
  readonly masses: readonly number[];
}

/** Ink whose pixels touch by sides or corners is one piece. */
export function connectInk({ data, width, height }: Plane): ConnectedInk {
  const labels = new Int32Array(data.length);
  const masses = [0];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    const label = masses.push(0) - 1;
    labels[start] = label;
    stack.push(start);
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      masses[label] += data[pixel];
      const column = pixel % width;
      const row = (pixel - column) / width;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const neighbor = y * width + x;
          if (data[neighbor] === 0 || labels[neighbor] !== 0) continue;
          labels[neighbor] = label;
          stack.push(neighbor);
        }
      }
    }
  }
  return { labels, masses };
}
