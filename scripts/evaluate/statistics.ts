/** Statistics of answers. Pure. */
import { median, quantile } from 'd3-array';
import { DIGITS } from '../../src/model/shapes.js';

/** The reading of one sample. */
export interface Reading {
  /** The best guess, refused or not: a digit, or the digits of a number; empty if all digits are equally probable. */
  readonly guess: string;
  /** Whether the product refuses to answer, for a number: one of its digits. */
  readonly refused: boolean;
  /** By digit; empty for a number. */
  readonly probabilities: readonly number[];
  /** Energy score; -Infinity when blank. */
  readonly energy: number;
  /** The network's input of 28x28: a byte per pixel, 0 (paper) to 255 (ink); empty for a number. */
  readonly image: Uint8Array;
  /** A thumbnail of the original picture, as a data URL. */
  readonly thumbnail?: string;
  /** Milliseconds, by step. */
  readonly times: Readonly<Record<string, number>>;
  /** Where it was read with the writer's profile. */
  readonly learning?: {
    readonly writer: string;
    /** Corrections that the writer had made before. */
    readonly corrections: number;
    /** Whether the answer is right without the profile. */
    readonly rightWithout: boolean;
  };
}

export type Answer = Reading | { readonly error: string };

/** A share with its 95 % interval, each 0..1. */
export interface Share {
  readonly count: number;
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
}

/** Two-sided 95 % quantile of the normal distribution. */
const z95 = 1.959963984540054;

/**
 * Wilson's score interval for a share, 95 %: right near 0 and 1, where the normal approximation is not.
 *
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
 *
 * @param total greater than 0
 */
export function wilsonInterval(successes: number, total: number): [low: number, high: number] {
  const share = successes / total;
  const denominator = 1 + z95 ** 2 / total;
  const center = (share + z95 ** 2 / (2 * total)) / denominator;
  const margin = (z95 / denominator) * Math.sqrt((share * (1 - share)) / total + z95 ** 2 / (4 * total ** 2));
  return [Math.max(0, center - margin), Math.min(1, center + margin)];
}

/** @param total greater than 0 */
export const toShare = (count: number, total: number): Share => ({
  count,
  share: count / total,
  interval: wilsonInterval(count, total),
});

/**
 * The Theil-Sen estimator of the slope of equidistant values: the median of the slopes between all pairs, which is robust
 * against outliers.
 *
 * P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63 (1968).
 *
 * @param values at least two
 */
export function medianSlope(values: readonly number[]): number {
  const slopes = values.flatMap((value, index) =>
    values.slice(index + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return median(slopes) ?? NaN;
}

export const readingsOf = (answers: readonly Answer[]): Reading[] =>
  answers.flatMap((answer) => ('error' in answer ? [] : [answer]));

/** Milliseconds, by step. */
function timeQuantiles(times: readonly Reading['times'][]): Readonly<Record<string, { p50: number; p95: number }>> {
  const steps = [...new Set(times.flatMap((each) => Object.keys(each)))];
  return Object.fromEntries(
    steps.map((step) => {
      const values = times.flatMap((each) => each[step] ?? []);
      return [step, { p50: quantile(values, 0.5) ?? NaN, p95: quantile(values, 0.95) ?? NaN }];
    }),
  );
}

/**
 * Sums up the answers to digits or numbers. Those that failed count as not right.
 * @param labels at least one
 * @param answers as many
 */
export function summarize(labels: readonly string[], answers: readonly Answer[]) {
  const total = labels.length;
  const readings = readingsOf(answers);
  const count = (holds: (reading: Reading, label: string) => boolean) =>
    toShare(answers.filter((answer, index) => !('error' in answer) && holds(answer, labels[index])).length, total);
  return {
    total,
    failed: total - readings.length,
    /** Samples that the product answers with their label. */
    right: count(({ guess, refused }, label) => guess === label && !refused),
    /** Samples whose best guess is their label, refused or not. */
    guessed: count(({ guess }, label) => guess === label),
    /** Samples that the product refuses to answer. */
    refused: count(({ refused }) => refused),
    times: timeQuantiles(readings.map(({ times }) => times)),
  };
}

export type Summary = ReturnType<typeof summarize>;

/**
 * Counts the best guesses for each digit.
 * @returns a row for each of 10 digits, with a column for each of 10 guesses, and one for no guess
 */
export function confusionMatrix(labels: readonly string[], answers: readonly Answer[]): number[][] {
  const matrix = Array.from({ length: DIGITS }, () => Array.from({ length: DIGITS + 1 }, () => 0));
  answers.forEach((answer, index) => {
    if (!('error' in answer)) matrix[Number(labels[index])][answer.guess === '' ? DIGITS : Number(answer.guess)] += 1;
  });
  return matrix;
}
