/**
 * Test-time augmentation: each image is read as it is and slightly rotated both ways, and the logits are averaged
 * (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015, do so with
 * flipped and cropped images). What one view makes look like another digit, or a letter like a digit, the others do not.
 */
import { IMAGE_LENGTH, IMAGE_SIDE } from '../model/index.js';

/**
 * Rotations, in radians. Of drawings by people held out of training, averaging over these accepts an eighth fewer letters
 * than the image alone where as many digits are rejected. Of 0.06, 0.12, 0.18 and 0.25, and of other sizes, widths and
 * positions, none was better for both networks; twice as many views hardly are.
 */
const ANGLES = [0, 0.18, -0.18];

/** Number of views of an image. */
export const VIEW_COUNT = ANGLES.length;

const CENTER = (IMAGE_SIDE - 1) / 2;

/** Paper on each side of an image: the corners of a rotated one are less than three pixels outside. */
const MARGIN = 4;

const SHEET_SIDE = IMAGE_SIDE + 2 * MARGIN;

/** Puts an image on a larger sheet of paper. */
function onSheet(image: Float32Array): Float32Array {
  const sheet = new Float32Array(SHEET_SIDE * SHEET_SIDE);
  for (let row = 0; row < IMAGE_SIDE; row++) {
    sheet.set(image.subarray(row * IMAGE_SIDE, (row + 1) * IMAGE_SIDE), (row + MARGIN) * SHEET_SIDE + MARGIN);
  }
  return sheet;
}

/** Rotates the image on a sheet around its center; bilinear. */
function rotate(sheet: Float32Array, angle: number): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const image = new Float32Array(IMAGE_LENGTH);
  for (let row = 0; row < IMAGE_SIDE; row++) {
    for (let column = 0; column < IMAGE_SIDE; column++) {
      const x = MARGIN + CENTER + cos * (column - CENTER) + sin * (row - CENTER);
      const y = MARGIN + CENTER + cos * (row - CENTER) - sin * (column - CENTER);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const from = top * SHEET_SIDE + left;
      const above = sheet[from] + (sheet[from + 1] - sheet[from]) * (x - left);
      const to = from + SHEET_SIDE;
      const below = sheet[to] + (sheet[to + 1] - sheet[to]) * (x - left);
      image[row * IMAGE_SIDE + column] = above + (below - above) * (y - top);
    }
  }
  return image;
}

/** Returns the views of an image of 784 values; the first one is the image itself. */
export function viewsOf(image: Float32Array): Float32Array[] {
  const sheet = onSheet(image);
  return ANGLES.map((angle) => (angle === 0 ? image : rotate(sheet, angle)));
}

/** Returns the mean of several vectors of the same length. */
export const mean = (vectors: readonly Float32Array[]): Float32Array =>
  vectors[0].map((_, index) => vectors.reduce((sum, vector) => sum + vector[index], 0) / vectors.length);
