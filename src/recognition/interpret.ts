import type { InferenceService } from '../inference/index.js';
import { decodeLogits, energyScore } from './decode.js';
import type { Recognition } from './recognition.js';

/** What is needed of a service to read digits. */
export type Network = Pick<InferenceService, 'infer' | 'backend' | 'temperature' | 'leastEnergy'>;

/**
 * What a network's answer says of the picture that it was given.
 *
 * @param logits ten
 * @throws {RangeError} when they are not ten finite numbers
 */
export function interpret(
  logits: Float32Array,
  image: Float32Array,
  { backend, temperature, leastEnergy }: Network,
  timings: Recognition['timings'],
): Recognition {
  const predictions = decodeLogits(logits, temperature);
  const energy = energyScore(logits);
  const isDigit = energy >= leastEnergy;
  return {
    digit: isDigit ? predictions[0].digit : null,
    reason: isDigit ? null : 'not-a-digit',
    confidence: isDigit ? predictions[0].probability : 0,
    predictions,
    energy,
    image,
    learned: false,
    features: null,
    backend: backend ?? 'wasm',
    timings,
  };
}
