import { squaredDistances } from './squared-distances.js';

/**
 * How much it speaks for a class being the paper that it has all corners of the picture, and that its parts are e times
 * as wide as those of the other class. Fitted by logistic regression on pictures of MNIST's and pen-digits' training
 * parts and of UNIPEN, cropped to the ink and not, dark on light and light on dark: it finds the ink in
 * 99.7 % of them; area alone finds it in 92 %.
 */
const BY_CORNERS = 2.8;
const BY_WIDTH = 3.9;

/** Which of the two classes of a picture is its paper. */
export interface FoundPaper {
  readonly paper: 0 | 1;
  /** For each pixel its squared distance from the other class, in pixels; the picture's edge is no end of a class. */
  readonly distances: Int32Array;
  /** The mean distance of the ink's pixels from the paper. */
  readonly inkWidth: number;
}

/** Which of the two classes of a picture is the paper. @param classes 0 or 1 for each pixel */
export function findPaper(classes: Uint8Array, width: number, height: number): FoundPaper {
  // The ink may touch the picture's edge, and may be more than half of the picture: it is recognized by its lines, which
  // are narrower than the gaps between and around them, and by the corners, which digits leave free.
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
  const score = BY_CORNERS * (inFirst - 0.5) + BY_WIDTH * Math.log((first + 0.1) / (second + 0.1));
  return score > 0 ? { paper: 0, distances, inkWidth: second } : { paper: 1, distances, inkWidth: first };
}
