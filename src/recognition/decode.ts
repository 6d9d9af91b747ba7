import { InferenceError } from '../inference/index.js';
import { DIGITS } from '../model/index.js';
import type { Prediction } from './recognition.js';

/**
 * Converts logits to predictions, best first: a softmax at the model's temperature.
 *
 * Temperature scaling: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 *
 * @param logits 10 values, one per digit
 * @param temperature above 0; 1 keeps the network's own confidence
 * @throws {InferenceError} `model` if the logits are not ten finite numbers
 */
export function decodeLogits(logits: Float32Array, temperature: number): Prediction[] {
  checkLogits(logits);
  const largest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights
    .map((weight, digit) => ({ digit, probability: weight / total }))
    .sort((a, b) => b.probability - a.probability);
}

/**
 * Returns how much an image resembles any digit: the logarithm of the sum of the logits' exponentials.
 *
 * The (negated) energy score of Liu et al., "Energy-based Out-of-distribution Detection", NeurIPS 2020, at temperature
 * 1.
 *
 * @throws {InferenceError} `model` if the logits are not ten finite numbers
 */
export function energyScore(logits: Float32Array): number {
  checkLogits(logits);
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}

/** @throws {InferenceError} `model` if the model is not one for digits, or is broken */
function checkLogits(logits: Float32Array): void {
  if (logits.length !== DIGITS || !logits.every(Number.isFinite)) {
    const message = `The model must answer with ${DIGITS} finite logits; it gave [${[...logits].join(', ')}].`;
    throw new InferenceError('model', message);
  }
}

/** Returns the predictions for a blank image: all digits are equally probable. */
export function blankPredictions(): Prediction[] {
  return Array.from({ length: DIGITS }, (_, digit) => ({ digit, probability: 1 / DIGITS }));
}
