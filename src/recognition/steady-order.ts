import type { Prediction } from './recognition.js';

/** Difference of probability by which a digit must exceed the one above it to overtake it. */
const LEAD = 0.1;

/**
 * Returns the predictions in the order in which they were last shown, in which a digit overtakes another only if it is
 * clearly more probable: a list in which two digits alternate with every move of the pen is unreadable.
 *
 * @param predictions best first
 * @param shown digits in the last order; missing ones count as last
 */
export function steadyOrder(predictions: readonly Prediction[], shown: readonly number[]): Prediction[] {
  const rank = (digit: number): number => (shown.includes(digit) ? shown.indexOf(digit) : shown.length);
  const ordered: Prediction[] = [];
  for (const prediction of [...predictions].sort((a, b) => rank(a.digit) - rank(b.digit))) {
    let index = ordered.length;
    while (index > 0 && prediction.probability > ordered[index - 1].probability + LEAD) index -= 1;
    ordered.splice(index, 0, prediction);
  }
  return ordered;
}
