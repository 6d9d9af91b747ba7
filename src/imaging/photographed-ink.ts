import { connectInk, keepPieces } from './connected-ink.js';
import { classify, findTwoColors } from './two-classes.js';
import { coarsen, enlarge, estimatePaper, type CoarsePicture } from './estimate-paper.js';
import { fitLight } from './fit-light.js';
import { findPaper } from './find-paper.js';
import type { Plane } from './plane.js';
import { above, quantile } from './quantile.js';
import { thinOut, type ColorPlane } from './reduce-pixels.js';

/** Chalk is so many times as light as its board; less is a change of the light. */
const CHALK = 2.2;

/** The unrest of paper is taken for no less than this, and ink is so many times above it. */
const LEAST_NOISE = 0.01;
const ABOVE_NOISE = 5;

/** Where the twentieth of a picture that is strongest is at least so strong (0..1), it is not paper. */
const LEAST_CROPPED_INK = 0.3;

/** Where even the strongest marks are fainter than this beside their paper (0..1), they cannot be distinguished from it. */
const LEAST_STRENGTH = 0.1;

/** From this share of the ink's full strength on a pixel is ink, and from the second it is so wholly: between is blur. */
const FAINTEST = 0.25;
const FULL = 0.8;

/** A piece of ink with less than this share of the heaviest one's is dirt, or what is left of a ruled line. */
const DIRT = 0.04;

/** A piece with fewer strong pixels than this is the unrest of dark paper. */
const LEAST_MARK = 12;

/** Ink is strong in at least this share of a piece; the unrest of paper, far from the lamp, is strong here and there. */
const LEAST_SOLID = 0.45;

/** What has more than this share of its outline at the picture's edge is a shadow, or what lies beside the sheet. */
const MOST_CONTACT = 0.35;

/** So is what lies along the edge for more than this share of the longest side, unless it is as long as a cropped digit. */
const LONGEST_CONTACT = 0.08;
const LEAST_CROPPED = 0.5;

/** Longest side in pixels at which it is decided whether the ink is light. */
const LOOKED_SIZE = 128;

/** Whether the ink is lighter than the paper, as chalk is, whatever light falls where. */
function isLightInk(image: ColorPlane, coarse: CoarsePicture, light: Float32Array): boolean {
  const { data, width, height, stride } = thinOut(image, LOOKED_SIZE);
  const place = (at: number): number => Math.floor((at * stride) / coarse.factor);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const own = light[place(row) * coarse.width + place(column)];
      for (const end = at + 4; at < end; at++) data[at] /= own;
    }
  }
  const even = { data, width, height };
  const colors = findTwoColors(even);
  const [darker, lighter] = colors.map(([red, green, blue]) => (red + green + blue) / 3);
  if (lighter < CHALK * darker) return false;
  return findPaper(classify(even, colors), width, height).paper === 0;
}

/** How much of the light each pixel keeps back beside its paper, 0..1; of light ink how much it adds. */
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
  // Ink takes its share of whatever light there is; chalk gives light of its own, the less where there is less light.
  const share = (value: number, own: number, place: number): number => {
    const found = lightInk ? ((value - own) * most) / place : 1 - value / (own > 0.02 ? own : 0.02);
    return found > 0 ? found * found : 0;
  };
  const difference = new Float32Array(width * height);
  for (let row = 0, pixel = 0, at = 0; row < height; row++) {
    enlargeRow(papers[0], row, red);
    enlargeRow(papers[1], row, green);
    enlargeRow(papers[2], row, blue);
    if (lightInk) enlargeRow(light, row, lit);
    for (let column = 0; column < width; column++, pixel++, at += 4) {
      const sum =
        share(data[at], red[column], lit[column]) +
        share(data[at + 1], green[column], lit[column]) +
        share(data[at + 2], blue[column], lit[column]);
      difference[pixel] = Math.min(1, Math.sqrt(sum / 3));
    }
  }
  return { data: difference, width, height };
}

/** Each value becomes the mean of the nine around it, as far as they are inside. */
function smooth({ data, width, height }: Plane): Float32Array {
  const smoothed = new Float32Array(data.length);
  // Of three rows, with nothing on both sides.
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

/** The plane without pieces that are too light, hardly anywhere strong, or along the edge; null when nothing is left. */
function dropDirt(plane: Plane): Plane | null {
  const { width, height } = plane;
  const ink = connectInk(plane);
  const { labels, pixels, masses } = ink;
  const counts = (): Int32Array => new Int32Array(masses.length);
  const [strong, outlines, contacts, areas] = [counts(), counts(), counts(), counts()];
  const [lefts, rights] = [counts().fill(width), counts()];
  const [tops, bottoms] = [counts().fill(height), counts()];
  const lookBeside = (label: number, isEdge: boolean, neighbor: number): void => {
    if (isEdge) contacts[label] += 1;
    if (isEdge || labels[neighbor] === 0) outlines[label] += 1;
  };
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at];
    const label = labels[pixel];
    const column = pixel % width;
    const row = (pixel - column) / width;
    areas[label] += 1;
    if (plane.data[pixel] > 0.5) strong[label] += 1;
    lefts[label] = Math.min(lefts[label], column);
    rights[label] = Math.max(rights[label], column + 1);
    tops[label] = Math.min(tops[label], row);
    bottoms[label] = Math.max(bottoms[label], row + 1);
    lookBeside(label, row === 0, pixel - width);
    lookBeside(label, row === height - 1, pixel + width);
    lookBeside(label, column === 0, pixel - 1);
    lookBeside(label, column === width - 1, pixel + 1);
  }
  const isAlongEdge = masses.map((_, label) => {
    if (contacts[label] > MOST_CONTACT * outlines[label]) return true;
    const extent = Math.max(rights[label] - lefts[label], bottoms[label] - tops[label]);
    const isLong = contacts[label] > LONGEST_CONTACT * Math.max(width, height);
    return isLong && extent < LEAST_CROPPED * Math.min(width, height);
  });
  const isMark = masses.map((_, label) => {
    const isSolid = strong[label] >= Math.max(LEAST_MARK, LEAST_SOLID * areas[label]);
    return label > 0 && isSolid && !isAlongEdge[label];
  });
  const heaviest = Math.max(0, ...masses.filter((_, label) => isMark[label]));
  if (heaviest === 0) return null;
  return keepPieces(plane, ink, (label) => isMark[label] && masses[label] >= heaviest * DIRT);
}

/**
 * The ink of a photograph of paper: 1 where it is at full strength, 0 on paper. Null when there is none.
 *
 * @param difference of each pixel from the paper around it, without ruled lines
 */
export function photographedInk(difference: Plane): Plane | null {
  const smoothed = smooth(difference);
  // A picture that is cropped to its ink has so much of it that the unrest of the paper is told from what is paler.
  const most = quantile(smoothed, 0.95);
  const paper = most > LEAST_CROPPED_INK ? smoothed.filter((value) => value < most / 2) : smoothed;
  const center = quantile(paper, 0.5);
  const deviations = new Float32Array(paper.length);
  for (let at = 0; at < paper.length; at++) deviations[at] = Math.abs(paper[at] - center);
  const deviation = quantile(deviations, 0.5);
  const noise = Math.max(LEAST_NOISE, 1.5 * deviation);
  const inked = above(smoothed, center + ABOVE_NOISE * noise);
  if (inked.length === 0) return null;
  const strength = quantile(inked, 0.9);
  if (strength < LEAST_STRENGTH) return null;
  const from = Math.max(center + 3 * noise, strength * FAINTEST);
  const to = Math.max(from + 0.01, strength * FULL);
  const ink = new Float32Array(smoothed.length);
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = difference.data[pixel];
    if (value > from) ink[pixel] = Math.min(1, (value - from) / (to - from));
  }
  return dropDirt({ ...difference, data: ink });
}
