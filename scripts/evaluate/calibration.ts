/** Calibration: how often the best guess is right at each level of confidence. Pure. */
import { mean, sum } from 'd3-array';
import type { Answer } from './statistics.js';

const binCount = 15;

/**
 * Expected calibration error over 15 bins of equal width: the gap between confidence and accuracy in each, weighted by its
 * number of samples. Confidence is the probability of the best guess, even where that is refused.
 *
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2.
 *
 * @param answers as many as labels; those that failed are left out
 */
export function calibrate(labels: readonly string[], answers: readonly Answer[]) {
  const samples = answers.flatMap((answer, index) => {
    if ('error' in answer) return [];
    const confidence = Math.max(...answer.probabilities);
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    return [{ bin, confidence, right: Number(answer.guess === labels[index]) }];
  });
  const bins = Array.from({ length: binCount }, (_, index) => {
    const own = samples.filter(({ bin }) => bin === index);
    return {
      /** Its confidences are above `low`, and up to `high`. */
      low: index / binCount,
      high: (index + 1) / binCount,
      count: own.length,
      /** Means; 0 in an empty bin. */
      confidence: mean(own, ({ confidence }) => confidence) ?? 0,
      accuracy: mean(own, ({ right }) => right) ?? 0,
    };
  });
  const gaps = sum(bins, ({ count, confidence, accuracy }) => count * Math.abs(confidence - accuracy));
  return { error: gaps / Math.max(1, samples.length), bins };
}

export type Calibration = ReturnType<typeof calibrate>;
export type Bin = Calibration['bins'][number];
