import type { Prediction } from './recognition.js';

/** By how much a digit must be more probable than the one above it to take its place. */
const LEAD = 0.1;

/**
 * The predictions in the order in which they were shown before, in which a digit passes another only when it is clearly
 * more probable: a list in which two digits take turns with every move of the pen cannot be read.
 *
 * @param predictions best first
 * @param shown digits in the order of the last time; those that are missing count as last
 */
export function steadyOrder(predictions: readonly Prediction[], shown: readonly number[]): Prediction[] {
  const place = (digit: number): number => (shown.includes(digit) ? shown.indexOf(digit) : shown.length);
  const ordered: Prediction[] = [];
  for (const prediction of [...predictions].sort((a, b) => place(a.digit) - place(b.digit))) {
    let index = ordered.length;
    while (index > 0 && prediction.probability > ordered[index - 1].probability + LEAD) index -= 1;
    ordered.splice(index, 0, prediction);
  }
  return ordered;
}
