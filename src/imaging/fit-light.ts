import type { CoarsePicture } from './estimate-paper.js';

/** Number of pixels along the longest side that the surface is fitted to. */
const SAMPLES = 48;

/** Rounds of the fit. Pixels that are far darker than the previous round's light, like ink, are left out. */
const ROUNDS = 4;
const MAX_INK = 0.8;

/**
 * If less than this share of the sheet is within `TOLERANCE` of the surface, as a share of the light, the light is not
 * quadratic.
 */
const MIN_FITTING = 0.75;
const TOLERANCE = 0.1;

/** Returns a pixel's center, -1 to 1. */
const coordinate = (at: number, length: number): number => (2 * at + 1) / length - 1;

/** Number of the surface's coefficients. */
const TERMS = 6;

/**
 * Returns the normal equations of the surface through the given samples, without those that `isInk` leaves out: a row
 * per coefficient, and its right side.
 */
function normalEquations(terms: Float64Array, values: Float64Array, isInk: (sample: number) => boolean): number[][] {
  const columns = TERMS + 1;
  const sums = new Float64Array(TERMS * columns);
  for (let sample = 0; sample < values.length; sample++) {
    if (isInk(sample)) continue;
    const first = TERMS * sample;
    for (let one = 0; one < TERMS; one++) {
      const own = terms[first + one];
      for (let other = one; other < TERMS; other++) sums[columns * one + other] += own * terms[first + other];
      sums[columns * one + TERMS] += own * values[sample];
    }
  }
  // They are symmetric.
  return Array.from({ length: TERMS }, (_, row) =>
    Array.from({ length: columns }, (_, column) => sums[columns * Math.min(row, column) + Math.max(row, column)]),
  );
}

/** Solves symmetric equations by Gaussian elimination; undetermined unknowns are 0. */
function solve(equations: number[][]): number[] {
  const count = equations.length;
  for (let own = 0; own < count; own++) {
    const pivot = equations[own][own];
    if (Math.abs(pivot) < 1e-9) continue;
    for (let other = 0; other < count; other++) {
      if (other === own) continue;
      const share = equations[other][own] / pivot;
      for (let column = own; column <= count; column++) equations[other][column] -= share * equations[own][column];
    }
  }
  return equations.map((equation, own) => (Math.abs(equation[own]) < 1e-9 ? 0 : equation[count] / equation[own]));
}

/**
 * Estimates the light on a photographed sheet by the quadratic surface that fits its brightness best without the ink.
 * That is close to a lamp at one side, a vignette and a bent sheet.
 *
 * @param lightInk whether the ink is lighter than the paper
 * @returns the light at each pixel, above 0
 */
export function fitLight({ planes, width, height }: CoarsePicture, lightInk: boolean): Float32Array {
  const [red, green, blue] = planes;
  const stride = Math.ceil(Math.max(width, height) / SAMPLES);
  const first = stride >> 1;
  const columns = Math.ceil((width - first) / stride);
  const rows = Math.ceil((height - first) / stride);
  const values = new Float64Array(rows * columns);
  /** The terms of the surface's coefficients at each value's position, -1 to 1 on both axes. */
  const terms = new Float64Array(TERMS * values.length);
  for (let row = first, sample = 0; row < height; row += stride) {
    for (let column = first; column < width; column += stride, sample++) {
      const pixel = row * width + column;
      values[sample] = (red[pixel] + green[pixel] + blue[pixel]) / 3;
      const [x, y] = [coordinate(column, width), coordinate(row, height)];
      const at = TERMS * sample;
      terms[at] = 1;
      terms[at + 1] = x;
      terms[at + 2] = y;
      terms[at + 3] = x * x;
      terms[at + 4] = x * y;
      terms[at + 5] = y * y;
    }
  }
  let factors = [lightInk ? Infinity : 0, 0, 0, 0, 0, 0];
  const lightAt = (sample: number): number => {
    let light = factors[0];
    for (let term = 1; term < TERMS; term++) light += terms[TERMS * sample + term] * factors[term];
    return light;
  };
  const isInk = (sample: number): boolean =>
    lightInk ? values[sample] * MAX_INK > lightAt(sample) : values[sample] < lightAt(sample) * MAX_INK;
  for (let round = 0; round < ROUNDS; round++) factors = solve(normalEquations(terms, values, isInk));
  let fitting = 0;
  for (let sample = 0; sample < values.length; sample++) {
    const light = lightAt(sample);
    if (Math.abs(values[sample] - light) <= TOLERANCE * light) fitting += 1;
  }
  // No such surface fits across the edge of a shadow.
  if (fitting < MIN_FITTING * values.length) factors = [1, 0, 0, 0, 0, 0];
  const [all, across, down, across2, both, down2] = factors;
  const surface = new Float32Array(red.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    const y = coordinate(row, height);
    for (let column = 0; column < width; column++, pixel++) {
      const x = coordinate(column, width);
      surface[pixel] = Math.max(0.02, all + (across + across2 * x + both * y) * x + (down + down2 * y) * y);
    }
  }
  return surface;
}
