import type { Backend, InferenceService } from '../inference/index.js';
import type { Correction, Recognition } from './recognition.js';
import {
  digitsOf,
  isDecoding,
  isEmpty,
  isSettled,
  recognitionsOf,
  removableCorrection,
  selectedIndex,
  valueOf,
  type Author,
  type Corrections,
  type ReadPicture,
  type RecognitionState,
} from './state.js';

/** The settings that a recognizer provides to its pads, previews and predictions. */
export interface PartSettings {
  /** Whether the parts are disabled. */
  readonly disabled: boolean;
  /** Whether the ink is shown but cannot be changed. */
  readonly readOnly: boolean;
  /** Whether the user can correct the recognized digit. */
  readonly correctable: boolean;
  /** The accessible name of the pad. */
  readonly label: string;
  /** Whether the input is shown as invalid. */
  readonly invalid: boolean;
}

/**
 * Everything that elements show, derived from the state. Among several digits, one that the network is not sure of can
 * always be corrected: otherwise, the whole number would have to be written again.
 */
export interface RecognitionSnapshot extends PartSettings {
  /** The latest answers from left to right: one, unless several digits are read; none if the pad is empty. */
  readonly recognitions: readonly Recognition[];
  /** Index of the selected digit. */
  readonly selected: number;
  /** The selected digit's answer; null if there is none. */
  readonly recognition: Recognition | null;
  /** The user's correction of the selected digit, or null. */
  readonly correction: Correction | null;
  /** The correction that would be taken back next, or null. */
  readonly removable: Correction | null;
  /** All corrections by the user. */
  readonly corrections: Corrections;
  /** The value that the page has set, digit by digit; null while the ink counts. */
  readonly given: readonly number[] | null;
  /** Whether several digits are read. */
  readonly multiple: boolean;
  /** Whether nothing has been changed yet, so that the initial value counts. */
  readonly pristine: boolean;
  /** The value's digits: corrected by the user, else set by the page, else recognized. */
  readonly digits: readonly (number | null)[];
  /** The digits as text; '' if there is no valid value. While the pen is down, those read so far. */
  readonly value: string;
  /** Whether there is nothing to read or clear, and no value. */
  readonly empty: boolean;
  /** Whether the pen is up and there is an answer for the source, from the network or the user. */
  readonly settled: boolean;
  /** The service's status; 'error' also if the last request failed, or none is possible. */
  readonly status: InferenceService['status'];
  /** Bytes to load before the first answer. `total` is 0 until it is known. */
  readonly progress: { readonly loaded: number; readonly total: number };
  readonly backend: Backend | null;
  readonly error: Error | null;
  /** The picture that is read instead of the ink; null if the ink is read. */
  readonly picture: ReadPicture | null;
  /** Whether a source is being decoded that will replace the current one. */
  readonly decoding: boolean;
  /** Why the user's source cannot be read; null after the next input. */
  readonly fault: Error | null;
  /** Who made the last change. */
  readonly author: Author;
}

type ServiceFacts = Pick<InferenceService, 'status' | 'progress' | 'backend' | 'error'>;

/** Derives everything that elements show from a state. */
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
  const isUnsure = multiple && isSettled(state) && recognitions[selected]?.digit === null;
  return {
    ...settings,
    correctable: settings.correctable || (isUnsure && !settings.disabled && !settings.readOnly),
    recognitions,
    selected,
    recognition: recognitions[selected] ?? null,
    correction: corrections.get(selected) ?? null,
    removable: removableCorrection(state),
    corrections,
    given: given ?? (isEmpty(state) && corrections.size === 0 && digits.length > 0 ? state.initial : null),
    multiple,
    pristine: state.pristine,
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
