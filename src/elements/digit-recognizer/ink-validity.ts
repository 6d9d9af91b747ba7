import type { Messages } from '../../messages/index.js';
import type { RecognitionSnapshot } from '../../recognition/index.js';
import { failureText } from '../shared/failure-text.js';

/** What the validity of a recognizer depends on. */
export interface InkEntry {
  /** What the form gets; '' while there is no digit. */
  readonly value: string;
  readonly required: boolean;
  /** Whether several digits are asked for. */
  readonly multiple: boolean;
  /** Whether anything is there to be read. */
  readonly drawn: boolean;
  readonly snapshot: Pick<RecognitionSnapshot, 'settled' | 'error' | 'decoding'>;
}

/** Flags and message as `ElementInternals.setValidity()` takes them; no flags when the entry is valid. */
export interface EntryValidity {
  readonly flags: ValidityStateFlags;
  readonly message: string;
}

/**
 * Whether a form may take what was drawn. Ink that gave no digit is bad input, required or not, as a word in a number
 * field is: a form must not leave silently without what the user believes to have entered.
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
  const { settled, error, decoding } = snapshot;
  if (error && !decoding) return failureText(error, messages, true);
  if (!settled) return messages.reading;
  return multiple ? messages.notSureMultiple : messages.notSure;
}
