import type { PixelSource, Plane } from '../../imaging/index.js';

/** Red, green and blue, 0..255. */
type Color = readonly [red: number, green: number, blue: number];

/** Ink that speaks for a digit, and against it: as far apart for every eye as two colors are. */
export const FOR_COLOR: Color = [255, 140, 0];
export const AGAINST_COLOR: Color = [64, 150, 255];

/** A picture whose pixels are colors, 0..255. */
function pictureOf(width: number, height: number, colorOf: (pixel: number) => Color): PixelSource {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = colorOf(pixel);
    data[pixel * 4] = red;
    data[pixel * 4 + 1] = green;
    data[pixel * 4 + 2] = blue;
    data[pixel * 4 + 3] = 255;
  }
  return { data, width, height };
}

/** Ink white on black. @param strongest the value that is white */
export function greyPicture({ data, width, height }: Plane, strongest = 1): PixelSource {
  return pictureOf(width, height, (pixel) => {
    const grey = (data[pixel] / strongest) * 255;
    return [grey, grey, grey];
  });
}

/**
 * Ink in the color of what it does: the more it counts, the more color.
 * @param values of the ink, 0..1 each
 * @param drops one for each of the values; their sign chooses the color
 */
export function heatPicture({ data, width, height }: Plane, drops: Float32Array): PixelSource {
  const strongest = drops.reduce((most, drop) => Math.max(most, Math.abs(drop)), Number.MIN_VALUE);
  return pictureOf(width, height, (pixel) => {
    const share = Math.abs(drops[pixel]) / strongest;
    const color = drops[pixel] > 0 ? FOR_COLOR : AGAINST_COLOR;
    const [red, green, blue] = color.map((channel) => (255 + (channel - 255) * share) * data[pixel]);
    return [red, green, blue];
  });
}
