import type { Plane } from './plane.js';

/** The source pixels of a target pixel in a line, and their weights. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Weights source pixels by how much of the range `from`..`to` each covers; inside the line, the weights add up to 1.
 */
function areaSpan(from: number, to: number, length: number): Span {
  const first = Math.max(0, Math.floor(from));
  const end = Math.min(length, Math.ceil(to));
  const weights: number[] = [];
  for (let pixel = first; pixel < end; pixel++) {
    weights.push((Math.min(to, pixel + 1) - Math.max(from, pixel)) / (to - from));
  }
  return { first, weights };
}

/** Weights the two source pixels nearest to a position linearly. Beyond the ends there is paper. */
function linearSpan(position: number, length: number): Span {
  const before = Math.floor(position - 0.5);
  const share = position - 0.5 - before;
  const first = Math.max(0, before);
  const weights = [1 - share, share].slice(first - before, Math.max(0, length - before));
  return { first, weights };
}

function spans(size: number, origin: number, scale: number, length: number): Span[] {
  return Array.from({ length: size }, (_, pixel) => {
    const from = origin + pixel / scale;
    return scale > 1 ? linearSpan(from + 0.5 / scale, length) : areaSpan(from, from + 1 / scale, length);
  });
}

/**
 * Returns a square of `size` pixels that shows the plane scaled by `scale`, with its upper left corner at the point
 * `origin` of the plane, possibly between pixels. Outside the plane there is paper.
 *
 * When scaling down (or moving at the same size), each pixel is the exact average of the area that it covers: OpenCV's
 * INTER_AREA for integer factors, and its bilinear shift at scale 1. When scaling up, it is interpolated bilinearly.
 */
export function resampleArea(plane: Plane, size: number, scale: number, origin: { x: number; y: number }): Plane {
  const columns = spans(size, origin.x, scale, plane.width);
  const rows = spans(size, origin.y, scale, plane.height);
  const data = new Float32Array(size * size);
  for (let row = 0, to = 0; row < size; row++) {
    const down = rows[row];
    for (let column = 0; column < size; column++, to++) {
      const across = columns[column];
      for (let y = 0; y < down.weights.length; y++) {
        const start = (down.first + y) * plane.width + across.first;
        let sum = 0;
        for (let x = 0; x < across.weights.length; x++) sum += plane.data[start + x] * across.weights[x];
        data[to] += sum * down.weights[y];
      }
      // The weights may add up to slightly more than 1 due to rounding.
      data[to] = Math.min(1, data[to]);
    }
  }
  return { data, width: size, height: size };
}
