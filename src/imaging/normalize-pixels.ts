import type { Box } from './box.js';
import { centerOfMass } from './center-of-mass.js';
import { dropBeside } from './drop-beside.js';
import { extractInk } from './extract-ink.js';
import { IMAGE_SIDE } from '../model/shapes.js';
import { INK_SIZE } from './ink-size.js';
import { lineWidth } from './line-width.js';
import { blankImage, type NormalizedImage } from './normalized-image.js';
import { pixelSteps } from './pixel-steps.js';
import { checkPixelSource, type PixelSource } from './pixel-source.js';
import type { Plane } from './plane.js';
import { reducePixels } from './reduce-pixels.js';
import { resampleArea } from './resample-area.js';
import { shiftToCenter } from './shift-to-center.js';
import { thickenInk, thinInk } from './thicken-ink.js';

/** Longest side in pixels at which ink is looked for. */
const WORKING_SIZE = 512;

/**
 * Lines thinner or wider than this, in pixels of the 28x28 picture, are made so wide: thin ones would fade away when
 * they are averaged, thick ones fill their loops. MNIST's own are 2 to 3 wide. Chosen on pen-digits drawn with pens of
 * 2 to 30 % of their height, and on MNIST images held out of training, enlarged: 2.3 reads the thin ones far better
 * than 1.6, and 2.6 would change too many of MNIST's own; 3.6 reads the thick ones nearly as well as 3.2 and leaves
 * more of MNIST as it is.
 */
const LEAST_LINE_WIDTH = 2.3;
const MOST_LINE_WIDTH = 3.6;

/**
 * Ink that is fainter than this does not count for the digit's size, though it is shown: it is the blur that a picture
 * gets when it is enlarged. Chosen on MNIST images held out of training, enlarged ten times: of 0.02, 0.25, 0.4 and 0.5
 * this one kept most of them readable.
 */
const SOLID_INK = 0.25;

/** A mark of fewer pixels than this has no shape. */
const LEAST_EXTENT = 3;

/** Ink that is this wide when it fills the 20 px is no line but a blot. */
const BLOT_WIDTH = 8;

/** Size of a dot in the 28x28 picture: what has no shape is shown as what a pen leaves that only touches the paper. */
const DOT_SIZE = 4;

/** Ink fills a square picture that lacks no more than this share of it on either axis: the rest is a blurred edge. */
const MOST_LACKING = 1 / 16;

/**
 * How wide ink that was stretched to a square is made, as a share of its height. Digits are 0.76 wide on average, but some
 * are a third of that: of 1 down to 0.2, widths around this one let most be read, of MNIST images and digits of UNIPEN and
 * pen-digits writers held out of training, cropped, stretched to 16 to 64 px. They also let fewest letters be taken for
 * digits.
 */
const READABLE_WIDTH = 0.6;

/** It is enlarged to at least so many pixels of width: of fewer, its lines could not be made wider. */
const LEAST_WIDTH = 64;

/** The box around all ink of at least the given strength. */
function boundingBox({ data, width, height }: Plane, leastInk: number): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (data[pixel] < leastInk) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function crop(plane: Plane, box: Box): Plane {
  const data = new Float32Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const start = (box.y + row) * plane.width + box.x;
    data.set(plane.data.subarray(start, start + box.width), row * box.width);
  }
  return { data, width: box.width, height: box.height };
}

/**
 * Whether the ink fills a square picture on all sides. A digit has rarely grown so: most such pictures are crops that
 * were stretched to a square, as data sets and programs that need one size do.
 */
function isStretched(ink: Box, { width, height }: Plane): boolean {
  return width === height && Math.min(ink.width, ink.height) >= (1 - MOST_LACKING) * width;
}

/**
 * Ink that was stretched to a square, narrow again, and enlarged. Its own width is lost, but a digit that is somewhat too
 * narrow or too wide is read better than one that is far too wide.
 */
function unstretch({ data, width, height }: Plane): Plane {
  const wide = width * Math.ceil(LEAST_WIDTH / width);
  const tall = Math.round(wide / READABLE_WIDTH);
  const enlarged = Float32Array.from({ length: wide * tall }, (_, pixel) => {
    const row = Math.floor((Math.floor(pixel / wide) * height) / tall);
    return data[row * width + Math.floor(((pixel % wide) * width) / wide)];
  });
  return { data: enlarged, width: wide, height: tall };
}

/** @param width of its lines, in pixels when it fills the 20 px */
function isDot(ink: Plane, width: number): boolean {
  return Math.max(ink.width, ink.height) < LEAST_EXTENT || width > BLOT_WIDTH;
}

/**
 * Lines of a width that the networks know stay as they are; others are made wider or thinner, while they have all their
 * pixels.
 *
 * @param width of its lines, in pixels when it fills the 20 px
 */
function evenLines(ink: Plane, width: number): Plane {
  const scale = INK_SIZE / Math.max(ink.width, ink.height);
  if (scale >= 1 || width === 0) return ink;
  if (width < LEAST_LINE_WIDTH) return thickenInk(ink, (LEAST_LINE_WIDTH - width) / 2 / scale);
  if (width > MOST_LINE_WIDTH) return thinInk(ink, (width - MOST_LINE_WIDTH) / 2 / scale);
  return ink;
}

/** Ink that was found in a picture, and how many of the picture's pixels lie along one of its own. */
export interface FoundInk {
  readonly plane: Plane;
  readonly factor: number;
}

/**
 * The ink of a picture, without specks; null when there is none.
 *
 * @throws {ImagingError} when the pixels make no picture
 */
export function findInk(source: PixelSource): FoundInk | null {
  checkPixelSource(source);
  const reduced = reducePixels(source, WORKING_SIZE);
  const found = extractInk(reduced);
  return found && { plane: found, factor: reduced.factor };
}

/**
 * Ink as MNIST's digits are: its longest side 20 px, its center of mass in the middle (LeCun, Cortes, Burges: "The MNIST
 * database"). It is scaled and moved in one step, so that it is averaged only once.
 *
 * @param picture all of it, where the ink is the digit of one: ink that fills it may have been stretched
 * @returns its `box` is in the picture's own pixels, as `factor` gives them
 */
export function normalizeInk({ plane, factor }: FoundInk, picture?: Plane): NormalizedImage {
  const box = boundingBox(plane, Number.MIN_VALUE);
  if (box.width <= 0) return blankImage();
  const own = crop(plane, box);
  const cropped = picture && isStretched(box, picture) ? unstretch(own) : own;
  const width = (lineWidth(cropped) * INK_SIZE) / Math.max(cropped.width, cropped.height);
  const dot = isDot(cropped, width);
  const ink = dot ? cropped : evenLines(cropped, width);
  const solid = boundingBox(ink, SOLID_INK);
  const scale = (dot ? DOT_SIZE : INK_SIZE) / Math.max(solid.width, solid.height);
  const mass = centerOfMass(ink);
  if (mass === null) return blankImage();
  const left = shiftToCenter(mass.x * scale, 0, ink.width * scale);
  const top = shiftToCenter(mass.y * scale, 0, ink.height * scale);
  const { data } = resampleArea(ink, IMAGE_SIDE, scale, { x: -left / scale, y: -top / scale });
  return {
    pixels: data,
    blank: false,
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
    steps: () => pixelSteps({ found: plane, box, ink, solid, scale, pixels: data }),
  };
}

/**
 * A picture of a digit as MNIST's are: ink of any color on paper of any other, at any place and size, as grey on
 * 28x28.
 *
 * A picture of one color, or whose ink cannot be distinguished from its paper, is blank. A mark without shape (under 3 px, or a
 * blot) is shown as a dot.
 *
 * @throws {ImagingError} when the pixels make no picture
 */
export function normalizePixels(source: PixelSource): NormalizedImage {
  const found = findInk(source);
  if (found === null) return blankImage();
  const image = normalizeInk({ ...found, plane: dropBeside(found.plane) }, found.plane);
  const { box } = image;
  return {
    ...image,
    // The last row and column of a reduced picture may stand for less than a whole one.
    box: box && {
      ...box,
      width: Math.min(box.width, source.width - box.x),
      height: Math.min(box.height, source.height - box.y),
    },
  };
}
