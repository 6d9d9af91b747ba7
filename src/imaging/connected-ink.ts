import type { Plane } from './plane.js';

/** The connected pieces of a plane's ink. */
export interface ConnectedInk {
  /** For each pixel the number of its piece, from 1; 0 where there is no ink. */
  readonly labels: Int32Array;
  /** All that are ink, piece by piece. */
  readonly pixels: Int32Array;
  /** The ink of each piece, added up, by its number; that of 0 is 0. */
  readonly masses: readonly number[];
}

/** Ink whose pixels touch by sides or corners is one piece. */
export function connectInk({ data, width }: Plane): ConnectedInk {
  const labels = new Int32Array(data.length);
  const masses = [0];
  const pixels = new Int32Array(data.length);
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    const label = masses.length;
    let mass = 0;
    labels[start] = label;
    let next = count;
    pixels[count++] = start;
    while (next < count) {
      const pixel = pixels[next++];
      mass += data[pixel];
      const column = pixel % width;
      const left = column > 0 ? -1 : 0;
      const right = column < width - 1 ? 1 : 0;
      const bottom = Math.min(data.length - 1, pixel + width);
      for (let middle = pixel >= width ? pixel - width : pixel; middle <= bottom; middle += width) {
        for (let neighbor = middle + left; neighbor <= middle + right; neighbor++) {
          if (data[neighbor] === 0 || labels[neighbor] !== 0) continue;
          labels[neighbor] = label;
          pixels[count++] = neighbor;
        }
      }
    }
    masses.push(mass);
  }
  return { labels, pixels: pixels.subarray(0, count), masses };
}

/** The plane with some of its pieces only. */
export function keepPieces(plane: Plane, { labels, pixels }: ConnectedInk, isKept: (piece: number) => boolean): Plane {
  const data = new Float32Array(plane.data.length);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at];
    if (isKept(labels[pixel])) data[pixel] = plane.data[pixel];
  }
  return { ...plane, data };
}
