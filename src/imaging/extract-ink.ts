import { classify, colorDistance, findTwoColors, type Rgb } from './two-classes.js';
import { findPaper, type FoundPaper } from './find-paper.js';
import { differenceFromLocalPaper, photographedInk } from './photographed-ink.js';
import type { Plane } from './plane.js';
import { above, quantile } from './quantile.js';
import { thinOut, type ColorPlane } from './reduce-pixels.js';
import { removeRuling } from './remove-ruling.js';
import { dropSpecks } from './drop-specks.js';

/** Ink that differs less than this from the paper (0..1, on the way from black to white) cannot be distinguished from noise. */
const LEAST_CONTRAST = 0.08;

/** Least share of the ink's full strength at which a pixel is taken for ink rather than for paper. */
const LEAST_INK = 0.02;

/** How far above what half of the paper shows, and three quarters of it, a pixel must be to be taken for ink. */
const ABOVE_HALF = 6;
const ABOVE_MOST = 3;

/** Paper is even where half of it differs no more than this from its color, as a share of the ink's difference. */
const EVEN_PAPER = 0.06;

/**
 * In a picture whose shorter side has fewer pixels than this there is too little paper to see the light by, and what is
 * cropped to its ink has next to none that the blur of its edges does not reach: it is taken for even, and its unrest for
 * no more than this share of the ink's difference. Chosen on MNIST images held out of training, cropped, 12 to 44 px tall.
 */
const SMALL = 32;
const MOST_BLUR = 0.15;

/** What is so wide on the average, as a share of the picture's longest side, is no ink but a shadow with sharp edges. */
const WIDEST_INK = 0.15;

/** A pixel of less than this opacity is clear. */
const CLEAR = 0.5;

/** Where so much of the picture is clear, the clear part may be the paper. */
const LEAST_CLEAR = 0.01;

/** Longest side in pixels at which the paper is looked for. */
const LOOKED_SIZE = 256;

/** On an opaque sheet ink differs so much from it; what differs less is one color. */
const OTHER_COLOR = 0.25;

/** The opaque part of a picture, its clear part filled with one color. */
function onPaper(image: ColorPlane, [red, green, blue]: Rgb): ColorPlane {
  const data = image.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const clear = 1 - data[at + 3];
    if (clear <= 0) continue;
    data[at] += red * clear;
    data[at + 1] += green * clear;
    data[at + 2] += blue * clear;
    data[at + 3] = 1;
  }
  return { ...image, data };
}

function isOpaque({ data }: ColorPlane): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] < 0.999) return false;
  return true;
}

/** The pixels that are opaque, side by side, their colors not multiplied by alpha. */
function opaquePixels({ data }: ColorPlane): ColorPlane {
  const opaque: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    if (alpha >= CLEAR) opaque.push(data[at] / alpha, data[at + 1] / alpha, data[at + 2] / alpha, 1);
  }
  return { data: Float32Array.from(opaque), width: opaque.length / 4, height: 1 };
}

/**
 * A picture with clear parts as one without: either the ink is what is opaque, whatever its color, or there is ink on an
 * opaque sheet that does not fill the picture.
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
  const clear = 1 - opaque.width / count;
  if (opaque.width === 0) return inkIsOpaque();
  const colors = findTwoColors(opaque);
  const lighter = classify(opaque, colors).reduce((sum, value) => sum + value, 0);
  const paper = colors[2 * lighter >= opaque.width ? 1 : 0];
  const isSheet = clear < LEAST_CLEAR || (clear < 0.5 && colorDistance(...colors) > OTHER_COLOR);
  return isSheet ? onPaper(image, paper) : inkIsOpaque();
}

/** How much each pixel differs from the paper's color, 0..1: in all three channels, so that colored ink of its brightness counts. */
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

/** The half of the paper's pixels that are farther from the ink than the others: blur reaches them least. */
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

/** Some pixels of a picture, side by side. */
function colorsOf({ data }: ColorPlane, pixels: Int32Array): ColorPlane {
  const colors = new Float32Array(pixels.length * 4);
  for (let at = 0, to = 0; at < pixels.length; at++) {
    for (let from = pixels[at] * 4; from < pixels[at] * 4 + 4; from++) colors[to++] = data[from];
  }
  return { data: colors, width: pixels.length, height: 1 };
}

/** The median of each channel. */
function medianColor({ data, width }: ColorPlane): Rgb {
  const median = (channel: number): number => {
    const values = new Float32Array(width);
    for (let at = 0; at < width; at++) values[at] = data[at * 4 + channel];
    return quantile(values, 0.5);
  };
  return [median(0), median(1), median(2)];
}

/**
 * The ink of even paper, as a drawing program or a scanner gives it.
 *
 * @param noise the difference that the paper's unrest does not reach
 */
function drawnInk({ data, width, height }: Plane, noise: number): Plane | null {
  const isInk = Math.max(LEAST_CONTRAST, noise);
  const inked = above(data, isInk);
  if (inked.length === 0) return null;
  const strength = quantile(inked, 0.99);
  const paper = Math.max(noise, strength * LEAST_INK);
  const ink = new Float32Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] > paper) ink[pixel] = Math.min(1, data[pixel] / strength);
  }
  return dropSpecks({ data: ink, width, height });
}

/** The ink of a picture, without specks: 1 where it is at full strength, 0 on paper. Null when there is none. */
export function extractInk(image: ColorPlane): Plane | null {
  // The pixels are divided in two classes by their color, and the class that looks like paper is the paper: nothing is
  // taken for granted of the picture's edge, which the ink may touch, nor of its brightness. Where the paper is even, ink
  // is what differs from its color; where it is not, as only a camera sees it, each pixel is compared with the paper
  // around it, so that uneven light and shadows do not matter. Ruled lines and frames are taken away. Full strength is
  // what the strongest hundredth of the ink reaches, so that pencil and ink are read alike.
  const opaque = withoutAlpha(image);
  const colors = findTwoColors(opaque);
  const contrast = colorDistance(...colors);
  if (contrast === 0) return null;
  const looked = thinOut(opaque, LOOKED_SIZE);
  const { width, height } = looked;
  const classes = classify(looked, colors);
  const found = findPaper(classes, width, height);
  const plain = colorsOf(looked, plainPaper(classes, found));
  const color = medianColor(plain);
  const own = differenceFrom(plain, color).data;
  const unrest = quantile(own, 0.5);
  // Paper that is wholly even was never photographed: it has no shadow, but a digit as bold as it is cropped may be as wide.
  const isShadow = unrest > 0 && found.inkWidth > WIDEST_INK * Math.max(width, height);
  const isEven = unrest <= EVEN_PAPER * contrast && !isShadow;
  if (isEven || Math.min(width, height) < SMALL) {
    const unevenness = Math.max(unrest * ABOVE_HALF, quantile(own, 0.75) * ABOVE_MOST);
    const noise = isEven ? unevenness : Math.min(unevenness, MOST_BLUR * contrast);
    const kind = unrest > 0 ? 'camera' : 'drawn';
    return drawnInk(removeRuling(differenceFrom(opaque, color), Math.max(LEAST_CONTRAST, noise), kind), noise);
  }
  const local = differenceFromLocalPaper(opaque);
  return photographedInk(removeRuling(local, Math.max(0.015, quantile(local.data, 0.5)), 'photographed'));
}
