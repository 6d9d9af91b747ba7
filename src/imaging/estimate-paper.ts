import type { ColorPlane } from './reduce-pixels.js';

/** Longest side in pixels at which the paper is looked at: light changes slowly. */
const COARSE_SIZE = 128;

/**
 * Lines up to twice this share of the picture's longest side are taken for ink on the paper, and wider things for a
 * change of the light.
 */
const REACH = 0.09;

type Choose = (one: number, other: number) => number;

/** What a line of values looks like where each takes the chosen one of all within `reach`. */
function spreadLine(
  values: Float32Array,
  start: number,
  step: number,
  length: number,
  reach: number,
  choose: Choose,
): void {
  const line = Float32Array.from({ length }, (_, index) => values[start + index * step]);
  for (let at = 0; at < length; at++) {
    let chosen = line[at];
    const last = Math.min(length - 1, at + reach);
    for (let near = Math.max(0, at - reach); near <= last; near++) chosen = choose(chosen, line[near]);
    values[start + at * step] = chosen;
  }
}

/** The mean of all values within `reach`, along a line. */
function smoothLine(values: Float32Array, start: number, step: number, length: number, reach: number): void {
  const sums = new Float64Array(length + 1);
  for (let at = 0; at < length; at++) sums[at + 1] = sums[at] + values[start + at * step];
  for (let at = 0; at < length; at++) {
    const [from, to] = [Math.max(0, at - reach), Math.min(length, at + reach + 1)];
    values[start + at * step] = (sums[to] - sums[from]) / (to - from);
  }
}

function eachLine(width: number, height: number, act: (start: number, step: number, length: number) => void): void {
  for (let row = 0; row < height; row++) act(row * width, 1, width);
  for (let column = 0; column < width; column++) act(column, width, height);
}

/**
 * What the paper of a photograph looks like without ink: for each pixel its colour in the light that falls there.
 *
 * By a grey-level closing (Serra, "Image Analysis and Mathematical Morphology", 1982): what is darker than its
 * surroundings and narrow is filled up, while the edge of a shadow stays where it is.
 *
 * @param lightInk whether the ink is lighter than the paper, as chalk is: then what is lighter is taken away
 * @returns red, green and blue planes, at the size of the picture
 */
export function estimatePaper(image: ColorPlane, lightInk: boolean): [Float32Array, Float32Array, Float32Array] {
  const factor = Math.max(1, Math.ceil(Math.max(image.width, image.height) / COARSE_SIZE));
  const width = Math.ceil(image.width / factor);
  const height = Math.ceil(image.height / factor);
  const reach = Math.max(1, Math.round(Math.max(width, height) * REACH));
  const [grow, shrink] = lightInk ? [Math.min, Math.max] : [Math.max, Math.min];
  const planes = [0, 1, 2].map((channel) => {
    const coarse = reduceChannel(image, channel, factor, width, height);
    eachLine(width, height, (start, step, length) => smoothLine(coarse, start, step, length, 1));
    eachLine(width, height, (start, step, length) => spreadLine(coarse, start, step, length, reach, grow));
    eachLine(width, height, (start, step, length) => spreadLine(coarse, start, step, length, reach, shrink));
    eachLine(width, height, (start, step, length) => smoothLine(coarse, start, step, length, 2));
    return enlarge(coarse, width, height, factor, image);
  });
  return planes as [Float32Array, Float32Array, Float32Array];
}

function reduceChannel(
  image: ColorPlane,
  channel: number,
  factor: number,
  width: number,
  height: number,
): Float32Array {
  const sums = new Float32Array(width * height);
  const counts = new Float32Array(width * height);
  for (let row = 0, from = channel; row < image.height; row++) {
    const start = Math.floor(row / factor) * width;
    for (let column = 0; column < image.width; column++, from += 4) {
      const to = start + Math.floor(column / factor);
      sums[to] += image.data[from];
      counts[to] += 1;
    }
  }
  return sums.map((sum, pixel) => sum / counts[pixel]);
}

/** Bilinear. */
function enlarge(coarse: Float32Array, width: number, height: number, factor: number, image: ColorPlane): Float32Array {
  const fine = new Float32Array(image.width * image.height);
  const place = (at: number, length: number): [number, number, number] => {
    const exact = Math.min(length - 1, Math.max(0, (at + 0.5) / factor - 0.5));
    const before = Math.floor(exact);
    return [before, Math.min(length - 1, before + 1), exact - before];
  };
  const columns = Array.from({ length: image.width }, (_, column) => place(column, width));
  for (let row = 0, to = 0; row < image.height; row++) {
    const [above, below, down] = place(row, height);
    for (let column = 0; column < image.width; column++, to++) {
      const [left, right, across] = columns[column];
      const upper = coarse[above * width + left] * (1 - across) + coarse[above * width + right] * across;
      const lower = coarse[below * width + left] * (1 - across) + coarse[below * width + right] * across;
      fine[to] = upper * (1 - down) + lower * down;
    }
  }
  return fine;
}
