import type { Box } from './box.js';
import { connectInk, type ConnectedInk } from './connected-ink.js';
import { classify, colorDistance, findTwoColors, type Rgb, type TwoColors } from './two-classes.js';
import { findPaper, type FoundPaper } from './find-paper.js';
import { findSheets, hasWriting, type DividedPicture } from './find-sheet.js';
import { ignoreWhiteFields } from './ignore-white-fields.js';
import { differenceFromLocalPaper, photographedInk } from './photographed-ink.js';
import type { Plane } from './plane.js';
import { above, quantile } from './quantile.js';
import { subsample, type ColorPlane } from './reduce-pixels.js';
import { removeHoles } from './remove-holes.js';
import { removeRuling } from './remove-ruling.js';
import { removeShadow } from './remove-shadow.js';
import { removeStripes } from './remove-stripes.js';
import { digitStrength } from './drop-clutter.js';
import { dropSpecks } from './drop-specks.js';

/** Ink that differs less than this from the paper (0..1, from black to white) cannot be distinguished from noise. */
const MIN_CONTRAST = 0.08;

/** Minimum share of the full strength at which a pixel counts as ink. */
const MIN_INK = 0.02;

/** Ink must exceed these multiples of the median and the upper quartile of the paper's deviation. */
const TIMES_MEDIAN = 6;
const TIMES_QUARTILE = 3;

/** Paper is even if the median deviation from its color is at most this share of the contrast. */
const MAX_EVEN_DEVIATION = 0.06;

/**
 * If a picture's shorter side has fewer pixels, there is too little paper to estimate the light from, and in one
 * cropped to its ink, the blur of the edges reaches nearly all of the paper. It is taken for even, and its noise
 * limited to this share of the contrast. Chosen on MNIST images held out of training, cropped, 12 to 44 px tall.
 */
const SMALL = 32;
const MAX_BLUR = 0.15;

/**
 * Anything with a greater mean width, as a share of the picture's longest side, is not ink but a shadow with sharp
 * edges.
 */
const MAX_INK_WIDTH = 0.07;

/** If less of the paper has another color, it is neither a page in a window nor a panel. */
const MIN_OTHER_PAPER = 0.05;

/** Minimum contrast of two colors of perfectly even paper, as in a window of a program. */
const MIN_EVEN_CONTRAST = 0.03;

/** A pixel with less than this share of the picture's greatest opacity is transparent: all of it may be translucent. */
const MIN_OPACITY = 0.5;

/** If less of the picture is transparent, the transparent part cannot be the paper. */
const MIN_TRANSPARENT = 0.01;

/** Longest side, in pixels, of the sample that the paper is identified in; a strip's may be longer. */
const SAMPLE_SIZE = 256;

/** Minimum contrast of ink on an opaque sheet; with less, everything opaque is one color. */
const MIN_SHEET_CONTRAST = 0.25;

/** Fills the transparent part of a picture with one color. */
function fillTransparent(image: ColorPlane, [red, green, blue]: Rgb): ColorPlane {
  const data = image.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const transparent = 1 - data[at + 3];
    if (transparent <= 0) continue;
    data[at] += red * transparent;
    data[at + 1] += green * transparent;
    data[at + 2] += blue * transparent;
    data[at + 3] = 1;
  }
  return { ...image, data };
}

function isOpaque({ data }: ColorPlane): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] < 0.999) return false;
  return true;
}

/** Returns the opaque pixels in one row, their colors not premultiplied. */
function opaquePixels({ data }: ColorPlane): ColorPlane {
  let greatest = 0;
  for (let at = 3; at < data.length; at += 4) greatest = Math.max(greatest, data[at]);
  const opaque: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    if (alpha > 0 && alpha >= MIN_OPACITY * greatest)
      opaque.push(data[at] / alpha, data[at + 1] / alpha, data[at + 2] / alpha, 1);
  }
  return { data: Float32Array.from(opaque), width: opaque.length / 4, height: 1 };
}

/**
 * Makes a picture opaque: either the opaque part is the ink, whatever its color, or there is ink on an opaque sheet
 * that does not fill the picture.
 */
function withoutAlpha(image: ColorPlane): ColorPlane {
  const count = image.data.length / 4;
  if (isOpaque(image)) return image;
  const opaque = opaquePixels(image);
  const inkIsOpaque = (): ColorPlane => {
    const data = new Float32Array(image.data.length);
    for (let at = 0; at < data.length; at += 4) data.fill(1 - image.data[at + 3], at, at + 3).fill(1, at + 3, at + 4);
    return { ...image, data };
  };
  const transparent = 1 - opaque.width / count;
  if (opaque.width === 0) return inkIsOpaque();
  const colors = findTwoColors(opaque);
  const lighter = classify(opaque, colors).reduce((sum, value) => sum + value, 0);
  const paper = colors[2 * lighter >= opaque.width ? 1 : 0];
  const isSheet = transparent < MIN_TRANSPARENT || (transparent < 0.5 && colorDistance(...colors) > MIN_SHEET_CONTRAST);
  return isSheet ? fillTransparent(image, paper) : inkIsOpaque();
}

/**
 * Returns each pixel's difference from the paper's color, 0..1, over all three channels, so that colored ink of the
 * same brightness counts.
 */
function differenceFrom({ data, width, height }: ColorPlane, [red, green, blue]: Rgb): Plane {
  const difference = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < difference.length; pixel++, at += 4) {
    const awayRed = data[at] - red;
    const awayGreen = data[at + 1] - green;
    const awayBlue = data[at + 2] - blue;
    difference[pixel] = Math.sqrt((awayRed * awayRed + awayGreen * awayGreen + awayBlue * awayBlue) / 3);
  }
  return { data: difference, width, height };
}

/** Returns the half of the paper's pixels that is farther from the ink, where its blur hardly reaches. */
function plainPaper(classes: Uint8Array, { paper, distances }: FoundPaper): Int32Array {
  const own = new Int32Array(distances.length);
  let size = 0;
  for (let pixel = 0; pixel < classes.length; pixel++) if (classes[pixel] === paper) own[size++] = distances[pixel];
  const median = quantile(own.subarray(0, size), 0.5);
  const pixels = new Int32Array(size);
  let count = 0;
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (classes[pixel] === paper && distances[pixel] >= median) pixels[count++] = pixel;
  }
  return pixels.subarray(0, count);
}

/** Returns some of a picture's pixels, in one row. */
function colorsOf({ data }: ColorPlane, pixels: Int32Array): ColorPlane {
  const colors = new Float32Array(pixels.length * 4);
  for (let at = 0, to = 0; at < pixels.length; at++) {
    for (let from = pixels[at] * 4; from < pixels[at] * 4 + 4; from++) colors[to++] = data[from];
  }
  return { data: colors, width: pixels.length, height: 1 };
}

/** Returns the median of each channel. */
function medianColor({ data, width }: ColorPlane): Rgb {
  const median = (channel: number): number => {
    const values = new Float32Array(width);
    for (let at = 0; at < width; at++) values[at] = data[at * 4 + channel];
    return quantile(values, 0.5);
  };
  return [median(0), median(1), median(2)];
}

/**
 * Returns the ink on even paper, such as from a drawing program or a scanner.
 *
 * @param noise upper bound of the paper's own deviation
 */
function drawnInk({ data, width, height }: Plane, noise: number): ConnectedInk | null {
  const isInk = Math.max(MIN_CONTRAST, noise);
  const inked = above(data, isInk);
  if (inked.length === 0) return null;
  const inkOf = (strength: number): ConnectedInk => {
    const paper = Math.max(noise, strength * MIN_INK);
    const ink = new Float32Array(data.length);
    for (let pixel = 0; pixel < data.length; pixel++) {
      if (data[pixel] > paper) ink[pixel] = Math.min(1, data[pixel] / strength);
    }
    return connectInk({ data: ink, width, height });
  };
  const strength = quantile(inked, 0.99);
  const ink = inkOf(strength);
  const own = strength * digitStrength(ink);
  return dropSpecks(own === strength || own < isInk ? ink : inkOf(own));
}

/** A picture divided into ink and paper, and the colors of its classes. */
interface Division extends DividedPicture {
  readonly colors: TwoColors;
}

/** Divides a picture into two classes of pixels by color; null if it has only one color. */
function divide(picture: ColorPlane): Division | null {
  const colors = findTwoColors(picture);
  const contrast = colorDistance(...colors);
  if (contrast === 0) return null;
  const sample = subsample(picture, SAMPLE_SIZE);
  return { sample, colors, contrast, classes: classify(sample, colors) };
}

/** What a picture's paper is like. */
interface Paper {
  readonly color: Rgb;
  /** Median deviation from the color, and what deviates more is ink. */
  readonly deviation: number;
  readonly noise: number;
  readonly isEven: boolean;
  /** Its class. */
  readonly class: 0 | 1;
}

function measurePaper({ sample, classes, contrast }: Division, isSmall: boolean): Paper {
  const { width, height } = sample;
  const found = findPaper(classes, width, height);
  const plain = colorsOf(sample, plainPaper(classes, found));
  const color = medianColor(plain);
  const own = differenceFrom(plain, color).data;
  const deviation = quantile(own, 0.5);
  // Perfectly even paper was not photographed: it has no shadows, but a bold digit cropped to its ink may be as wide as
  // one.
  const isShadow = deviation > 0 && found.inkWidth > MAX_INK_WIDTH * Math.max(width, height);
  const isEven = deviation <= MAX_EVEN_DEVIATION * contrast && !isShadow;
  const unevenness = Math.max(deviation * TIMES_MEDIAN, quantile(own, 0.75) * TIMES_QUARTILE);
  const noise = isEven ? unevenness : Math.min(unevenness, MAX_BLUR * contrast);
  return { color, deviation, noise, isEven: isEven || isSmall, class: found.paper };
}

/** Returns the difference from the paper, without ruled lines, frames and white fields. */
function differenceFromPaper(picture: ColorPlane, { color, deviation, noise, isEven }: Paper): Plane {
  if (isEven) {
    const difference = ignoreWhiteFields(picture, color, differenceFrom(picture, color), MIN_CONTRAST);
    return removeRuling(difference, Math.max(MIN_CONTRAST, noise), deviation > 0 ? 'camera' : 'drawn');
  }
  const local = differenceFromLocalPaper(picture);
  return removeRuling(local, Math.max(0.015, quantile(local.data, 0.5)), 'photographed');
}

function inkOnPaper(picture: ColorPlane, paper: Paper): ConnectedInk | null {
  const extract = (plane: Plane): ConnectedInk | null =>
    paper.isEven ? drawnInk(plane, paper.noise) : photographedInk(plane);
  const difference = differenceFromPaper(picture, paper);
  const ink = extract(difference);
  if (!ink || paper.deviation === 0) return ink;
  const rest = removeHoles(difference, ink);
  return (rest && extract(rest)) ?? ink;
}

const isSmall = ({ width, height }: ColorPlane): boolean => Math.min(width, height) < SMALL;

/** Returns the ink on a sheet that does not fill the picture, if there is one with ink. */
function inkOnSheet(picture: ColorPlane, divided: DividedPicture): ConnectedInk | null {
  for (const sheet of findSheets(picture, divided)) {
    const division = divide(sheet.picture);
    const ink = division && inkOnPaper(sheet.picture, measurePaper(division, isSmall(sheet.picture)));
    if (ink && hasWriting(sheet, ink, picture)) return connectInk(place(ink.plane, sheet.box, picture));
  }
  return null;
}

/** Returns a plane of the picture's size, with the ink at its box. */
function place(ink: Plane, { x, y }: Box, { width, height }: ColorPlane): Plane {
  const data = new Float32Array(width * height);
  for (let row = 0; row < ink.height; row++) {
    data.set(ink.data.subarray(row * ink.width, (row + 1) * ink.width), (y + row) * width + x);
  }
  return { data, width, height };
}

/**
 * Divides a picture into its paper and what of it has another color, such as a page in a window, or a panel; ink is in
 * one or the other part. Null if all paper has one color.
 */
function dividePaper({ sample, classes }: Division, paper: Paper): DividedPicture | null {
  const { color } = paper;
  const least = paper.deviation === 0 ? MIN_EVEN_CONTRAST : MIN_CONTRAST;
  const difference = differenceFrom(sample, color).data;
  const others = new Int32Array(classes.length);
  let [count, size] = [0, 0];
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (classes[pixel] !== paper.class) continue;
    size += 1;
    if (difference[pixel] >= least) others[count++] = pixel;
  }
  if (count < MIN_OTHER_PAPER * size) return null;
  const colors = [color, medianColor(colorsOf(sample, others.subarray(0, count)))] as const;
  return { sample, contrast: colorDistance(...colors), classes: classify(sample, colors) };
}

/** Returns a picture's ink without specks: 1 at full strength, 0 on paper; null if there is none. */
export function extractInk(image: ColorPlane): ConnectedInk | null {
  // Pixels are divided into two classes by color. If one of them has a sheet on a desk or a similar part in it, only this
  // part is read. The class that looks like paper is the paper, without assumptions about its brightness or the
  // picture's edge, which the ink may touch. On even paper, ink is whatever differs from the paper's color. On uneven
  // paper, which only cameras see, each pixel is compared with the paper around it, so that uneven light and soft shadows
  // do not matter; sharp ones, and stripes of them, are removed first, and then ruled lines, frames and punched holes.
  // Full strength is what the strongest hundredth of the ink reaches, so that pencil reads like ink.
  const picture = withoutAlpha(image);
  const division = divide(picture);
  if (!division) return null;
  const onSheet = inkOnSheet(picture, division);
  if (onSheet) return onSheet;
  const paper = measurePaper(division, isSmall(picture));
  // As everywhere, perfectly even paper was not photographed.
  if (paper.deviation > 0 && !isSmall(picture)) {
    const lit = removeStripes(picture, division.sample) ?? removeShadow(picture, division);
    const ink = lit && inkOnPaper(lit, { ...paper, isEven: false });
    if (ink) return ink;
  }
  // A gray panel beside the ink is paper, too, but of another color.
  const parts = paper.isEven ? dividePaper(division, paper) : null;
  return (parts && inkOnSheet(picture, parts)) ?? inkOnPaper(picture, paper);
}
