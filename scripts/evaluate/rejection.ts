/** How well digits are distinguished from non-digits. Pure. */
import { bisectLeft, bisectRight, sum } from 'd3-array';
import { readingsOf, type Answer } from './statistics.js';

/**
 * The area under the receiver operating characteristic: the probability that a digit scores above a non-digit, where ties
 * count half.
 *
 * Hanley and McNeil, "The Meaning and Use of the Area under a ROC Curve", Radiology 143 (1982): the rank statistic.
 *
 * @param digits scores, at least one
 * @param others scores, at least one
 * @returns 0..1
 */
export function areaUnderCurve(digits: readonly number[], others: readonly number[]): number {
  const sorted = Float64Array.from(others).sort();
  const wins = sum(digits, (score) => (bisectLeft(sorted, score) + bisectRight(sorted, score)) / 2);
  return wins / (digits.length * others.length);
}

/**
 * The highest threshold that at least this share of the scores reaches.
 * @param scores at least one
 * @param share greater than 0, at most 1
 */
export function acceptingThreshold(scores: readonly number[], share: number): number {
  const sorted = Float64Array.from(scores).sort();
  // The tolerance makes up for rounding: 0.98 * 50 may be slightly above 49.
  return sorted[sorted.length - Math.ceil(share * sorted.length - 1e-9)];
}

/**
 * Compares what is refused of digits and of non-digits.
 * @returns null when all of either failed
 */
export function measureRejection(digitAnswers: readonly Answer[], otherAnswers: readonly Answer[]) {
  const [digits, others] = [digitAnswers, otherAnswers].map(readingsOf);
  if (digits.length === 0 || others.length === 0) return null;
  const [digitEnergies, otherEnergies] = [digits, others].map((each) => each.map(({ energy }) => energy));
  const threshold = acceptingThreshold(digitEnergies, 0.98);
  return {
    /** Share of digits that are refused at the shipped threshold. */
    digitsRefused: digits.filter(({ refused }) => refused).length / digits.length,
    /** Share of non-digits that are refused where 98 % of the digits are accepted. */
    refusedAt98: otherEnergies.filter((energy) => energy < threshold).length / others.length,
    /** Energy at which 98 % of the digits are accepted. */
    threshold,
    area: areaUnderCurve(digitEnergies, otherEnergies),
  };
}
