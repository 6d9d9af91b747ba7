/** Calibration: how often the best guess is right at each level of confidence. Pure. */
import { sum } from 'd3-array';
import type { Answer } from './statistics.js';

const binCount = 15;

export interface Bin {
  /** Its confidences are above `low`, and up to `high`. */
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

/** What is known of some samples in one bin; sums. */
interface Part {
  readonly bin: number;
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

function combine(parts: readonly Part[]): Calibration {
  const bins = Array.from({ length: binCount }, (_, index): Bin => {
    const own = parts.filter(({ bin }) => bin === index);
    const count = sum(own, (part) => part.count);
    const mean = (name: 'confidence' | 'right') => sum(own, (part) => part[name]) / Math.max(1, count);
    const range = { low: index / binCount, high: (index + 1) / binCount };
    return { ...range, count, confidence: mean('confidence'), accuracy: mean('right') };
  });
  const total = sum(bins, ({ count }) => count);
  const gaps = sum(bins, ({ count, confidence, accuracy }) => count * Math.abs(confidence - accuracy));
  return { error: gaps / Math.max(1, total), bins };
}

/**
 * Expected calibration error over 15 bins of equal width: the gap between confidence and accuracy in each, weighted by its
 * number of samples. Confidence is the probability of the best guess, even where that is refused.
 *
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2.
 *
 * @param answers as many as labels; those that failed are left out
 */
export const calibrate = (labels: readonly string[], answers: readonly Answer[]): Calibration =>
  combine(
    answers.flatMap((answer, index) => {
      if ('error' in answer) return [];
      const confidence = Math.max(...answer.probabilities);
      const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
      return [{ bin, count: 1, confidence, right: Number(answer.guess === labels[index]) }];
    }),
  );

/** The calibration of several sets together. */
export const pool = (calibrations: readonly Calibration[]): Calibration =>
  combine(
    calibrations.flatMap(({ bins }) =>
      bins.map(({ count, confidence, accuracy }, bin) => ({
        bin,
        count,
        confidence: confidence * count,
        right: accuracy * count,
      })),
    ),
  );
