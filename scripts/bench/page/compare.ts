/** Pictures to compare answers with, and comparisons of answers. Pure. */
import { goldenInput } from '../../../src/model/golden-input.js';
import { IMAGE_LENGTH } from '../../../src/model/shapes.js';

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

export interface EqualCount {
  readonly pictures: number;
  /** Pictures whose answers are the same, every bit. */
  readonly equal: number;
  /** Of two logits; NaN where one of them alone is not a number. */
  readonly largestDifference: number;
}

/** @param length of one picture's answer */
export function countEqual(answers: Float32Array, others: Float32Array, length: number): EqualCount {
  const bits = new Uint32Array(answers.buffer, answers.byteOffset, answers.length);
  const otherBits = new Uint32Array(others.buffer, others.byteOffset, others.length);
  const pictures = answers.length / length;
  let equal = 0;
  let largestDifference = 0;
  for (let picture = 0; picture < pictures; picture++) {
    let same = others.length === answers.length;
    for (let index = picture * length; index < (picture + 1) * length; index++) {
      if (bits[index] === otherBits[index]) continue;
      same = false;
      largestDifference = Math.max(largestDifference, Math.abs(answers[index] - others[index]));
    }
    equal += Number(same);
  }
  return { pictures, equal, largestDifference };
}

export interface DigitComparison {
  /** Pictures in which both have the same best digit. */
  readonly equal: number;
  /** Pictures in which no logit differs by more than the tolerance. */
  readonly near: number;
  /** Of two logits; NaN where one is not a number. */
  readonly largestDifference: number;
}

const best = (logits: Float32Array) => logits.indexOf(Math.max(...logits));

/**
 * @param options.length of one picture's answer
 * @throws {Error} when they are not as many
 */
export function compareAnswers(
  answers: Float32Array,
  others: Float32Array,
  { length, tolerance }: { length: number; tolerance: number },
): DigitComparison {
  if (answers.length !== others.length) {
    throw new Error(`${answers.length} answers cannot be compared with ${others.length}.`);
  }
  const total = { equal: 0, near: 0, largestDifference: 0 };
  for (let start = 0; start < answers.length; start += length) {
    const [own, other] = [answers, others].map((each) => each.subarray(start, start + length));
    const difference = Math.max(...own.map((logit, index) => Math.abs(logit - other[index])));
    total.equal += Number(best(own) === best(other) && !Number.isNaN(difference));
    total.near += Number(difference <= tolerance);
    total.largestDifference = Math.max(total.largestDifference, difference);
  }
  return total;
}
