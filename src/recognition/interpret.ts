import type { InferenceService } from '../inference/index.js';
import { decodeLogits, energyScore } from './decode.js';
import type { Features, Recognition } from './recognition.js';

/** What is needed of a service to read digits. */
export type Network = Pick<InferenceService, 'infer' | 'run' | 'modelId' | 'backend' | 'temperature' | 'leastEnergy'>;

/** What a network says of one picture. */
export interface Output {
  readonly logits: Float32Array;
  /** Null where no profile asks for them. */
  readonly features: Features | null;
}

/** What is needed of a `WriterProfile` to read with it. */
export interface Profile {
  /** The answer, as the writer means it. */
  apply(recognition: Recognition, leastEnergy: number): Recognition;
}

/** How a picture is read. */
export interface ReadOptions extends DecisionOptions {
  readonly signal?: AbortSignal | undefined;
  /** What was learned of the writer's hand. */
  readonly profile?: Profile | null | undefined;
}

/** How sure the network has to be. */
export interface DecisionOptions {
  /** Whether any ink gets its best guess, also where the network takes it for a non-digit. Blank gets none. */
  readonly alwaysAnswer?: boolean;
}

/** What counts as the answer: a non-digit gets its best guess where an answer is always asked for. */
function decide(recognition: Recognition, { alwaysAnswer = false }: DecisionOptions): Recognition {
  if (!alwaysAnswer || recognition.reason !== 'not-a-digit') return recognition;
  const [{ digit, probability }] = recognition.predictions;
  return { ...recognition, digit, reason: null, confidence: probability, learned: false };
}

/** What counts as the answer, in the light of what was learned of the writer's hand. */
export function judge(recognition: Recognition, leastEnergy: number, options: ReadOptions): Recognition {
  return decide(options.profile?.apply(recognition, leastEnergy) ?? recognition, options);
}

/**
 * What a network's answer says of the picture that it was given.
 *
 * @throws {RangeError} when the logits are not ten finite numbers
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

/** What counts as the answer where a digit has at least this energy. */
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
