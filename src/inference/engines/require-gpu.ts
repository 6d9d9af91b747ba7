import { InferenceError } from '../inference-error.js';

/**
 * The browser's WebGPU.
 * @throws {InferenceError} `webgpu-unavailable` where it has none
 */
export function requireGpu(gpu: GPU | undefined): GPU {
  if (gpu) return gpu;
  throw unavailable(isSecureContext ? 'this browser has none here' : 'the page must come by HTTPS or from localhost');
}

/** Why WebGPU cannot be had. @param reason the end of a sentence */
export function unavailable(reason: string): InferenceError {
  return new InferenceError('webgpu-unavailable', `WebGPU is not available: ${reason}. Use backend "auto" or "wasm".`);
}
