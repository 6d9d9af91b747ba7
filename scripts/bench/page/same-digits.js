/** Compares what two backends read. Pure. */

/**
 * @typedef {object} DigitComparison
 * @property {number} equal pictures in which both have the same best digit
 * @property {number} near pictures in which no logit differs by more than the tolerance
 * @property {number} largestDifference of two logits; NaN where one is not a number
 */

/** @param {Float32Array} logits */
const best = (logits) => logits.indexOf(Math.max(...logits));

/**
 * @param {Float32Array} answers
 * @param {Float32Array} others as many
 * @param {{ length: number, tolerance: number }} options `length`: of one picture's answer
 * @returns {DigitComparison}
 * @throws {Error} when they are not as many
 */
export function compareAnswers(answers, others, { length, tolerance }) {
  if (answers.length !== others.length)
    throw new Error(`${answers.length} answers cannot be compared with ${others.length}.`);
  /** @type {DigitComparison} */
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
