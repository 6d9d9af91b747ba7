import type { PixelSource } from './pixel-source.js';

/** Pixels with 0..1 values; colours multiplied by alpha, so that averages of them are right. */
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
    const rowStart = Math.floor(row / factor) * width;
    const rowsInSquare = Math.min(factor, source.height - Math.floor(row / factor) * factor);
    for (let column = 0; column < source.width; column++, from += 4) {
      const reducedColumn = Math.floor(column / factor);
      const columnsInSquare = Math.min(factor, source.width - reducedColumn * factor);
      const to = (rowStart + reducedColumn) * 4;
      const alpha = source.data[from + 3] / 255 / (rowsInSquare * columnsInSquare);
      data[to] += (source.data[from] / 255) * alpha;
      data[to + 1] += (source.data[from + 1] / 255) * alpha;
      data[to + 2] += (source.data[from + 2] / 255) * alpha;
      data[to + 3] += alpha;
    }
  }
  return { data, width, height, factor };
}
