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
  const values: number[] = [];
  /** Six per value: the terms of the surface's coefficients at its position, -1 to 1 on both axes. */
  const terms: number[] = [];
  for (let row = stride >> 1; row < height; row += stride) {
    for (let column = stride >> 1; column < width; column += stride) {
      const pixel = row * width + column;
      values.push((red[pixel] + green[pixel] + blue[pixel]) / 3);
      const [x, y] = [coordinate(column, width), coordinate(row, height)];
      terms.push(1, x, y, x * x, x * y, y * y);
    }
  }
  let factors = [lightInk ? Infinity : 0, 0, 0, 0, 0, 0];
  const lightAt = (sample: number): number => {
    let light = factors[0];
    for (let term = 1; term < 6; term++) light += terms[6 * sample + term] * factors[term];
    return light;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const equations = Array.from({ length: 6 }, () => new Array<number>(7).fill(0));
    for (let sample = 0; sample < values.length; sample++) {
      const light = lightAt(sample);
      if (lightInk ? values[sample] * MAX_INK > light : values[sample] < light * MAX_INK) continue;
      for (let one = 0; one < 6; one++) {
        const own = terms[6 * sample + one];
        for (let other = 0; other < 6; other++) equations[one][other] += own * terms[6 * sample + other];
        equations[one][6] += own * values[sample];
      }
    }
    factors = solve(equations);
  }
  const fitting = values.filter((value, sample) => {
    const light = lightAt(sample);
    return Math.abs(value - light) <= TOLERANCE * light;
  });
  // No such surface fits across the edge of a shadow.
  if (fitting.length < MIN_FITTING * values.length) factors = [1, 0, 0, 0, 0, 0];
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
