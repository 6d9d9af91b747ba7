import { checkOption, hasMethod, readOptions } from '../utils/index.js';
import { RecognitionError } from '../sources/index.js';
import type { RecognizeOptions } from './recognize.js';

const has = (value: unknown, method: string): boolean =>
  value === undefined || value === null || hasMethod(value, method);

const NAMES = ['model', 'backend', 'signal', 'alwaysAnswer', 'profile'] as const;

/**
 * Validates the options of `recognize()`, each read once; the service validates model and backend.
 *
 * @throws {RecognitionError} `invalid-option`; the message names the option, its value and what is allowed
 */
export function checkOptions(options: RecognizeOptions): RecognizeOptions {
  const read = readOptions(options, NAMES, RecognitionError, 'invalid-option');
  const { signal, alwaysAnswer, profile } = read;
  const isFlag = alwaysAnswer === undefined || typeof alwaysAnswer === 'boolean';
  checkOption(RecognitionError, 'signal', signal, has(signal, 'throwIfAborted'), 'an AbortSignal, or left out');
  checkOption(RecognitionError, 'alwaysAnswer', alwaysAnswer, isFlag, 'true, false, or left out');
  checkOption(RecognitionError, 'profile', profile, has(profile, 'apply'), 'a WriterProfile, null, or left out');
  return read;
}
