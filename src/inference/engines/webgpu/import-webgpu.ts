import { importOnce } from '../../../utils/index.js';
import { InferenceError } from '../../inference-error.js';
import { requireGpu } from '../require-gpu.js';
import type { loadWebGpuProgram } from './load-webgpu-program.js';

/** Loads a WebGPU program and starts it. */
export type LoadWebGpuProgram = typeof loadWebGpuProgram;

/** Fetches the code that runs WebGPU programs, which no page needs for its first answer. */
export type ImportWebGpu = () => Promise<LoadWebGpuProgram>;

const importProgram = importOnce(() => import('./load-webgpu-program.js'), 'runs WebGPU', InferenceError);

/** @throws {InferenceError} `webgpu-unavailable`, or `network` if the code could not be fetched: callers may retry */
export const importWebGpu: ImportWebGpu = async () => {
  requireGpu(globalThis.navigator?.gpu);
  return (await importProgram()).loadWebGpuProgram;
};
