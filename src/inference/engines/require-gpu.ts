import { InferenceError } from '../inference-error.js';

/**
 * Returns the browser's WebGPU.
 * @throws {InferenceError} `webgpu-unavailable` if there is none
 */
export function requireGpu(gpu: GPU | undefined): GPU {
  if (gpu) return gpu;
  throw unavailable(
    globalThis.isSecureContext === false
      ? 'the page must be served over HTTPS or from localhost'
      : 'there is none here',
  );
}

/**
 * Creates the error for unavailable WebGPU.
 * @param reason the end of a sentence
 */
export function unavailable(reason: string): InferenceError {
  return new InferenceError('webgpu-unavailable', `WebGPU is not available: ${reason}. Use backend "auto" or "wasm".`);
}
