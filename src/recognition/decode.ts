import type { Prediction } from './recognition.js';

/** Number of classes: the ten digits. */
const DIGITS = 10;

/**
 * Logits to predictions, best first: a softmax at the model's temperature.
 *
 * Temperature scaling: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 *
 * @param logits 10 values, one per digit
 * @param temperature greater than 0; 1 leaves the network's own confidence
 * @throws {RangeError} when the logits are not ten finite numbers: the model is not one for digits, or it is broken
 */
export function decodeLogits(logits: Float32Array, temperature: number): Prediction[] {
  if (logits.length !== DIGITS || !logits.every(Number.isFinite)) {
    throw new RangeError(`The model must answer with ${DIGITS} finite logits; it gave [${[...logits].join(', ')}].`);
  }
  const largest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights
    .map((weight, digit) => ({ digit, probability: weight / total }))
    .sort((a, b) => b.probability - a.probability);
}

/** What can be said of a blank picture: every digit is as probable as any other. */
export function blankPredictions(): Prediction[] {
  return Array.from({ length: DIGITS }, (_, digit) => ({ digit, probability: 1 / DIGITS }));
}
