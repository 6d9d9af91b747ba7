/** How well digits are told from what is no digit. Pure. */

/** @import { Answer, Reading } from './statistics.js' */

/** @param {readonly Answer[]} answers @returns {Reading[]} */
function readingsOf(answers) {
  return answers.flatMap((answer) => ('error' in answer ? [] : [answer]));
}

/**
 * The area under the receiver operating characteristic: how probable it is that a digit scores above a thing that is
 * none, ties counting by half.
 *
 * Hanley and McNeil, "The Meaning and Use of the Area under a ROC Curve", Radiology 143 (1982): the rank statistic.
 *
 * @param {readonly number[]} digits scores, at least one
 * @param {readonly number[]} others scores, at least one
 * @returns {number} 0..1
 */
export function areaUnderCurve(digits, others) {
  const sorted = Float64Array.from(others).sort();
  /** @param {(value: number) => boolean} holds first true, then false, along the sorted scores */
  const countWhile = (holds) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(sorted[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = digits.reduce(
    (sum, score) => sum + (countWhile((other) => other < score) + countWhile((other) => other <= score)) / 2,
    0,
  );
  return wins / (digits.length * others.length);
}

/**
 * The highest threshold that at least this share of the scores reaches.
 * @param {readonly number[]} scores at least one
 * @param {number} share greater than 0, at most 1
 */
export function acceptingThreshold(scores, share) {
  const sorted = Float64Array.from(scores).sort();
  // 0.98 * 50 may come out a hair above 49: without the slack, one score too many would be asked for.
  return sorted[sorted.length - Math.ceil(share * sorted.length - 1e-9)];
}

/** @param {readonly Answer[]} answers @returns {number} share of what was read that was called no digit, 0..1 */
export function refusedShare(answers) {
  const readings = readingsOf(answers);
  return readings.filter(({ refused }) => refused).length / readings.length;
}

/**
 * @typedef {object} Rejection
 * @property {number} refused share of the things that are no digits, at the shipped threshold
 * @property {number} digitsRefused share of the digits, at the shipped threshold
 * @property {number} refusedAt98 share of the things that are no digits, where 98 % of the digits are accepted
 * @property {number} threshold energy at which 98 % of the digits are accepted
 * @property {number} area under the ROC curve
 */

/**
 * @param {readonly Answer[]} digitAnswers
 * @param {readonly Answer[]} otherAnswers
 * @returns {Rejection | null} null when nothing was read of either
 */
export function measureRejection(digitAnswers, otherAnswers) {
  const [digits, others] = [digitAnswers, otherAnswers].map((answers) =>
    readingsOf(answers).map((each) => each.energy),
  );
  if (digits.length === 0 || others.length === 0) return null;
  const threshold = acceptingThreshold(digits, 0.98);
  return {
    refused: refusedShare(otherAnswers),
    digitsRefused: refusedShare(digitAnswers),
    refusedAt98: others.filter((energy) => energy < threshold).length / others.length,
    threshold,
    area: areaUnderCurve(digits, others),
  };
}
