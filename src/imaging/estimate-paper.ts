import { fitLight } from './fit-light.js';
import type { ColorPlane } from './reduce-pixels.js';

/** Longest side in pixels at which the paper is looked at: light changes slowly. */
const COARSE_SIZE = 128;

/**
 * Lines up to twice this share of the picture's longest side are taken for ink on the paper, and wider things for a
 * change of the light.
 */
const REACH = 0.09;

/** A line of a plane: the place of its first value, from one to the next, and how many. */
type Line = readonly [start: number, step: number, length: number];

/**
 * What a line of values looks like where each takes the largest of all within `reach`, or the smallest. By running
 * maxima of blocks, so that it takes as long for any reach: van Herk, "A fast algorithm for local minimum and maximum
 * filters on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992).
 *
 * @param sign 1 for the largest, -1 for the smallest
 */
function spreadLine(values: Float32Array, [start, step, length]: Line, reach: number, sign: 1 | -1): void {
  const size = 2 * reach + 1;
  const padded = Math.ceil((length + 2 * reach) / size) * size;
  const forward = new Float32Array(padded).fill(-Infinity);
  for (let at = 0; at < length; at++) forward[at + reach] = sign * values[start + at * step];
  const backward = forward.slice();
  for (let at = 1; at < padded; at++) {
    if (at % size !== 0 && forward[at - 1] > forward[at]) forward[at] = forward[at - 1];
    const back = padded - 1 - at;
    if ((back + 1) % size !== 0 && backward[back + 1] > backward[back]) backward[back] = backward[back + 1];
  }
  for (let at = 0; at < length; at++) {
    const [before, after] = [backward[at], forward[at + 2 * reach]];
    values[start + at * step] = sign * (before > after ? before : after);
  }
}

/** The mean of all values within `reach`, along a line. */
function smoothLine(values: Float32Array, [start, step, length]: Line, reach: number): void {
  const sums = new Float64Array(length + 1);
  for (let at = 0; at < length; at++) sums[at + 1] = sums[at] + values[start + at * step];
  for (let at = 0; at < length; at++) {
    const [from, to] = [Math.max(0, at - reach), Math.min(length, at + reach + 1)];
    values[start + at * step] = (sums[to] - sums[from]) / (to - from);
  }
}

function eachLine(width: number, height: number, act: (line: Line) => void): void {
  for (let row = 0; row < height; row++) act([row * width, 1, width]);
  for (let column = 0; column < width; column++) act([column, width, height]);
}

function coarseSize(image: ColorPlane): { factor: number; width: number; height: number } {
  const factor = Math.max(1, Math.ceil(Math.max(image.width, image.height) / COARSE_SIZE));
  return { factor, width: Math.ceil(image.width / factor), height: Math.ceil(image.height / factor) };
}

/**
 * What the paper of a photograph looks like without ink: for each pixel its color in the light that falls there.
 *
 * By a grey-level closing (Serra, "Image Analysis and Mathematical Morphology", 1982): what is darker than its
 * surroundings and narrow is filled up, while the edge of a shadow stays where it is.
 *
 * @param lightInk whether the ink is lighter than the paper, as chalk is: then what is lighter is taken away
 * @returns red, green and blue planes, at the size of the picture
 */
export function estimatePaper(image: ColorPlane, lightInk: boolean): [Float32Array, Float32Array, Float32Array] {
  const { factor, width, height } = coarseSize(image);
  const reach = Math.max(1, Math.round(Math.max(width, height) * REACH));
  const grow = lightInk ? -1 : 1;
  const shrink = lightInk ? 1 : -1;
  const planes = [0, 1, 2].map((channel) => {
    const coarse = reduceChannel(image, channel, factor, width, height);
    eachLine(width, height, (line) => smoothLine(coarse, line, 1));
    eachLine(width, height, (line) => spreadLine(coarse, line, reach, grow));
    eachLine(width, height, (line) => spreadLine(coarse, line, reach, shrink));
    eachLine(width, height, (line) => smoothLine(coarse, line, 2));
    return enlarge(coarse, width, height, factor, image);
  });
  return planes as [Float32Array, Float32Array, Float32Array];
}

/**
 * A photograph in even light: without what changes from one side to the other, or towards the corners.
 *
 * @param lightInk whether the ink is lighter than the paper
 */
export function evenLight(image: ColorPlane, lightInk: boolean): ColorPlane {
  const { factor, width, height } = coarseSize(image);
  const brightness = new Float32Array(width * height);
  for (const channel of [0, 1, 2]) {
    reduceChannel(image, channel, factor, width, height).forEach((value, pixel) => (brightness[pixel] += value / 3));
  }
  const coarse = fitLight({ data: brightness, width, height }, lightInk);
  const most = Math.max(...coarse);
  const light = enlarge(coarse, width, height, factor, image);
  const data = image.data.slice();
  for (let pixel = 0, at = 0; pixel < light.length; pixel++, at += 4) {
    const gain = most / light[pixel];
    for (let channel = 0; channel < 3; channel++) data[at + channel] *= gain;
  }
  return { ...image, data };
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
  const before = new Int32Array(image.width);
  const after = new Int32Array(image.width);
  const shares = new Float32Array(image.width);
  for (let column = 0; column < image.width; column++) {
    [before[column], after[column], shares[column]] = place(column, width);
  }
  const line = new Float32Array(width);
  for (let row = 0, to = 0; row < image.height; row++) {
    const [above, below, down] = place(row, height);
    for (let column = 0; column < width; column++) {
      line[column] = coarse[above * width + column] * (1 - down) + coarse[below * width + column] * down;
    }
    for (let column = 0; column < image.width; column++, to++) {
      const left = line[before[column]];
      fine[to] = left + (line[after[column]] - left) * shares[column];
    }
  }
  return fine;
}
