import type { PixelSource } from './pixel-source.js';

/** Pixels with values 0..1; colors are premultiplied by alpha, so that averaging is correct. */
export interface ColorPlane {
  /** Four values per pixel: red, green, blue, alpha. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * A strip is at least this many times as long as high. A number of 24 digits is about 16 times as long as high: if its
 * longest side were bounded like any other picture's, hardly any pixels of each digit would be left.
 */
const STRIP = 4;

/**
 * Returns the smallest integer factor to reduce a picture by so that its longest side is at most `side`. A strip may be
 * up to `STRIP` times as long, as long as it has no more pixels than the largest picture that is not a strip.
 */
export function reductionFactor({ width, height }: { width: number; height: number }, side: number): number {
  const longest = Math.max(width, height);
  const ofStrip = Math.max(Math.sqrt(STRIP * width * height) / side, longest / (STRIP * side));
  return Math.max(1, Math.ceil(Math.min(longest / side, ofStrip)));
}

/**
 * Reduces a picture so that its longest side is at most `side`; a strip may be longer. Each pixel is the average of a
 * square of `factor` by `factor` pixels, or of the part of it inside the picture.
 */
export function reducePixels(source: PixelSource, side: number): ColorPlane & { readonly factor: number } {
  const factor = reductionFactor(source, side);
  const width = Math.ceil(source.width / factor);
  const height = Math.ceil(source.height / factor);
  const data = new Float32Array(width * height * 4);
  const bytes = source.data;
  // The same for single pixels, without a loop for each.
  if (factor === 1) {
    const share = 1 / 255;
    for (let at = 0; at < data.length; at += 4) {
      const alpha = bytes[at + 3];
      data[at] = ((bytes[at] * alpha) / 255) * share;
      data[at + 1] = ((bytes[at + 1] * alpha) / 255) * share;
      data[at + 2] = ((bytes[at + 2] * alpha) / 255) * share;
      data[at + 3] = alpha * share;
    }
    return { data, width, height, factor };
  }
  for (let row = 0, from = 0; row < source.height; row++) {
    const top = Math.floor(row / factor);
    const rowsInSquare = Math.min(factor, source.height - top * factor);
    const whole = 1 / (255 * rowsInSquare * factor);
    for (let left = 0, to = top * width * 4; left < width; left++, to += 4) {
      const columnsInSquare = Math.min(factor, source.width - left * factor);
      // Only the last square may be narrower; a division for each would be slow.
      const share = columnsInSquare === factor ? whole : 1 / (255 * rowsInSquare * columnsInSquare);
      let red = 0;
      let green = 0;
      let blue = 0;
      let opacity = 0;
      for (const end = from + 4 * columnsInSquare; from < end; from += 4) {
        const alpha = bytes[from + 3];
        red += bytes[from] * alpha;
        green += bytes[from + 1] * alpha;
        blue += bytes[from + 2] * alpha;
        opacity += alpha;
      }
      data[to] += (red / 255) * share;
      data[to + 1] += (green / 255) * share;
      data[to + 2] += (blue / 255) * share;
      data[to + 3] += opacity * share;
    }
  }
  return { data, width, height, factor };
}

/**
 * Copies every nth pixel of every nth row, so that the longest side is at most `side`; a strip may be longer. Thin lines
 * may disappear.
 */
export function subsample(image: ColorPlane, side: number): ColorPlane & { readonly stride: number } {
  const stride = reductionFactor(image, side);
  const width = Math.ceil(image.width / stride);
  const height = Math.ceil(image.height / stride);
  const data = new Float32Array(width * height * 4);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * image.width + column) * stride * 4;
      data[to++] = image.data[from];
      data[to++] = image.data[from + 1];
      data[to++] = image.data[from + 2];
      data[to++] = image.data[from + 3];
    }
  }
  return { data, width, height, stride };
}
