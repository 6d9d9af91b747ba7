import type { Messages } from '../../messages/index.js';
import type { RecognitionSnapshot } from '../../recognition/index.js';
import { failureText } from '../shared/failure-text.js';

/** What a recognizer's validity depends on. */
export interface InkEntry {
  /** The value submitted with the form; '' if there is no digit. */
  readonly value: string;
  readonly required: boolean;
  /** Whether several digits are expected. */
  readonly multiple: boolean;
  /** Whether there is anything to read. */
  readonly drawn: boolean;
  readonly snapshot: Pick<RecognitionSnapshot, 'settled' | 'error' | 'decoding' | 'recognitions'>;
}

/** Flags and message for `ElementInternals.setValidity()`; no flags if the entry is valid. */
export interface EntryValidity {
  readonly flags: ValidityStateFlags;
  readonly message: string;
}

/**
 * Returns whether a form may submit the entry. Ink without a digit is bad input, required or not, like a word in a
 * number field: a form must not silently omit what the user believes they entered.
 */
export function inkValidity(
  { value, required, multiple, drawn, snapshot }: InkEntry,
  messages: Messages,
): EntryValidity {
  if (!multiple && value.length > 1) return { flags: { badInput: true, tooLong: true }, message: messages.notSure };
  if (value !== '' && snapshot.settled) return { flags: {}, message: '' };
  if (!drawn)
    return required
      ? { flags: { valueMissing: true }, message: multiple ? messages.requiredMultiple : messages.required }
      : { flags: {}, message: '' };
  return { flags: { badInput: true }, message: badInputText(multiple, snapshot, messages) };
}

function badInputText(multiple: boolean, snapshot: InkEntry['snapshot'], messages: Messages): string {
  const { settled, error, decoding, recognitions } = snapshot;
  if (error && !decoding) return failureText(error, messages, true);
  if (!settled) return messages.reading;
  if (recognitions.every(({ reason }) => reason === 'blank')) return messages.nothingRecognized;
  return multiple ? messages.notSureMultiple : messages.notSure;
}
