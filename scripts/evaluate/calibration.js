/** Whether confidence means something: how often the best guess is right where the network says how sure it is. Pure. */

/** @import { Answer } from './statistics.js' */

const binCount = 15;

/**
 * @typedef {object} Bin
 * @property {number} low of the confidences in it, exclusive
 * @property {number} high inclusive
 * @property {number} count
 * @property {number} confidence mean, 0..1; 0 in an empty bin
 * @property {number} accuracy 0..1; 0 in an empty bin
 */

/**
 * @typedef {object} Calibration
 * @property {number} error expected calibration error, 0..1
 * @property {Bin[]} bins the reliability table
 */

/**
 * @param {readonly { count: number, confidence: number, right: number }[]} sums by bin
 * @returns {Calibration}
 */
function toCalibration(sums) {
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  const gaps = sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0);
  return {
    error: total > 0 ? gaps / total : 0,
    bins: sums.map(({ count, confidence, right }, index) => ({
      low: index / binCount,
      high: (index + 1) / binCount,
      count,
      confidence: count > 0 ? confidence / count : 0,
      accuracy: count > 0 ? right / count : 0,
    })),
  };
}

/**
 * Expected calibration error over 15 bins of equal width: the gap between confidence and accuracy in each, weighted by
 * how many samples are in it. Confidence is the probability of the best guess, also where that is refused.
 *
 * Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2.
 *
 * @param {readonly number[]} labels
 * @param {readonly Answer[]} answers as many; those that failed are left out
 * @returns {Calibration}
 */
export function calibrate(labels, answers) {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, right: 0 }));
  answers.forEach((answer, index) => {
    if ('error' in answer) return;
    const confidence = Math.max(...answer.probabilities);
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))];
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += Number(answer.digit === labels[index]);
  });
  return toCalibration(sums);
}

/**
 * The calibration of several sets taken together.
 * @param {readonly Calibration[]} calibrations at least one
 * @returns {Calibration}
 */
export function pool(calibrations) {
  return toCalibration(
    Array.from({ length: binCount }, (_, index) =>
      calibrations.reduce(
        (sum, { bins }) => {
          const { count, confidence, accuracy } = bins[index];
          return {
            count: sum.count + count,
            confidence: sum.confidence + confidence * count,
            right: sum.right + accuracy * count,
          };
        },
        { count: 0, confidence: 0, right: 0 },
      ),
    ),
  );
}
