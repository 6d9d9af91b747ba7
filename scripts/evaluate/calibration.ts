/** Calibration: how often the best guess is right at the confidence that the network reports. Pure. */
import { sum } from 'd3-array';
import type { Answer } from './statistics.js';

const binCount = 15;

export interface Bin {
  /** The confidences in it: above `low`, up to `high`. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Means, 0..1; 0 in an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Calibration {
  /** Expected calibration error, 0..1. */
  readonly error: number;
  readonly bins: readonly Bin[];
}

interface BinSum {
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

function toCalibration(sums: readonly BinSum[]): Calibration {
  const gaps = sum(sums, ({ confidence, right }) => Math.abs(confidence - right));
  return {
    error:
      gaps /
      Math.max(
        1,
        sum(sums, ({ count }) => count),
      ),
    bins: sums.map(({ count, confidence, right }, index) => ({
      low: index / binCount,
      high: (index + 1) / binCount,
      count,
      confidence: confidence / Math.max(1, count),
      accuracy: right / Math.max(1, count),
    })),
  };
}

const mergeBins = (binOf: (index: number) => readonly BinSum[]): Calibration =>
  toCalibration(
    Array.from({ length: binCount }, (_, index) => {
      const own = binOf(index);
      const total = (name: keyof BinSum) => sum(own, (each) => each[name]);
      return { count: total('count'), confidence: total('confidence'), right: total('right') };
    }),
  );

/**
 * Expected calibration error over 15 bins of equal width: the gap between confidence and accuracy in each, weighted by
 * how many samples are in it. Confidence is the probability of the best guess, even where that is refused.
 *
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2.
 *
 * @param answers as many as labels; those that failed are left out
 */
export function calibrate(labels: readonly string[], answers: readonly Answer[]): Calibration {
  const outcomes = answers.flatMap((answer, index) => {
    if ('error' in answer) return [];
    const confidence = Math.max(...answer.probabilities);
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    return [{ bin, count: 1, confidence, right: Number(answer.guess === labels[index]) }];
  });
  return mergeBins((index) => outcomes.filter(({ bin }) => bin === index));
}

/** The calibration of several sets taken together. */
export const pool = (calibrations: readonly Calibration[]): Calibration =>
  mergeBins((index) =>
    calibrations.map(({ bins }) => {
      const { count, confidence, accuracy } = bins[index];
      return { count, confidence: confidence * count, right: accuracy * count };
    }),
  );
