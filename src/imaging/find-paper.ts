import { squaredDistances } from './squared-distances.js';

/**
 * Log odds that a class is the paper: for having all corners of the picture, and for each factor e by which its parts
 * are wider than the other class's. Fitted by logistic regression on pictures from MNIST's and pen-digits' training
 * parts and from UNIPEN, cropped to the ink and not, dark on light and light on dark: this identifies the paper in 99.7
 * % of them; area alone, in 92 %.
 */
const CORNER_WEIGHT = 2.8;
const WIDTH_WEIGHT = 3.9;

/**
 * A picture that is at least this many times as long as wide may be a 1, cropped to its ink or nearly so: then the paper
 * lies around it, within these shares of the longest and of the shortest side from the picture's edge. A 0 that is drawn
 * like a frame is wider.
 */
const MIN_LENGTH = 2.5;
const MAX_MARGIN = 0.05;
const MAX_MARGIN_ACROSS = 1 / 3;

/** The class that is the paper, and what was measured. */
export interface FoundPaper {
  readonly paper: 0 | 1;
  /** Each pixel's squared distance from the other class, in pixels; the picture's edge does not bound a class. */
  readonly distances: Int32Array;
  /** Mean distance of the ink's pixels from the paper. */
  readonly inkWidth: number;
}

/** Whether one class lies only around the other, as paper does that is left around a 1. */
function isMargin(classes: Uint8Array, own: number, width: number, height: number): boolean {
  const [shortest, longest] = width < height ? [width, height] : [height, width];
  if (longest < MIN_LENGTH * shortest) return false;
  const margin = Math.min(MAX_MARGIN * longest, MAX_MARGIN_ACROSS * shortest);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (classes[pixel] !== own) continue;
      if (Math.min(row, column, height - 1 - row, width - 1 - column) >= margin) return false;
    }
  }
  return true;
}

/**
 * Decides which of a picture's two classes is the paper.
 *
 * @param classes 0 or 1 for each pixel
 */
export function findPaper(classes: Uint8Array, width: number, height: number): FoundPaper {
  // The ink may touch the picture's edge and may cover more than half of it: it is identified by its lines, which are
  // narrower than the gaps between and around them, and by the corners, which digits leave free.
  const distances = squaredDistances(classes, width, height);
  let [sumOfFirst, sumOfSecond, count] = [0, 0, 0];
  // Without branches, which could not be predicted.
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const own = classes[pixel];
    const distance = Math.sqrt(distances[pixel]);
    sumOfFirst += distance * (1 - own);
    sumOfSecond += distance * own;
    count += own;
  }
  const first = sumOfFirst / Math.max(1, classes.length - count);
  const second = sumOfSecond / Math.max(1, count);
  const corners = [0, width - 1, width * (height - 1), width * height - 1];
  const inFirst = corners.filter((pixel) => classes[pixel] === 0).length / corners.length;
  // Around a 1, there may be less paper than ink.
  for (const paper of [0, 1] as const) {
    const hasCorners = inFirst === 1 - paper;
    const inkWidth = paper === 0 ? second : first;
    if (hasCorners && isMargin(classes, paper, width, height)) return { paper, distances, inkWidth };
  }
  const score = CORNER_WEIGHT * (inFirst - 0.5) + WIDTH_WEIGHT * Math.log((first + 0.1) / (second + 0.1));
  return score > 0 ? { paper: 0, distances, inkWidth: second } : { paper: 1, distances, inkWidth: first };
}
