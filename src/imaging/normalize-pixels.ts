import { IMAGE_SIDE } from '../model/index.js';
import { toOriginalBox, type Box } from './box.js';
import { centerOfMass } from './center-of-mass.js';
import type { ConnectedInk } from './connected-ink.js';
import { dropClutter } from './drop-clutter.js';
import { dropRings } from './drop-rings.js';
import { extractInk } from './extract-ink.js';
import { INK_SIZE } from './ink-size.js';
import { dropCombs } from './drop-combs.js';
import { eraseOvals } from './erase-ovals.js';
import { lineWidth } from './line-width.js';
import { blankImage, type NormalizedImage } from './normalized-image.js';
import { pixelSteps } from './pixel-steps.js';
import { checkPixelSource, type PixelSource } from './pixel-source.js';
import type { Plane } from './plane.js';
import { reducePixels } from './reduce-pixels.js';
import { resampleArea } from './resample-area.js';
import { shiftToCenter } from './shift-to-center.js';
import { thickenInk, thinInk } from './thicken-ink.js';

/** Longest side, in pixels, of the picture that ink is extracted from; that of a strip may be longer. */
const WORKING_SIZE = 512;

/**
 * Lines thinner or wider than this, in pixels of the 28x28 image, are brought to this width: thin ones would fade when
 * averaged, thick ones fill their loops. MNIST's own are 2 to 3 wide. Chosen on pen-digits drawn with pens of 2 to 30 %
 * of their height, and on enlarged MNIST images held out of training: 2.3 reads thin lines far better than 1.6, and 2.6
 * would change too many of MNIST's own; 3.6 reads thick lines nearly as well as 3.2 and leaves more of MNIST unchanged.
 */
const MIN_LINE_WIDTH = 2.3;
const MAX_LINE_WIDTH = 3.6;

/**
 * Ink fainter than this is shown, but does not count for the digit's size: it is the blur of enlarged pictures. Chosen
 * on MNIST images held out of training, enlarged ten times: of 0.02, 0.25, 0.4 and 0.5, this kept most of them
 * readable.
 */
const SOLID_INK = 0.25;

/** A mark with fewer pixels has no shape. */
const MIN_EXTENT = 3;

/** Ink of this width when scaled to 20 px is not a line but a blot. */
const MIN_BLOT_WIDTH = 8;

/** Size of a dot in the 28x28 image: marks without shape look like the touch of a pen. */
const DOT_SIZE = 4;

/** The largest share of a square picture's side that ink filling it may leave free: a blurred edge. */
const MAX_MARGIN = 1 / 16;

/**
 * Width of stretched ink after it was narrowed, as a share of its height. Digits are 0.76 as wide as high on average, but
 * some only a third of that. Of widths from 0.2 to 1, those around 0.6 read the most MNIST images and digits of UNIPEN
 * and pen-digits writers, all held out of training, cropped and stretched to 16 to 64 px. They also accept the fewest
 * letters.
 */
const NARROWED_WIDTH = 0.6;

/** Minimum width, in pixels, that stretched ink is enlarged to, so that its lines can be thickened. */
const MIN_ENLARGED_WIDTH = 64;

/** Returns the bounding box of all ink of a minimum strength. */
function boundingBox({ data, width, height }: Plane, minInk: number): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (data[pixel] < minInk) continue;
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
 * Whether the ink fills a square picture on all sides. Few digits are that wide: most of these pictures are crops that
 * were stretched to a square, as in data sets and programs that need one size.
 */
function isStretched(ink: Box, { width, height }: Plane): boolean {
  return width === height && Math.min(ink.width, ink.height) >= (1 - MAX_MARGIN) * width;
}

/**
 * Narrows and enlarges ink that was stretched to a square. Its original width is unknown, but networks read a digit that
 * is slightly too narrow or too wide better than one that is far too wide.
 */
function unstretch({ data, width, height }: Plane): Plane {
  const newWidth = width * Math.ceil(MIN_ENLARGED_WIDTH / width);
  const newHeight = Math.round(newWidth / NARROWED_WIDTH);
  const enlarged = new Float32Array(newWidth * newHeight).map((_, pixel) => {
    const row = Math.floor((Math.floor(pixel / newWidth) * height) / newHeight);
    return data[row * width + Math.floor(((pixel % newWidth) * width) / newWidth)];
  });
  return { data: enlarged, width: newWidth, height: newHeight };
}

/** @param width of its lines, in pixels once scaled to 20 px */
function isDot(ink: Plane, width: number): boolean {
  return Math.max(ink.width, ink.height) < MIN_EXTENT || width > MIN_BLOT_WIDTH;
}

/**
 * Makes lines thicker or thinner if the networks have not seen their width, before the ink is scaled down.
 *
 * @param width of its lines, in pixels once scaled to 20 px
 */
function evenLines(ink: Plane, width: number): Plane {
  const scale = INK_SIZE / Math.max(ink.width, ink.height);
  if (scale >= 1 || width === 0) return ink;
  if (width < MIN_LINE_WIDTH) return thickenInk(ink, (MIN_LINE_WIDTH - width) / 2 / scale);
  if (width > MAX_LINE_WIDTH) return thinInk(ink, (width - MAX_LINE_WIDTH) / 2 / scale);
  return ink;
}

/**
 * Returns how far to move the ink on one axis once scaled. If faint ink, such as a long pale line, does not fit into the
 * image, at least all solid ink is inside.
 *
 * @param mass the ink's center of mass, in its pixels, as are its length and the solid ink's start and length
 */
function shiftOf(mass: number, length: number, solidStart: number, solidLength: number, scale: number): number {
  const [from, to] = length * scale > IMAGE_SIDE ? [solidStart, solidStart + solidLength] : [0, length];
  return shiftToCenter(mass * scale, from * scale, to * scale);
}

/** Ink found in a picture, and how many of the picture's pixels one of its pixels spans on each axis. */
export interface FoundInk {
  readonly ink: ConnectedInk;
  readonly factor: number;
}

/**
 * Finds a picture's ink, without specks, rings around digits and combs below them; null if there is none.
 *
 * @throws {ImagingError} if the pixels are not a valid picture
 */
export function findInk(source: PixelSource): FoundInk | null {
  checkPixelSource(source);
  const reduced = reducePixels(source, WORKING_SIZE);
  const found = extractInk(reduced);
  return found && { ink: dropCombs(dropRings(eraseOvals(found))), factor: reduced.factor };
}

/**
 * Normalizes ink like MNIST's digits: its longest side is 20 px, its center of mass is in the middle (LeCun, Cortes,
 * Burges: "The MNIST database"). Scaling and moving are one step, so that pixels are averaged only once.
 *
 * @param factor how many of the picture's pixels one of the plane's spans on each axis
 * @param picture the whole picture, if the ink is its only digit: ink that fills it may have been stretched
 * @returns an image whose `box` is in the picture's own pixels
 */
export function normalizeInk(plane: Plane, factor: number, picture?: Plane): NormalizedImage {
  const box = boundingBox(plane, Number.MIN_VALUE);
  if (box.width <= 0) return blankImage();
  const own = crop(plane, box);
  const cropped = picture && isStretched(box, picture) ? unstretch(own) : own;
  const width = (lineWidth(cropped) * INK_SIZE) / Math.max(cropped.width, cropped.height);
  const dot = isDot(cropped, width);
  const ink = dot ? cropped : evenLines(cropped, width);
  const solid = boundingBox(ink, SOLID_INK);
  if (solid.width <= 0) return blankImage();
  const scale = (dot ? DOT_SIZE : INK_SIZE) / Math.max(solid.width, solid.height);
  const mass = centerOfMass(ink);
  if (mass === null) return blankImage();
  const left = shiftOf(mass.x, ink.width, solid.x, solid.width, scale);
  const top = shiftOf(mass.y, ink.height, solid.y, solid.height, scale);
  const { data } = resampleArea(ink, IMAGE_SIDE, scale, { x: -left / scale, y: -top / scale });
  return {
    pixels: data,
    blank: false,
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
    steps: () => pixelSteps({ found: plane, box, ink, solid, scale, pixels: data }),
  };
}

/**
 * Normalizes a picture of a digit like MNIST's: ink and paper of any color, position and size become gray on 28x28.
 *
 * A picture of one color, or with ink that cannot be distinguished from the paper, is blank. A mark without shape
 * (under 3 px, or a blot) becomes a dot.
 *
 * @throws {ImagingError} if the pixels are not a valid picture
 */
export function normalizePixels(source: PixelSource): NormalizedImage {
  const found = findInk(source);
  if (found === null) return blankImage();
  const image = normalizeInk(dropClutter(found.ink), found.factor, found.ink.plane);
  // The last row and column of a reduced picture may span less than `factor` pixels.
  return { ...image, box: image.box && toOriginalBox(image.box, source) };
}
