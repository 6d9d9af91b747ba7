import { describeThrown, InferenceError } from '../../inference-error.js';
import { requireGpu } from '../request-device.js';
import type { loadWebGpuProgram } from './load-webgpu-program.js';

/** Loads a WebGPU program and starts it. */
export type LoadWebGpuProgram = typeof loadWebGpuProgram;

/** Fetches the code that runs programs on WebGPU, which no page needs for its first answer. */
export type ImportWebGpu = () => Promise<LoadWebGpuProgram>;

/** @throws {InferenceError} `webgpu-unavailable`, or `network` when the code could not be fetched; it may be tried again */
export const importWebGpu: ImportWebGpu = async () => {
  requireGpu(globalThis.navigator?.gpu);
  try {
    return (await import('./load-webgpu-program.js')).loadWebGpuProgram;
  } catch (cause) {
    const message = `The code for WebGPU could not be fetched: ${describeThrown(cause)}. Try again.`;
    throw new InferenceError('network', message, { cause });
  }
};
