import { connectInk } from './connected-ink.js';
import { divideByColor } from './two-classes.js';
import { estimatePaper, evenLight } from './estimate-paper.js';
import { findPaper } from './find-paper.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';

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

/** Whether the ink is lighter than the paper, as chalk is, whatever light falls where. */
function isLightInk(image: ColorPlane): boolean {
  const { classes, colors } = divideByColor(evenLight(image, false));
  const [darker, lighter] = colors.map(([red, green, blue]) => (red + green + blue) / 3);
  if (lighter < CHALK * darker) return false;
  return findPaper(classes, image.width, image.height).paper === 0;
}

/** How much of the light each pixel keeps back beside its paper, 0..1; of light ink how much it adds. */
export function differenceFromLocalPaper(photograph: ColorPlane): Plane {
  const lightInk = isLightInk(photograph);
  const image = evenLight(photograph, lightInk);
  const paper = estimatePaper(image, lightInk);
  const sign = lightInk ? -1 : 1;
  const difference = new Float32Array(image.width * image.height);
  for (let pixel = 0; pixel < difference.length; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      const own = paper[channel][pixel];
      const away = sign * (own - image.data[pixel * 4 + channel]);
      // Ink takes its share of whatever light there is; chalk gives light of its own.
      const share = lightInk ? away : away / Math.max(own, 0.02);
      if (share > 0) sum += share * share;
    }
    difference[pixel] = Math.min(1, Math.sqrt(sum / 3));
  }
  return { data: difference, width: image.width, height: image.height };
}

/** Each value becomes the mean of the nine around it, as far as they are inside. */
function smooth({ data, width, height }: Plane): Float32Array {
  const smoothed = new Float32Array(data.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          sum += data[y * width + x];
          count += 1;
        }
      }
      smoothed[pixel] = sum / count;
    }
  }
  return smoothed;
}

/** The plane without pieces that are too light, hardly anywhere strong, or along the edge; null when nothing is left. */
function dropDirt(plane: Plane): Plane | null {
  const { width, height } = plane;
  const { labels, masses } = connectInk(plane);
  const [strong, outlines, contacts] = [masses.map(() => 0), masses.map(() => 0), masses.map(() => 0)];
  const areas = masses.map(() => 0);
  const [lefts, rights] = [masses.map(() => width), masses.map(() => 0)];
  const [tops, bottoms] = [masses.map(() => height), masses.map(() => 0)];
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const label = labels[pixel];
      if (label === 0) continue;
      areas[label] += 1;
      if (plane.data[pixel] > 0.5) strong[label] += 1;
      if (column < lefts[label]) lefts[label] = column;
      if (column >= rights[label]) rights[label] = column + 1;
      if (row < tops[label]) tops[label] = row;
      bottoms[label] = row + 1;
      const edges =
        Number(row === 0) + Number(row === height - 1) + Number(column === 0) + Number(column === width - 1);
      contacts[label] += edges;
      outlines[label] +=
        edges +
        Number(row > 0 && labels[pixel - width] === 0) +
        Number(row < height - 1 && labels[pixel + width] === 0) +
        Number(column > 0 && labels[pixel - 1] === 0) +
        Number(column < width - 1 && labels[pixel + 1] === 0);
    }
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
  const kept = masses.map((mass, label) => isMark[label] && mass >= heaviest * DIRT);
  return { ...plane, data: plane.data.map((value, pixel) => (kept[labels[pixel]] ? value : 0)) };
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
  const deviation = quantile(
    paper.map((value) => Math.abs(value - center)),
    0.5,
  );
  const noise = Math.max(LEAST_NOISE, 1.5 * deviation);
  const isInk = center + ABOVE_NOISE * noise;
  const inked = smoothed.filter((value) => value > isInk);
  if (inked.length === 0) return null;
  const strength = quantile(inked, 0.9);
  if (strength < LEAST_STRENGTH) return null;
  const from = Math.max(center + 3 * noise, strength * FAINTEST);
  const to = Math.max(from + 0.01, strength * FULL);
  return dropDirt({
    ...difference,
    data: difference.data.map((value) => Math.min(1, Math.max(0, (value - from) / (to - from)))),
  });
}
