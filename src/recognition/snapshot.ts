import type { Backend, InferenceService } from '../inference/index.js';
import type { Correction, Recognition } from './recognition.js';
import {
  digitsOf,
  isDecoding,
  isEmpty,
  isSettled,
  recognitionsOf,
  selectedIndex,
  valueOf,
  type Author,
  type Corrections,
  type ReadPicture,
  type RecognitionState,
} from './state.js';

/** What a recognizer lends to its pads, previews and predictions besides what is read. */
export interface PartSettings {
  /** Whether the parts cannot be used. */
  readonly disabled: boolean;
  /** Whether the ink is shown, but cannot be changed. */
  readonly readOnly: boolean;
  /** Whether the user may pick another digit than the one that was read. */
  readonly correctable: boolean;
  /** The accessible name of the pad. */
  readonly label: string;
  /** Whether what was entered is shown to be invalid. */
  readonly invalid: boolean;
}

/** What is known at one moment: all that elements show, derived from the state. */
export interface RecognitionSnapshot extends PartSettings {
  /** The newest answers from left to right, one unless several digits are read; none when the pad is empty. */
  readonly recognitions: readonly Recognition[];
  /** Index of the digit that is looked at. */
  readonly selected: number;
  /** Its answer; null when there is none. */
  readonly recognition: Recognition | null;
  /** What the user says that it is, in place of what was recognized; null while they say nothing else. */
  readonly correction: Correction | null;
  /** All that the user says. */
  readonly corrections: Corrections;
  /** The value that the page has set, digit by digit; null while the ink counts. */
  readonly given: readonly number[] | null;
  /** Whether several digits are read. */
  readonly multiple: boolean;
  /** What counts, digit by digit: what the user says, else what the page has set, else what was recognized. */
  readonly digits: readonly (number | null)[];
  /** The digits as text; '' while there is none that counts. While the pen is down, of what was read so far. */
  readonly value: string;
  /** Whether nothing is there to be read, said or cleared. */
  readonly empty: boolean;
  /** Whether the pen is up and there is an answer to what is read, the network's or the user's own. */
  readonly settled: boolean;
  /** The service's status; 'error' also when the last request failed, or none can be made. */
  readonly status: InferenceService['status'];
  /** Bytes of what must be loaded before the first answer. `total` is 0 until it is known. */
  readonly progress: { readonly loaded: number; readonly total: number };
  readonly backend: Backend | null;
  readonly error: Error | null;
  /** What is read in place of ink; null while ink is. */
  readonly picture: ReadPicture | null;
  /** Whether a source is being decoded, to be read in place of what is there. */
  readonly decoding: boolean;
  /** Why what the user has handed over cannot be read; null once something else is drawn, said or handed over. */
  readonly fault: Error | null;
  /** Whose doing it is. */
  readonly author: Author;
}

type ServiceFacts = Pick<InferenceService, 'status' | 'progress' | 'backend' | 'error'>;

/** Everything that can be shown of a state. */
export function snapshotOf(
  state: RecognitionState,
  settings: PartSettings,
  service: ServiceFacts | null,
): RecognitionSnapshot {
  const { corrections, given, multiple, picture, offer } = state;
  const decoding = isDecoding(state);
  const error = state.refusal ?? state.failure ?? service?.error ?? null;
  const recognitions = recognitionsOf(state);
  const digits = digitsOf(state);
  const selected = selectedIndex(state);
  return {
    ...settings,
    recognitions,
    selected,
    recognition: recognitions[selected] ?? null,
    correction: corrections.get(selected) ?? null,
    corrections,
    given: given ?? (isEmpty(state) && corrections.size === 0 && digits.length > 0 ? state.initial : null),
    multiple,
    digits,
    value: valueOf(state),
    empty: isEmpty(state) && digits.length === 0 && !decoding,
    settled: isSettled(state),
    status: error ? 'error' : (service?.status ?? 'idle'),
    progress: service?.progress ?? { loaded: 0, total: 0 },
    backend: service?.backend ?? null,
    error,
    picture,
    decoding,
    fault: offer?.fault ?? null,
    author: decoding ? offer!.author : state.author,
  };
}
