import type { PixelSource } from './pixel-source.js';

/** Pixels with 0..1 values; colors multiplied by alpha, so that averages of them are right. */
export interface ColorPlane {
  /** Four values per pixel: red, green, blue, alpha. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The picture at one whole fraction of its size, such that its longest side is at most `longestSide`. Each pixel is the
 * average of a square of `factor` by `factor`; at the right and lower edge of what is left of it.
 */
export function reducePixels(source: PixelSource, longestSide: number): ColorPlane & { readonly factor: number } {
  const factor = Math.ceil(Math.max(source.width, source.height) / longestSide);
  const width = Math.ceil(source.width / factor);
  const height = Math.ceil(source.height / factor);
  const data = new Float32Array(width * height * 4);
  for (let row = 0, from = 0; row < source.height; row++) {
    const top = Math.floor(row / factor);
    const rowsInSquare = Math.min(factor, source.height - top * factor);
    for (let left = 0, to = top * width * 4; left < width; left++, to += 4) {
      const columnsInSquare = Math.min(factor, source.width - left * factor);
      const share = 1 / (255 * rowsInSquare * columnsInSquare);
      for (let column = 0; column < columnsInSquare; column++, from += 4) {
        const alpha = source.data[from + 3] * share;
        const color = alpha / 255;
        data[to] += source.data[from] * color;
        data[to + 1] += source.data[from + 1] * color;
        data[to + 2] += source.data[from + 2] * color;
        data[to + 3] += alpha;
      }
    }
  }
  return { data, width, height, factor };
}
