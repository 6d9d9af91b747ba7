import type { Size } from '../../../src/model/webgpu-program-format.js';

/** Kernels divide by tile and workgroup sizes; this is WebGPU's limit for the latter. */
const LARGEST_DIVISOR = 256;

/**
 * Fits a function of n to all samples: a constant, else floor((scale * n + offset) / divisor) with the smallest
 * divisor.
 * @param samples pairs of n and the number for it, sorted by n
 * @returns null if there is none
 */
export function fitSize(samples: readonly (readonly [n: number, value: number])[]): Size | null {
  const [first, last] = [samples[0], samples[samples.length - 1]];
  if (samples.every(([, value]) => value === first[1])) return first[1];
  const [run, rise] = [last[0] - first[0], last[1] - first[1]];
  for (let divisor = 1; divisor <= LARGEST_DIVISOR; divisor++) {
    // Rounding moves the rise by less than one step.
    const least = Math.ceil(((rise - 1) * divisor + 1) / run);
    const most = Math.floor(((rise + 1) * divisor - 1) / run);
    for (let scale = least; scale <= most; scale++) {
      const offset = Math.max(...samples.map(([n, value]) => value * divisor - scale * n));
      if (samples.every(([n, value]) => Math.floor((scale * n + offset) / divisor) === value)) {
        return [scale, offset, divisor];
      }
    }
  }
  return null;
}
