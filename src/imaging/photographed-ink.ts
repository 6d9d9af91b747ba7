import { connectInk, keepComponents, longestSide, measureExtents, type ConnectedInk } from './connected-ink.js';
import { classify, findTwoColors } from './two-classes.js';
import { COARSE_SIZE, coarsen, enlarge, estimatePaper, type CoarsePicture } from './estimate-paper.js';
import { fitLight } from './fit-light.js';
import { findPaper } from './find-paper.js';
import type { Plane } from './plane.js';
import { above, quantile, sampleOf } from './quantile.js';
import { subsample, type ColorPlane } from './reduce-pixels.js';

/** Chalk is at least this many times as light as its board, in sRGB values, like white pen on kraft paper. */
const MIN_CHALK = 1.25;

/**
 * Chalk is lines: at least `MIN_LINES` of it is lighter than the board that the paper's estimate has instead, by
 * `MIN_LIGHTER` of the contrast. A lit part of a sheet is too wide to be removed from the estimate.
 */
const MIN_LINES = 0.6;
const MIN_LIGHTER = 0.5;

/** Minimum noise that is assumed of paper, and how many times the noise ink must exceed. */
const MIN_NOISE = 0.01;
const TIMES_NOISE = 5;

/** If the strongest twentieth of a picture is at least this strong (0..1), it is not paper. */
const MIN_CROPPED_INK = 0.3;

/**
 * If even the strongest marks are fainter than this compared to the paper (0..1), they cannot be distinguished from it.
 */
const MIN_STRENGTH = 0.1;

/** Marks that reach this share of the strongest ones' strength are ink, whatever the share of fainter ones. */
const STRONG_SHARE = 0.5;

/**
 * A pixel starts to be ink at the first of these shares of the full strength, and is fully ink at the second: between
 * them is blur.
 */
const MIN_SHARE = 0.25;
const FULL_SHARE = 0.8;

/** A component with less than this share of the heaviest one's ink is dirt, or the remains of a ruled line. */
const MAX_DIRT = 0.04;

/** A component with fewer strong pixels is noise of dark paper. */
const MIN_STRONG_PIXELS = 12;

/** Ink is strong in at least this share of a component; the noise of dimly lit paper, only here and there. */
const MIN_STRONG_SHARE = 0.45;

/**
 * With more than this share of its outline at the picture's edge, a component is a shadow, or something next to the
 * sheet.
 */
const MAX_CONTACT = 0.35;

/**
 * The same holds if it touches the edge over more than this share of the longest side, unless it is as long as a
 * cropped digit.
 */
const MAX_CONTACT_LENGTH = 0.08;
const MIN_CROPPED_LENGTH = 0.5;

/** Returns whether the ink is lighter than the paper, like chalk, regardless of uneven light. */
function isLightInk(image: ColorPlane, coarse: CoarsePicture, light: Float32Array): boolean {
  // A pixel for each of the coarse picture, which would blur thin lines.
  const { data, width, height } = subsample(image, COARSE_SIZE);
  for (let pixel = 0, at = 0; at < data.length; pixel++) {
    const own = light[pixel];
    for (const end = at + 4; at < end; at++) data[at] /= own;
  }
  const even = { data, width, height };
  const colors = findTwoColors(even);
  const [darker, lighter] = colors.map(([red, green, blue]) => (red + green + blue) / 3);
  if (lighter < MIN_CHALK * darker) return false;
  const classes = classify(even, colors);
  if (findPaper(classes, width, height).paper !== 0) return false;
  const [red, green, blue] = estimatePaper(coarse, true, light);
  let [lines, all] = [0, 0];
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (classes[pixel] === 0) continue;
    const board = (red[pixel] + green[pixel] + blue[pixel]) / light[pixel];
    const own = data[4 * pixel] + data[4 * pixel + 1] + data[4 * pixel + 2];
    all += 1;
    if ((own - board) / 3 > MIN_LIGHTER * (lighter - darker)) lines += 1;
  }
  return lines > MIN_LINES * all;
}

/** Returns the square of a value above 0, and otherwise 0; the signs of noise make branches slow. */
const squareAbove0 = (value: number): number => {
  const twice = value + Math.abs(value);
  return (twice * twice) / 4;
};

/** Returns the share of the light that ink absorbs, squared. */
const absorbed = (value: number, paper: number): number => squareAbove0(1 - value / (paper > 0.02 ? paper : 0.02));

/** Returns the light that chalk adds, squared; it adds less of it where it is darker. */
const added = (value: number, paper: number, most: number, light: number): number =>
  squareAbove0(((value - paper) * most) / light);

/**
 * Returns how much of the light each pixel absorbs compared to the paper around it, 0..1; with light ink, how much it
 * adds.
 */
export function differenceFromLocalPaper(image: ColorPlane): Plane {
  const { data, width, height } = image;
  const coarse = coarsen(image);
  const ofDarkInk = fitLight(coarse, false);
  const lightInk = isLightInk(image, coarse, ofDarkInk);
  const light = lightInk ? fitLight(coarse, true) : ofDarkInk;
  const papers = estimatePaper(coarse, lightInk, light);
  const enlargeRow = enlarge(coarse);
  const most = light.reduce((one, other) => Math.max(one, other));
  const [red, green, blue, lit] = [0, 1, 2, 3].map(() => new Float32Array(width));
  const difference = new Float32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    enlargeRow(papers[0], row, red);
    enlargeRow(papers[1], row, green);
    enlargeRow(papers[2], row, blue);
    if (lightInk) enlargeRow(light, row, lit);
    for (let column = 0; column < width; column++, pixel++) {
      const at = 4 * pixel;
      const sum = lightInk
        ? added(data[at], red[column], most, lit[column]) +
          added(data[at + 1], green[column], most, lit[column]) +
          added(data[at + 2], blue[column], most, lit[column])
        : absorbed(data[at], red[column]) +
          absorbed(data[at + 1], green[column]) +
          absorbed(data[at + 2], blue[column]);
      difference[pixel] = Math.min(1, Math.sqrt(sum / 3));
    }
  }
  return { data: difference, width, height };
}

/** Applies a 3x3 mean filter; at the edges, to the values inside. */
function smooth({ data, width, height }: Plane): Float32Array {
  const smoothed = new Float32Array(data.length);
  // Sums of three rows, padded with 0 on both sides.
  const sums = new Float64Array(width + 2);
  for (let row = 0, pixel = 0; row < height; row++) {
    const hasAbove = row > 0;
    const hasBelow = row < height - 1;
    const rows = 1 + Number(hasAbove) + Number(hasBelow);
    for (let column = 0, at = pixel; column < width; column++, at++) {
      sums[column + 1] = data[at] + (hasAbove ? data[at - width] : 0) + (hasBelow ? data[at + width] : 0);
    }
    for (let column = 0; column < width; column++, pixel++) {
      const columns = 1 + (column > 0 ? 1 : 0) + (column < width - 1 ? 1 : 0);
      smoothed[pixel] = (sums[column] + sums[column + 1] + sums[column + 2]) / (rows * columns);
    }
  }
  return smoothed;
}

/** Faint ink, such as a fold, is cut off from strong ink that it connects with, of at least this share of the most. */
const FAINT = 0.35;
const MIN_CONNECTED = 0.1;

/** Returns the ink without the faint parts of components that are mostly faint, but also contain strong ink. */
function withoutFaintParts(ink: ConnectedInk): ConnectedInk {
  const extents = measureExtents(ink);
  const most = extents.reduce((best, { strong }) => Math.max(best, strong), 0);
  const isMixed = extents.map(({ area, strong }) => strong < MIN_STRONG_SHARE * area && strong >= MIN_CONNECTED * most);
  if (!isMixed.includes(true)) return ink;
  const data = ink.plane.data.map((value, pixel) => (isMixed[ink.labels[pixel]] && value < FAINT ? 0 : value));
  return connectInk({ ...ink.plane, data });
}

/**
 * Removes components that are too light, hardly strong anywhere, or along the edge; returns null if nothing is left.
 */
function dropDirt(ink: ConnectedInk): ConnectedInk | null {
  const { labels, pixels, masses } = ink;
  const { width, height } = ink.plane;
  const [outlines, contacts] = [new Int32Array(masses.length), new Int32Array(masses.length)];
  const countNeighbor = (label: number, isEdge: boolean, neighbor: number): void => {
    if (isEdge) contacts[label] += 1;
    if (isEdge || labels[neighbor] === 0) outlines[label] += 1;
  };
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at];
    const label = labels[pixel];
    const column = pixel % width;
    countNeighbor(label, pixel < width, pixel - width);
    countNeighbor(label, pixel >= labels.length - width, pixel + width);
    countNeighbor(label, column === 0, pixel - 1);
    countNeighbor(label, column === width - 1, pixel + 1);
  }
  const isMark = measureExtents(ink).map((extent, label) => {
    if (label === 0 || contacts[label] > MAX_CONTACT * outlines[label]) return false;
    if (extent.strong < Math.max(MIN_STRONG_PIXELS, MIN_STRONG_SHARE * extent.area)) return false;
    const isLong = contacts[label] > MAX_CONTACT_LENGTH * Math.max(width, height);
    return !isLong || longestSide(extent) >= MIN_CROPPED_LENGTH * Math.min(width, height);
  });
  const heaviest = masses.reduce((most, mass, label) => (isMark[label] ? Math.max(most, mass) : most), 0);
  if (heaviest === 0) return null;
  return keepComponents(ink, (label) => isMark[label] && masses[label] >= heaviest * MAX_DIRT);
}

/**
 * Returns the ink of a photographed paper: 1 at full strength, 0 on paper; null if there is none.
 *
 * @param difference of each pixel from the paper around it, without ruled lines
 */
export function photographedInk(difference: Plane): ConnectedInk | null {
  const smoothed = smooth(difference);
  const sample = sampleOf(smoothed);
  // A picture cropped to its ink has so much of it that the paper's noise is measured on the paler half only.
  const most = quantile(sample, 0.95);
  const paper = most > MIN_CROPPED_INK ? sampleOf(smoothed.filter((value) => value < most / 2)) : sample;
  const center = quantile(paper, 0.5);
  const deviations = new Float32Array(paper.length);
  for (let at = 0; at < paper.length; at++) deviations[at] = Math.abs(paper[at] - center);
  const deviation = quantile(deviations, 0.5);
  const noise = Math.max(MIN_NOISE, 1.5 * deviation);
  const inked = above(smoothed, center + TIMES_NOISE * noise);
  if (inked.length === 0) return null;
  // What is left of a soft shadow is fainter than the ink, but may be larger.
  const strong = above(inked, quantile(inked, 0.99) * STRONG_SHARE);
  const strength = Math.max(quantile(inked, 0.9), quantile(strong, 0.75));
  if (strength < MIN_STRENGTH) return null;
  const from = Math.max(center + 3 * noise, strength * MIN_SHARE);
  const to = Math.max(from + 0.01, strength * FULL_SHARE);
  const ink = new Float32Array(smoothed.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = difference.data[pixel];
    if (value > from) ink[pixel] = Math.min(1, (value - from) / (to - from));
  }
  return dropDirt(withoutFaintParts(connectInk({ ...difference, data: ink })));
}
