import type { PixelSource } from '../../imaging/index.js';

/** Longest side of a thumbnail in pixels: enough for high-density screens. */
const THUMBNAIL_SIDE = 192;

/** Returns a small copy of a picture, by nearest-neighbor sampling. */
export function thumbnailOf({ data, width, height }: PixelSource): PixelSource {
  const step = Math.max(1, Math.max(width, height) / THUMBNAIL_SIDE);
  const columns = Math.max(1, Math.floor(width / step));
  const rows = Math.max(1, Math.floor(height / step));
  const small = new Uint8ClampedArray(columns * rows * 4);
  for (let row = 0, to = 0; row < rows; row++) {
    const start = Math.floor((row + 0.5) * step) * width;
    for (let column = 0; column < columns; column++, to += 4) {
      const from = (start + Math.floor((column + 0.5) * step)) * 4;
      small.set(data.subarray(from, from + 4), to);
    }
  }
  return { data: small, width: columns, height: rows };
}
