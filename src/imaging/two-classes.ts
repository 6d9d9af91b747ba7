import type { ColorPlane } from './reduce-pixels.js';

/** A color: red, green and blue, 0..1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Maximum number of pixels to find the two colors from. */
const MAX_SAMPLES = 20_000;

/** Maximum number of rounds; the means of nearly all pictures converge earlier. */
const MAX_ROUNDS = 12;

/** The means have converged if they move less than this, squared. */
const CONVERGED = 1e-7;

function squared(data: ArrayLike<number>, at: number, color: Rgb): number {
  const red = data[at] - color[0];
  const green = data[at + 1] - color[1];
  const blue = data[at + 2] - color[2];
  return red * red + green * green + blue * blue;
}

/** Returns the root mean square of the differences between two colors' channels. */
export function colorDistance(one: Rgb, other: Rgb): number {
  return Math.sqrt(squared(one, 0, other) / 3);
}

const brightness = ([red, green, blue]: Rgb): number => red + green + blue;

/** Returns the mean color of every nth pixel: `step` values from one to the next. */
function meanColor(data: Float32Array, step: number): Rgb {
  let [red, green, blue] = [0, 0, 0];
  for (let at = 0; at < data.length; at += step) {
    red += data[at];
    green += data[at + 1];
    blue += data[at + 2];
  }
  const count = Math.ceil(data.length / step);
  return [red / count, green / count, blue / count];
}

/** Returns the step between pixels, in values, that leaves few enough of them for repeated passes. */
function sampleStep({ data, width }: ColorPlane): number {
  let stride = Math.ceil(data.length / 4 / MAX_SAMPLES);
  // Otherwise, the same columns would be taken from every row.
  while (stride > 1 && width % stride === 0) stride += 1;
  return 4 * stride;
}

/** Returns the color of the pixel that is farthest from a color, of those `step` values apart. */
function farthestFrom(data: Float32Array, step: number, color: Rgb): Rgb {
  let farthest = 0;
  let most = -1;
  for (let at = 0; at < data.length; at += step) {
    const distance = squared(data, at, color);
    if (distance <= most) continue;
    farthest = at;
    most = distance;
  }
  return [data[farthest], data[farthest + 1], data[farthest + 2]];
}

/** Mean colors of the darker and the lighter class of pixels. */
export type TwoColors = readonly [darker: Rgb, lighter: Rgb];

/**
 * Finds the colors of the two classes of pixels in an opaque picture: 2-means (Lloyd, "Least squares quantization in
 * PCM", 1982), starting from the two most distant colors, so that the result is deterministic.
 */
export function findTwoColors(image: ColorPlane): TwoColors {
  const { data } = image;
  const step = sampleStep(image);
  let first = farthestFrom(data, step, meanColor(data, step));
  let second = farthestFrom(data, step, first);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const sums = new Float64Array(8);
    for (let at = 0; at < data.length; at += step) {
      const to = squared(data, at, second) < squared(data, at, first) ? 4 : 0;
      sums[to] += 1;
      sums[to + 1] += data[at];
      sums[to + 2] += data[at + 1];
      sums[to + 3] += data[at + 2];
    }
    const mean = (from: number, or: Rgb): Rgb =>
      sums[from] > 0 ? [sums[from + 1] / sums[from], sums[from + 2] / sums[from], sums[from + 3] / sums[from]] : or;
    const [before, other] = [first, second];
    first = mean(0, before);
    second = mean(4, other);
    if (colorDistance(before, first) ** 2 + colorDistance(other, second) ** 2 < CONVERGED) break;
  }
  return brightness(first) <= brightness(second) ? [first, second] : [second, first];
}

/** Returns the index of each pixel's nearest color: 0 for the darker, 1 for the lighter. */
export function classify({ data }: ColorPlane, [darker, lighter]: TwoColors): Uint8Array {
  const classes = new Uint8Array(data.length / 4);
  for (let pixel = 0, at = 0; pixel < classes.length; pixel++, at += 4) {
    classes[pixel] = squared(data, at, lighter) < squared(data, at, darker) ? 1 : 0;
  }
  return classes;
}
