import { describeValue } from '../drawing/index.js';
import { RecognitionError } from '../sources/recognition-error.js';

/** Signals and profiles of another realm, or of another copy of this package, do as well: they have the method. */
const has = (value: unknown, method: string): boolean =>
  value === undefined || value === null || typeof (value as Readonly<Record<string, unknown>>)[method] === 'function';

function check(name: string, value: unknown, fits: boolean, allowed: string): void {
  if (fits) return;
  throw new RecognitionError('invalid-option', `${name} is ${describeValue(value)}; it can be ${allowed}.`);
}

/**
 * Makes sure of what `recognize()` is told besides the source; model and backend are the service's to check.
 *
 * @throws {RecognitionError} `invalid-option`; the message names the option, its value and what is allowed
 */
export function checkOptions(options: unknown): void {
  check('The argument options', options, typeof options === 'object' && options !== null, 'an object, or left out');
  const { signal, alwaysAnswer, profile } = options as Readonly<Record<string, unknown>>;
  const isFlag = alwaysAnswer === undefined || typeof alwaysAnswer === 'boolean';
  check('The option signal', signal, has(signal, 'throwIfAborted'), 'an AbortSignal, or left out');
  check('The option alwaysAnswer', alwaysAnswer, isFlag, 'true, false, or left out');
  check('The option profile', profile, has(profile, 'apply'), 'a WriterProfile, null, or left out');
}
