import type { InferenceService } from '../inference/index.js';
import { decodeLogits, energyScore } from './decode.js';
import type { Features, Recognition } from './recognition.js';

/**
 * The part of the service that reads digits.
 * @internal
 */
export type Network = Pick<InferenceService, 'run' | 'modelId' | 'backend' | 'temperature' | 'leastEnergy'>;

/**
 * A network's output for one image.
 * @internal
 */
export interface Output {
  readonly logits: Float32Array;
  /** Null unless a profile needs them. */
  readonly features: Features | null;
}

/** The part of a `WriterProfile` that is needed for reading. */
export interface Profile {
  /** Returns the answer, adapted to the writer. */
  apply(recognition: Recognition, leastEnergy: number): Recognition;
}

/**
 * How an image is read.
 * @internal
 */
export interface ReadOptions extends DecisionOptions {
  readonly signal?: AbortSignal | undefined;
  /** The writer's profile. */
  readonly profile?: Profile | null | undefined;
}

/** How certain the network has to be. */
export interface DecisionOptions {
  /**
   * Whether any ink gets its best guess, even if the network considers it a non-digit. Blank images get none, nor do the
   * small marks that are left out of a number.
   */
  readonly alwaysAnswer?: boolean;
}

/** Decides the answer: with `alwaysAnswer`, a non-digit gets its best guess. */
function decide(recognition: Recognition, { alwaysAnswer = false }: DecisionOptions): Recognition {
  if (!alwaysAnswer || recognition.reason !== 'not-a-digit') return recognition;
  const [{ digit, probability }] = recognition.predictions;
  return { ...recognition, digit, reason: null, confidence: probability, learned: false };
}

/**
 * Decides the answer, given the writer's profile.
 * @internal
 */
export function judge(recognition: Recognition, leastEnergy: number, options: ReadOptions): Recognition {
  return decide(options.profile?.apply(recognition, leastEnergy) ?? recognition, options);
}

/**
 * Interprets a network's output for an image.
 *
 * @throws {InferenceError} `model` if the logits are not ten finite numbers
 * @internal
 */
export function interpret(
  { logits, features }: Output,
  image: Float32Array,
  { backend, temperature, leastEnergy }: Pick<Network, 'backend' | 'temperature' | 'leastEnergy'>,
  timings: Recognition['timings'],
): Recognition {
  const seen = { predictions: decodeLogits(logits, temperature), energy: energyScore(logits), image, features };
  return refuse({ ...seen, learned: false, backend: backend ?? 'wasm', timings }, leastEnergy);
}

/**
 * Decides the answer if digits have at least this energy.
 * @internal
 */
export function refuse(seen: Omit<Recognition, 'digit' | 'reason' | 'confidence'>, leastEnergy: number): Recognition {
  const isDigit = seen.energy >= leastEnergy;
  const [{ digit, probability }] = seen.predictions;
  return {
    ...seen,
    digit: isDigit ? digit : null,
    reason: isDigit ? null : 'not-a-digit',
    confidence: isDigit ? probability : 0,
  };
}
