/** What answers say about a network. Pure. */

/**
 * What came back for one sample: the best guess (`null` when every digit was as probable as any other) with the
 * probability of each digit, the energy score (-Infinity when blank), whether the product calls it no digit, the 28x28
 * picture that the network saw (a byte per pixel as base64, 0 paper to 255 ink), and the milliseconds that each step
 * took, or why nothing came.
 *
 * @typedef {object} Reading
 * @property {number | null} digit
 * @property {number[]} probabilities
 * @property {number} energy
 * @property {boolean} refused
 * @property {string} image
 * @property {Record<string, number>} times
 *
 * @typedef {Reading | { error: string }} Answer
 */

const digits = 10;

/** Two-sided 95 % quantile of the normal distribution. */
const z95 = 1.959963984540054;

/**
 * Wilson's score interval for a share, 95 %: right near 0 and 1, where the normal approximation is not.
 *
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
 *
 * @param {number} successes 0..total
 * @param {number} total greater than 0
 * @returns {[low: number, high: number]} 0..1
 */
export function wilsonInterval(successes, total) {
  const share = successes / total;
  const denominator = 1 + z95 ** 2 / total;
  const center = (share + z95 ** 2 / (2 * total)) / denominator;
  const margin = (z95 / denominator) * Math.sqrt((share * (1 - share)) / total + z95 ** 2 / (4 * total ** 2));
  return [Math.max(0, center - margin), Math.min(1, center + margin)];
}

/**
 * Linear interpolation between the closest ranks: type 7 of Hyndman and Fan (1996), as NumPy and R do by default.
 * @param {readonly number[]} values at least one, in any order
 * @param {number} share 0..1
 */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  return below + (above - below) * (rank - Math.floor(rank));
}

/**
 * How much values that were taken at equal distances grow from one to the next: the median of the slopes between all
 * pairs, which a few values beside the line do not move.
 *
 * P. K. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63 (1968).
 *
 * @param {readonly number[]} values at least two
 */
export function medianSlope(values) {
  const slopes = values.flatMap((value, index) =>
    values.slice(index + 1).map((later, distance) => (later - value) / (distance + 1)),
  );
  return quantile(slopes, 0.5);
}

/**
 * How often each digit was read as each.
 * @param {readonly { label: number, digit: number | null }[]} readings
 * @returns {number[][]} 10 rows, one per digit drawn, of 11 columns: read as 0..9, and no guess
 */
export function confusionMatrix(readings) {
  const matrix = Array.from({ length: digits }, () => Array.from({ length: digits + 1 }, () => 0));
  for (const { label, digit } of readings) matrix[label][digit ?? digits] += 1;
  return matrix;
}

/**
 * @param {readonly Record<string, number>[]} times
 * @returns {Record<string, { p50: number, p95: number }>} by the name of the step
 */
function timeQuantiles(times) {
  const names = [...new Set(times.flatMap((each) => Object.keys(each)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = times.flatMap((each) => (name in each ? [each[name]] : []));
      return [name, { p50: quantile(values, 0.5), p95: quantile(values, 0.95) }];
    }),
  );
}

/**
 * @typedef {object} Summary
 * @property {number} total samples; those that failed count, and count as not right
 * @property {number} right samples whose best guess is their digit
 * @property {number} failed samples without an answer
 * @property {number} accuracy right / total
 * @property {[low: number, high: number]} interval of the accuracy, 95 %
 * @property {number[][]} confusion as {@link confusionMatrix} gives it, of what was answered
 * @property {{ digit: number, total: number, errors: number }[]} digits wrong or failed, by the digit drawn
 * @property {Record<string, { p50: number, p95: number }>} times milliseconds, by step
 */

/**
 * @param {readonly number[]} labels at least one
 * @param {readonly Answer[]} answers as many
 * @returns {Summary}
 */
export function summarize(labels, answers) {
  const readings = answers.flatMap((answer, index) => ('error' in answer ? [] : [{ ...answer, label: labels[index] }]));
  const confusion = confusionMatrix(readings);
  const total = labels.length;
  const right = confusion.reduce((sum, row, digit) => sum + row[digit], 0);
  return {
    total,
    right,
    failed: total - readings.length,
    accuracy: right / total,
    interval: wilsonInterval(right, total),
    confusion,
    digits: confusion.map((row, digit) => {
      const drawn = labels.filter((label) => label === digit).length;
      return { digit, total: drawn, errors: drawn - row[digit] };
    }),
    times: timeQuantiles(readings.map(({ times }) => times)),
  };
}
