import { describeValue, hasMethod, readOptions } from '../utils/index.js';
import { IMAGE_LENGTH } from '../model/index.js';
import type { BackendPreference } from './backend.js';
import { InferenceError } from './inference-error.js';
import type { InferenceServiceOptions, RunOptions } from './inference-service.js';

const invalid = (message: string): InferenceError => new InferenceError('invalid-input', message);

/**
 * Validates a service's options, except whether the model exists: `resolveModel` checks that.
 * @throws {InferenceError} `invalid-input`
 */
export function checkServiceOptions(options: InferenceServiceOptions | undefined): {
  readonly model: string | undefined;
  readonly backend: BackendPreference;
} {
  const { model, backend = 'auto' } = readOptions(options, ['model', 'backend'], InferenceError, 'invalid-input');
  if (['auto', 'webgpu', 'wasm'].includes(backend)) return { model, backend };
  throw invalid(`There is no backend ${describeValue(backend)}. Use "auto", "webgpu" or "wasm".`);
}

/**
 * Validates the arguments of a run.
 * @throws {InferenceError} `invalid-input`
 */
export function checkRun(images: Float32Array, count: number, options: RunOptions | undefined): RunOptions {
  const { signal, features = false } = readOptions(options, ['signal', 'features'], InferenceError, 'invalid-input');
  // Unlike a proxy, a view cannot throw.
  const length = ArrayBuffer.isView(images) && images instanceof Float32Array ? images.length : null;
  if (!(Number.isSafeInteger(count) && count > 0 && length === count * IMAGE_LENGTH)) {
    const number = describeValue(count);
    const given = length === null ? describeValue(images) : `${length} values`;
    throw invalid(`${number} images need a Float32Array of ${number} times ${IMAGE_LENGTH} values, not ${given}.`);
  }
  if (!images.every(Number.isFinite)) {
    throw invalid('The images contain values that are not finite numbers; values must be 0..1.');
  }
  if (signal && !hasMethod(signal, 'throwIfAborted')) throw invalid(`The signal is ${describeValue(signal)}.`);
  return signal ? { signal, features } : { features };
}
