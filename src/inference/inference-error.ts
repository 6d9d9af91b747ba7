/**
 * Machine-readable reason of a failure.
 *
 * - `asset-missing`: the server has no such file (404, 403, …), or sends a page instead
 * - `asset-not-wasm`: the file is not WebAssembly
 * - `checksum`: the file is complete, but not the one that this version was made for
 * - `network`: the file could not be fetched, or its download was interrupted
 * - `webgpu-unavailable`: WebGPU was requested but is not available
 * - `program`: the compiled model cannot be run, fails its self-test, or failed while running
 * - `onnxruntime-missing`: stock ONNX Runtime is needed but has not been plugged in
 * - `worker`: the worker did not start, or failed
 * - `timeout`: the worker or WebGPU did not answer in time
 * - `device-lost`: the GPU device was lost
 * - `model`: the model cannot be loaded or run
 * - `invalid-input`: the call itself is invalid
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
  /** The file concerned, if any. */
  readonly url?: string;

  constructor(code: InferenceErrorCode, message: string, details: { url?: string; cause?: unknown } = {}) {
    super(message, details);
    this.code = code;
    if (details?.url !== undefined) this.url = details.url;
  }
}

/** Whether a thrown value is an InferenceError, including one from another copy of this module, as in a CDN file. */
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

/** Describes any thrown value. ONNX Runtime throws bare numbers: addresses of C++ exceptions. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'number') return `ONNX Runtime threw C++ exception ${thrown}`;
  return String(thrown);
}
