/** What answers say about a network. Pure. */
import { median, quantile } from 'd3-array';

/** What was read from one sample. */
export interface Reading {
  /** The best guess, whether refused or not: a digit, or those of a number; empty without any preference. */
  readonly guess: string;
  /** Whether the product gives no answer, or gives none for a digit of a number. */
  readonly refused: boolean;
  /** By digit; empty for a number. */
  readonly probabilities: readonly number[];
  /** Energy score; -Infinity when blank. */
  readonly energy: number;
  /** The 28x28 picture that the network saw: a byte per pixel, 0 (paper) to 255 (ink), as base64. */
  readonly image: string;
  /** A thumbnail of the picture that was given, as a data URL. */
  readonly thumbnail?: string;
  /** Milliseconds, by step. */
  readonly times: Readonly<Record<string, number>>;
}

export type Answer = Reading | { readonly error: string };

/** A share of samples with its 95 % interval, each 0..1. */
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
 * How much values that were taken at equal distances grow from one to the next: the median of the slopes between all
 * pairs, which a few outliers do not move.
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

/** What was read of samples that have labels: digits or numbers. Samples that failed count, as not right. */
export interface Summary {
  readonly total: number;
  readonly failed: number;
  /** Samples that the product answers with their label. */
  readonly right: Share;
  /** Samples whose best guess is their label, refused or not. */
  readonly guessed: Share;
  /** Samples that the product refuses to answer. */
  readonly refused: Share;
  /** Milliseconds, by step. */
  readonly times: Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;
}

function timeQuantiles(times: readonly Reading['times'][]): Summary['times'] {
  const steps = [...new Set(times.flatMap((each) => Object.keys(each)))];
  return Object.fromEntries(
    steps.map((step) => {
      const values = times.flatMap((each) => each[step] ?? []);
      return [step, { p50: quantile(values, 0.5) ?? NaN, p95: quantile(values, 0.95) ?? NaN }];
    }),
  );
}

/**
 * @param labels at least one
 * @param answers as many
 */
export function summarize(labels: readonly string[], answers: readonly Answer[]): Summary {
  const total = labels.length;
  const readings = readingsOf(answers);
  const count = (holds: (reading: Reading, label: string) => boolean) =>
    toShare(answers.filter((answer, index) => !('error' in answer) && holds(answer, labels[index])).length, total);
  return {
    total,
    failed: total - readings.length,
    right: count(({ guess, refused }, label) => guess === label && !refused),
    guessed: count(({ guess }, label) => guess === label),
    refused: count(({ refused }) => refused),
    times: timeQuantiles(readings.map(({ times }) => times)),
  };
}

/**
 * How often each digit was guessed to be each.
 * @returns 10 rows, one per digit drawn, of 11 columns: guessed to be 0..9, and no guess
 */
export function confusionMatrix(labels: readonly string[], answers: readonly Answer[]): number[][] {
  const matrix = Array.from({ length: 10 }, () => Array.from({ length: 11 }, () => 0));
  answers.forEach((answer, index) => {
    if (!('error' in answer)) matrix[Number(labels[index])][answer.guess === '' ? 10 : Number(answer.guess)] += 1;
  });
  return matrix;
}
