import { inkMask } from './line-width.js';
import type { Plane } from './plane.js';
import { squaredDistances } from './squared-distances.js';

/** Returns the plane with a margin on all sides. */
function padded({ data, width, height }: Plane, margin: number): Plane {
  const wide = { data: new Float32Array((width + 2 * margin) * (height + 2 * margin)), width: width + 2 * margin };
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    wide.data.set(line, (row + margin) * wide.width + margin);
  }
  return { ...wide, height: height + 2 * margin };
}

/**
 * Returns the plane with its ink, according to `inkMask`, thickened by `radius` pixels on all sides, with a margin for
 * it. Fainter ink remains.
 */
export function thickenInk(plane: Plane, radius: number): Plane {
  const margin = Math.ceil(radius) + 1;
  const { data, width, height } = padded(plane, margin);
  const mask = inkMask({ data, width, height });
  const distances = squaredDistances(mask, width, height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    const distance = mask[pixel] === 1 ? 0 : Math.sqrt(distances[pixel]);
    data[pixel] = Math.max(data[pixel], Math.min(1, radius + 0.5 - distance));
  }
  return { data, width, height };
}

/**
 * Returns the plane with its ink, according to `inkMask`, thinned by `radius` pixels on all sides. Ink up to twice as
 * wide disappears.
 */
export function thinInk(plane: Plane, radius: number): Plane {
  const { data, width, height } = padded(plane, 1);
  const mask = inkMask({ data, width, height });
  const distances = squaredDistances(mask, width, height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    const distance = mask[pixel] === 1 ? Math.sqrt(distances[pixel]) : 0;
    data[pixel] = Math.min(data[pixel], Math.max(0, distance - radius - 0.5));
  }
  return { data, width, height };
}
