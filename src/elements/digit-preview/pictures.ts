import type { PixelSource, Plane } from '../../imaging/index.js';

/** Red, green and blue, 0..255. */
type Color = readonly [red: number, green: number, blue: number];

/** Colors of ink that counts for and against a digit, distinguishable for color-blind users too. */
const FOR_COLOR: Color = [255, 140, 0];
const AGAINST_COLOR: Color = [64, 150, 255];

/** Creates a picture from the color of each pixel. */
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

/**
 * Returns a plane as white ink on black.
 * @param strongest the value shown as white
 */
export function grayPicture({ data, width, height }: Plane, strongest = 1): PixelSource {
  return pictureOf(width, height, (pixel) => {
    const gray = (data[pixel] / strongest) * 255;
    return [gray, gray, gray];
  });
}

/**
 * Returns a heat map: ink in the color of its effect, the stronger the more it counts.
 * @param plane the ink, 0..1
 * @param drops one for each pixel; the sign selects the color
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
