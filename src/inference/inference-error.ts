/**
 * What went wrong, for programs.
 *
 * - `asset-missing`: the server has no such file (404, 403, …), or answers with a page in its place
 * - `asset-not-wasm`: the file came, but it is no WebAssembly
 * - `checksum`: the file came whole, but it is not the one that this version was made for
 * - `network`: the file could not be fetched, or its download was cut
 * - `webgpu-unavailable`: WebGPU was asked for and cannot be had here
 * - `program`: the compiled model cannot be run, fails its self-test, or broke down
 * - `onnxruntime-missing`: stock ONNX Runtime is needed and has not been plugged in
 * - `worker`: the worker did not start, or broke down
 * - `timeout`: the worker did not answer in time
 * - `device-lost`: the GPU device went away
 * - `model`: the model cannot be loaded or run
 * - `invalid-input`: the call itself is wrong
 */
export type InferenceErrorCode =
  | 'asset-missing'
  | 'asset-not-wasm'
  | 'checksum'
  | 'network'
  | 'webgpu-unavailable'
  | 'program'
  | 'onnxruntime-missing'
  | 'worker'
  | 'timeout'
  | 'device-lost'
  | 'model'
  | 'invalid-input';

/** A failure of the inference service: the message says what failed, why, and what to do; `code` is for programs. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError';
  readonly code: InferenceErrorCode;
  /** The file concerned, where one is. */
  readonly url?: string;

  constructor(code: InferenceErrorCode, message: string, details: { url?: string; cause?: unknown } = {}) {
    super(message, details);
    this.code = code;
    if (details?.url !== undefined) this.url = details.url;
  }
}

/** Whether a thrown value is an InferenceError, also one from another copy of this module, as a CDN file has it. */
export function isInferenceError(error: unknown): error is InferenceError {
  return error instanceof Error && error.name === 'InferenceError' && 'code' in error;
}

/** Converts any thrown value to an InferenceError of this module. Other errors get the given code. */
export function toInferenceError(error: unknown, code: InferenceErrorCode): InferenceError {
  if (error instanceof InferenceError) return error;
  if (!isInferenceError(error)) return new InferenceError(code, describeThrown(error), { cause: error });
  const { url } = error;
  return new InferenceError(error.code, error.message, { cause: error, ...(url !== undefined && { url }) });
}

/** Words for any thrown value. ONNX Runtime throws bare numbers: addresses of C++ exceptions. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'number') return `ONNX Runtime threw C++ exception ${thrown}`;
  return String(thrown);
}
