/** Pictures that are none of digits, to compare answers with. Pure. */
import { goldenInput } from '../../../src/model/golden-input.js';

const length = 784;

/** Noise, 0..1; every other one mostly empty, as pictures of digits are. @param {number} seed */
export function randomPicture(seed) {
  const values = goldenInput(length, seed + 1);
  return seed % 2 ? values.map((value) => Math.max(0, 5 * value - 4)) : values;
}

const values = [0, -0, 1, -1, 1e30, -1e30, 3.4e38, -3.4e38, 1e-42, -1e-42, Infinity, -Infinity, NaN];

/**
 * Pictures of extreme values: all of one, one in a picture of a digit, and every third one of noise.
 * @param {Float32Array} digit
 * @returns {Float32Array[]}
 */
export function extremePictures(digit) {
  return values.flatMap((value, seed) => [
    new Float32Array(length).fill(value),
    digit.map((pixel, index) => (index === 406 ? value : pixel)),
    randomPicture(seed).map((pixel, index) => (index % 3 ? pixel : value)),
  ]);
}
