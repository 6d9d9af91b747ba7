/** Operations on rasters, row-major, with one or more channels per pixel. Pure. */
import { gaussian } from './random.js';

/** The nearest value from 0 to 1. */
export const clamp = (value: number) => Math.min(1, Math.max(0, value));

/**
 * Samples between the centers of pixels, with bilinear interpolation.
 * @param at returns a pixel
 * @param x in pixels from the center of the first one, like `y`
 */
export function sample(at: (column: number, row: number) => number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const upper = at(left, top) * (1 - across) + at(left + 1, top) * across;
  const lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
  return upper * (1 - down) + lower * down;
}

interface Raster {
  /** Width and height in pixels. */
  readonly side: number;
  readonly channels: number;
  /** Whether the outermost pixels extend beyond the edges; otherwise there is 0. */
  readonly extended: boolean;
  /** In which sums are added up: their rounding is part of what was measured. */
  readonly Sums: Float32ArrayConstructor | Float64ArrayConstructor;
}

/** One pass along rows (`step` 1) or columns (`step` `side`). */
function blurAlong(values: Float32Array, sigma: number, step: number, raster: Raster): Float32Array {
  const { side, channels, extended, Sums } = raster;
  const weights = gaussian(sigma);
  const sums = new Sums(values.length);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const position = step === 1 ? pixel % side : Math.floor(pixel / side);
    for (const { offset, weight } of weights) {
      const nearest = Math.min(side - 1, Math.max(0, position + offset));
      if (!extended && nearest !== position + offset) continue;
      const from = (pixel + (nearest - position) * step) * channels;
      for (let channel = 0; channel < channels; channel++) {
        sums[pixel * channels + channel] += values[from + channel] * weight;
      }
    }
  }
  return new Float32Array(sums);
}

/** Blurs with a Gaussian, along rows and then along columns. */
export const blur = (values: Float32Array, sigma: number, raster: Raster): Float32Array =>
  blurAlong(blurAlong(values, sigma, 1, raster), sigma, raster.side, raster);
