import { connectInk } from './connected-ink.js';
import { estimatePaper } from './estimate-paper.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';
import { removeRuling } from './remove-ruling.js';

/** Ink that is fainter than this beside its paper (0..1) cannot be told from it. */
const LEAST_CONTRAST = 0.1;

/** Where even the strongest marks are fainter than this, they are the unrest of the paper. */
const LEAST_STRENGTH = 0.2;

/** How far above the paper's own unrest a pixel must be to be taken for ink. */
const ABOVE_NOISE = 5;

/** From this share of the ink's full strength on a pixel is ink, and from the second it is so wholly: between is blur. */
const FAINTEST = 0.25;
const FULL = 0.8;

/** A piece of ink with less than this share of the heaviest one's is dirt, or what is left of a ruled line. */
const DIRT = 0.04;

/** A piece with fewer strong pixels than this is the unrest of dark paper. */
const LEAST_MARK = 12;

/** What lies along the picture's edge for more than this share of its longest side is a shadow, or beside the sheet. */
const LONGEST_CONTACT = 0.08;

/** Paper as dark as this, with far lighter things on it, is a blackboard. */
const DARK_PAPER = 0.4;
const CHALK = 2.2;

function isLightInk({ data }: ColorPlane, edge: readonly number[]): boolean {
  const brightness = (pixel: number): number => (data[pixel * 4] + data[pixel * 4 + 1] + data[pixel * 4 + 2]) / 3;
  const paper = quantile(Float32Array.from(edge, brightness), 0.5);
  if (paper >= DARK_PAPER) return false;
  const all = Float32Array.from({ length: data.length / 4 }, (_, pixel) => brightness(pixel));
  return quantile(all, 0.995) > CHALK * paper;
}

/** How much of the light each pixel keeps back beside its paper, 0..1; of light ink how much it adds. */
function differenceFromPaper(image: ColorPlane, lightInk: boolean): Float32Array {
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
  return difference;
}

/** The plane without pieces that are too light, or hardly anywhere strong; null when nothing is left. */
function dropDirt(plane: Plane, edge: readonly number[]): Plane | null {
  const { labels, masses } = connectInk(plane);
  const strong = masses.map(() => 0);
  plane.data.forEach((value, pixel) => {
    if (value > 0.5) strong[labels[pixel]] += 1;
  });
  const contacts = masses.map(() => 0);
  for (const pixel of edge) contacts[labels[pixel]] += 1;
  const most = LONGEST_CONTACT * Math.max(plane.width, plane.height);
  const isMark = strong.map((pixels, label) => label > 0 && pixels >= LEAST_MARK && contacts[label] <= most);
  const heaviest = Math.max(0, ...masses.filter((_, label) => isMark[label]));
  if (heaviest === 0) return null;
  const kept = masses.map((mass, label) => isMark[label] && mass >= heaviest * DIRT);
  return { ...plane, data: plane.data.map((value, pixel) => (kept[labels[pixel]] ? value : 0)) };
}

/**
 * The ink of a photograph of paper: 1 where it is at full strength, 0 on paper. Null when there is none.
 *
 * Each pixel is compared with the paper around it, so that uneven light and shadows do not matter; ruled lines and
 * squares are taken away.
 *
 * @param edge indices of the pixels along the picture's edges
 */
export function extractPhotographedInk(image: ColorPlane, edge: readonly number[]): Plane | null {
  const { width, height } = image;
  const difference = differenceFromPaper(image, isLightInk(image, edge));
  const noise = quantile(difference, 0.5);
  const unruled = removeRuling({ data: difference, width, height }, Math.max(0.015, noise));
  const isInk = Math.max(LEAST_CONTRAST, noise * ABOVE_NOISE);
  const inked = unruled.data.filter((value) => value > isInk);
  if (inked.length === 0) return null;
  const strength = quantile(inked, 0.9);
  if (strength < LEAST_STRENGTH) return null;
  const from = Math.max(noise * ABOVE_NOISE * 0.6, strength * FAINTEST);
  const to = Math.max(from + 0.01, strength * FULL);
  const data = unruled.data.map((value) => Math.min(1, Math.max(0, (value - from) / (to - from))));
  return dropDirt({ data, width, height }, edge);
}
