import { squaredDistances } from './squared-distances.js';

/**
 * Log odds that a class is the paper: for having all corners of the picture, and for each factor e by which its parts
 * are wider than the other class's. Fitted by logistic regression on pictures from MNIST's and pen-digits' training
 * parts and from UNIPEN, cropped to the ink and not, dark on light and light on dark: this identifies the paper in 99.7
 * % of them; area alone, in 92 %.
 */
const CORNER_WEIGHT = 2.8;
const WIDTH_WEIGHT = 3.9;

/** The class that is the paper, and what was measured. */
export interface FoundPaper {
  readonly paper: 0 | 1;
  /** Each pixel's squared distance from the other class, in pixels; the picture's edge does not bound a class. */
  readonly distances: Int32Array;
  /** Mean distance of the ink's pixels from the paper. */
  readonly inkWidth: number;
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
  const [sums, counts] = [
    [0, 0],
    [0, 0],
  ];
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const own = classes[pixel];
    sums[own] += Math.sqrt(distances[pixel]);
    counts[own] += 1;
  }
  const [first, second] = sums.map((sum, own) => sum / Math.max(1, counts[own]));
  const corners = [0, width - 1, width * (height - 1), width * height - 1];
  const inFirst = corners.filter((pixel) => classes[pixel] === 0).length / corners.length;
  const score = CORNER_WEIGHT * (inFirst - 0.5) + WIDTH_WEIGHT * Math.log((first + 0.1) / (second + 0.1));
  return score > 0 ? { paper: 0, distances, inkWidth: second } : { paper: 1, distances, inkWidth: first };
}
