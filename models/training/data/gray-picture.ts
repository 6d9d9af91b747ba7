import type { PixelSource } from '../../../src/imaging/pixel-source.js';

/**
 * Returns an opaque gray picture.
 *
 * @param grayAt of a row and a column, 0 (black) to 255
 */
export function grayPicture(
  width: number,
  height: number,
  grayAt: (row: number, column: number) => number,
): PixelSource {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to += 4) {
      const gray = grayAt(row, column);
      data.set([gray, gray, gray, 255], to);
    }
  }
  return { data, width, height };
}
