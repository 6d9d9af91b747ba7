import type { Plane } from './plane.js';

/** Which pixels of a line a target pixel is made of, and how much of each. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Weights of the source pixels under the stretch `from`..`to`, by how much of it each covers; they add up to 1 inside. */
function areaSpan(from: number, to: number, length: number): Span {
  const first = Math.max(0, Math.floor(from));
  const end = Math.min(length, Math.ceil(to));
  const weights: number[] = [];
  for (let pixel = first; pixel < end; pixel++) {
    weights.push((Math.min(to, pixel + 1) - Math.max(from, pixel)) / (to - from));
  }
  return { first, weights };
}

/** The two source pixels nearest to a place, weighted linearly. Beyond the ends there is paper. */
function linearSpan(place: number, length: number): Span {
  const before = Math.floor(place - 0.5);
  const share = place - 0.5 - before;
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
 * A square of `size` pixels that shows the plane scaled by `scale`, its upper left corner at the place `origin` of the
 * plane, which may be anywhere between pixels. Outside of the plane there is paper.
 *
 * Scaled down (or moved at the same size), each pixel is the exact average of the area that it covers: OpenCV's
 * INTER_AREA where the scale is a whole fraction, its bilinear shift at scale 1. Scaled up, it is bilinear.
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
      // The weights add up to a little more than 1 by rounding.
      data[to] = Math.min(1, data[to]);
    }
  }
  return { data, width: size, height: size };
}
