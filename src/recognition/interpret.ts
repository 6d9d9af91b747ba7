import type { InferenceService } from '../inference/index.js';
import { decodeLogits, energyScore } from './decode.js';
import type { Recognition } from './recognition.js';

/** What is needed of a service to read digits. */
export type Network = Pick<InferenceService, 'infer' | 'backend' | 'temperature' | 'leastEnergy'>;

/** How sure the network has to be. */
export interface DecisionOptions {
  /** Whether any ink gets its best guess, also where the network takes it for a non-digit. Blank gets none. */
  readonly alwaysAnswer?: boolean;
}

/** What counts as the answer: a non-digit gets its best guess where an answer is always asked for. */
export function decide(recognition: Recognition, { alwaysAnswer = false }: DecisionOptions): Recognition {
  if (!alwaysAnswer || recognition.reason !== 'not-a-digit') return recognition;
  const [{ digit, probability }] = recognition.predictions;
  return { ...recognition, digit, reason: null, confidence: probability };
}

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
    backend: backend ?? 'wasm',
    timings,
  };
}
