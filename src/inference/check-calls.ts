import { describeValue, readOptions } from '../drawing/index.js';
import { IMAGE_LENGTH } from '../model/shapes.js';
import type { BackendPreference } from './backend.js';
import { InferenceError } from './inference-error.js';
import type { InferenceServiceOptions, RunOptions } from './inference-service.js';

const invalid = (message: string): InferenceError => new InferenceError('invalid-input', message);

/**
 * What a service is asked to be; whether there is such a model is for `resolveModel`.
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
 * Makes sure that pictures can be read, and how.
 * @throws {InferenceError} `invalid-input`
 */
export function checkRun(images: unknown, count: unknown, options: RunOptions | undefined): RunOptions {
  const { signal, features = false } = readOptions(options, ['signal', 'features'], InferenceError, 'invalid-input');
  if (!isFloats(images)) throw invalid(`The pictures are ${describeValue(images)}; a Float32Array is needed.`);
  if (!(Number.isSafeInteger(count) && (count as number) > 0 && images.length === (count as number) * IMAGE_LENGTH)) {
    const number = describeValue(count);
    throw invalid(`${number} pictures need ${number} times ${IMAGE_LENGTH} values; ${images.length} were given.`);
  }
  if (!images.every(Number.isFinite)) {
    throw invalid('The pictures hold values that are not finite numbers; 0..1 is needed.');
  }
  if (signal === undefined || signal === null) return { features };
  if (!isSignal(signal)) throw invalid(`The option signal is ${describeValue(signal)}; it can be an AbortSignal.`);
  return { signal, features };
}

/** Also of another realm, as of a frame. */
const isFloats = (value: unknown): value is Float32Array =>
  ArrayBuffer.isView(value) && Reflect.get(value, Symbol.toStringTag) === 'Float32Array';

function isSignal(value: AbortSignal): boolean {
  try {
    return typeof value.throwIfAborted === 'function';
  } catch {
    return false;
  }
}
