import { reductionFactor, type ColorPlane } from './reduce-pixels.js';

/**
 * Longest side, in pixels, of the picture that the paper is estimated from: light changes slowly. A strip's may be
 * longer.
 */
export const COARSE_SIZE = 128;

/**
 * Lines up to twice this share of the picture's longest side are taken for ink, anything wider for a change of light.
 */
const REACH = 0.09;

/** A picture reduced by an integer factor. */
export interface CoarsePicture {
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  /** Red, green and blue. */
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
  /** Width of the original picture. */
  readonly fullWidth: number;
}

/** Reduces a picture for estimating its light and paper. */
export function coarsen(image: ColorPlane): CoarsePicture {
  const { data, width: fullWidth, height: fullHeight } = image;
  const factor = reductionFactor(image, COARSE_SIZE);
  const width = Math.ceil(fullWidth / factor);
  const height = Math.ceil(fullHeight / factor);
  const plane = (): Float32Array => new Float32Array(width * height);
  const [red, green, blue] = [plane(), plane(), plane()];
  for (let row = 0, from = 0; row < fullHeight; row++) {
    const top = Math.floor(row / factor);
    const rows = Math.min(factor, fullHeight - top * factor);
    for (let left = 0, to = top * width; left < width; left++, to++) {
      const columns = Math.min(factor, fullWidth - left * factor);
      let [r, g, b] = [0, 0, 0];
      for (const end = from + 4 * columns; from < end; from += 4) {
        r += data[from];
        g += data[from + 1];
        b += data[from + 2];
      }
      const share = 1 / (rows * columns);
      red[to] += r * share;
      green[to] += g * share;
      blue[to] += b * share;
    }
  }
  return { factor, width, height, planes: [red, green, blue], fullWidth };
}

/**
 * Parallel lines of a plane, in a flat array: `apart` between the first values of two lines, `step` between two values.
 */
interface Lines {
  readonly count: number;
  readonly apart: number;
  readonly length: number;
  readonly step: number;
}

/** Returns the rows and the columns of a plane. */
export const linesOf = (width: number, height: number): Lines[] => [
  { count: height, apart: width, length: width, step: 1 },
  { count: width, apart: 1, length: height, step: width },
];

/**
 * Replaces each value by the maximum within `reach` along its line, or by the minimum, in a time that does not depend
 * on `reach`: van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels",
 * Pattern Recognition Letters 13 (1992).
 *
 * @param sign 1 for the maximum, -1 for the minimum
 */
function filterExtremes(
  values: Float32Array,
  { count, apart, length, step }: Lines,
  reach: number,
  sign: 1 | -1,
): void {
  const size = 2 * reach + 1;
  const padded = Math.ceil((length + 2 * reach) / size) * size;
  const line = new Float32Array(padded).fill(-Infinity);
  const forward = line.slice();
  const backward = line.slice();
  for (let index = 0; index < count; index++) {
    const start = index * apart;
    for (let at = 0; at < length; at++) line[at + reach] = sign * values[start + at * step];
    for (let block = 0; block < padded; block += size) {
      const end = block + size - 1;
      let before = (forward[block] = line[block]);
      let after = (backward[end] = line[end]);
      for (let at = 1; at < size; at++) {
        if (line[block + at] > before) before = line[block + at];
        if (line[end - at] > after) after = line[end - at];
        forward[block + at] = before;
        backward[end - at] = after;
      }
    }
    for (let at = 0; at < length; at++) {
      const before = backward[at];
      const after = forward[at + 2 * reach];
      values[start + at * step] = sign * (before > after ? before : after);
    }
  }
}

/** Replaces each value by the mean within `reach` along its line. */
export function smooth(values: Float32Array, { count, apart, length, step }: Lines, reach: number): void {
  const sums = new Float64Array(length + 1);
  for (let index = 0; index < count; index++) {
    const start = index * apart;
    for (let at = 0; at < length; at++) sums[at + 1] = sums[at] + values[start + at * step];
    for (let at = 0; at < length; at++) {
      const from = Math.max(0, at - reach);
      const to = Math.min(length, at + reach + 1);
      values[start + at * step] = (sums[to] - sums[from]) / (to - from);
    }
  }
}

/**
 * Estimates a photograph's paper without ink, in the light that falls on it.
 *
 * @param lightInk whether the ink is lighter than the paper, like chalk: then lighter parts are removed
 * @param light an estimate of the light, so that its gradient is not taken for ink
 */
export function estimatePaper(coarse: CoarsePicture, lightInk: boolean, light: Float32Array): CoarsePicture['planes'] {
  const { width, height } = coarse;
  const reach = Math.max(1, Math.round(Math.max(width, height) * REACH));
  const grow = lightInk ? -1 : 1;
  const shrink = lightInk ? 1 : -1;
  // Grayscale closing (Serra, "Image Analysis and Mathematical Morphology", 1982) fills narrow parts that are darker
  // than their surroundings, but does not move the edges of shadows.
  const lines = linesOf(width, height);
  const [red, green, blue] = coarse.planes.map((plane) => {
    const evened = plane.slice();
    for (let pixel = 0; pixel < evened.length; pixel++) evened[pixel] /= light[pixel];
    for (const all of lines) smooth(evened, all, 1);
    for (const all of lines) filterExtremes(evened, all, reach, grow);
    for (const all of lines) filterExtremes(evened, all, reach, shrink);
    for (const all of lines) smooth(evened, all, 2);
    for (let pixel = 0; pixel < evened.length; pixel++) evened[pixel] *= light[pixel];
    return evened;
  });
  return [red, green, blue];
}

/**
 * Enlarges planes to the size of the picture (bilinear): returns a function that fills a line with the values of one
 * row.
 */
export function enlarge({
  factor,
  width,
  height,
  fullWidth,
}: CoarsePicture): (plane: Float32Array, row: number, line: Float32Array) => void {
  const position = (at: number, length: number): number => Math.min(length - 1, Math.max(0, (at + 0.5) / factor - 0.5));
  const before = new Int32Array(fullWidth);
  const shares = new Float32Array(fullWidth);
  for (let column = 0; column < fullWidth; column++) {
    const exact = position(column, width);
    before[column] = exact;
    shares[column] = exact - before[column];
  }
  // Padded with the last value, which has no successor.
  const coarse = new Float32Array(width + 1);
  return (plane, row, line) => {
    const exact = position(row, height);
    const above = Math.floor(exact) * width;
    const below = Math.min(width * (height - 1), above + width);
    const down = exact - Math.floor(exact);
    for (let column = 0; column < width; column++) {
      coarse[column] = plane[above + column] * (1 - down) + plane[below + column] * down;
    }
    coarse[width] = coarse[width - 1];
    for (let column = 0; column < fullWidth; column++) {
      const left = coarse[before[column]];
      line[column] = left + (coarse[before[column] + 1] - left) * shares[column];
    }
  };
}
