/** Pictures to compare answers with, and comparisons of answers. Pure. */
import { goldenInput } from '../../../src/model/golden-input.js';
import { DIGITS, IMAGE_LENGTH } from '../../../src/model/shapes.js';

/** Noise, 0..1; every other one mostly empty, as pictures of digits are. */
export function randomPicture(seed: number): Float32Array {
  const values = goldenInput(IMAGE_LENGTH, seed + 1);
  return seed % 2 ? values.map((value) => Math.max(0, 5 * value - 4)) : values;
}

const extremes = [0, -0, 1, -1, 1e30, -1e30, 3.4e38, -3.4e38, 1e-42, -1e-42, Infinity, -Infinity, NaN];

/** Pictures of extreme values: all of one, one in a picture of a digit, and every third one of noise. */
export function extremePictures(digit: Float32Array): Float32Array[] {
  return extremes.flatMap((value, seed) => [
    new Float32Array(IMAGE_LENGTH).fill(value),
    digit.map((pixel, index) => (index === 406 ? value : pixel)),
    randomPicture(seed).map((pixel, index) => (index % 3 ? pixel : value)),
  ]);
}

/** How many pictures two engines answer alike. */
export interface Comparison {
  readonly pictures: number;
  /** In every bit. */
  readonly sameBits: number;
  /** With the same best digit. */
  readonly sameDigit: number;
  /** With no logit that differs by more than the tolerance. */
  readonly near: number;
  /** Of two logits; NaN where only one of them is a number. */
  readonly largestDifference: number;
}

const best = (logits: Float32Array) => logits.indexOf(Math.max(...logits));

/**
 * @param options.length of the answer to one picture
 * @throws {Error} when there are not equally many
 */
export function compareAnswers(
  answers: Float32Array,
  others: Float32Array,
  { length = DIGITS, tolerance = 0 } = {},
): Comparison {
  if (answers.length !== others.length) {
    throw new Error(`${answers.length} answers cannot be compared with ${others.length}.`);
  }
  const total = { pictures: 0, sameBits: 0, sameDigit: 0, near: 0, largestDifference: 0 };
  for (let start = 0; start < answers.length; start += length) {
    const [own, other] = [answers, others].map((each) => each.slice(start, start + length));
    const [bits, otherBits] = [own, other].map(({ buffer }) => new Uint32Array(buffer));
    // The same bits do not differ, even if they are infinite or NaN.
    const differences = own.map((logit, index) =>
      bits[index] === otherBits[index] ? 0 : Math.abs(logit - other[index]),
    );
    const difference = Math.max(...differences);
    total.pictures += 1;
    total.sameBits += Number(bits.every((value, index) => value === otherBits[index]));
    total.sameDigit += Number(best(own) === best(other) && ![...own, ...other].some(Number.isNaN));
    total.near += Number(difference <= tolerance);
    total.largestDifference = Math.max(total.largestDifference, difference);
  }
  return total;
}

export const addComparisons = (parts: readonly Comparison[]): Comparison =>
  parts.reduce((sum, part) => ({
    pictures: sum.pictures + part.pictures,
    sameBits: sum.sameBits + part.sameBits,
    sameDigit: sum.sameDigit + part.sameDigit,
    near: sum.near + part.near,
    largestDifference: Math.max(sum.largestDifference, part.largestDifference),
  }));
