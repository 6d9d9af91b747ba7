/** Decides what to do when engines fail. Pure functions. */
import type { Backend, BackendPreference } from './backend.js';
import type { InferenceError } from './inference-error.js';

/** How often a request is attempted: one that makes engines fail must not exhaust all of them. */
export const MAX_ATTEMPTS = 3;

/**
 * How many engines in a row may fail without having answered. No single request causes more losses than this: after
 * another one the engine itself must be at fault, and the service waits for the next request.
 */
const MAX_LOSSES = MAX_ATTEMPTS;

/** Number of losses, including the current one. */
export interface Losses {
  /** Engines in a row that failed without having answered. */
  readonly inARow: number;
  /** WebGPU engines that failed after taking over. */
  readonly webgpu: number;
}

/**
 * Whether a failed engine would fail again. A program that fails twice on fresh memory will; a GPU device that is lost
 * once may come back, but one that is lost again, or hangs, is not worth another wait.
 */
export function wouldFailAgain({ code }: InferenceError, backend: Backend, { inARow }: Losses): boolean {
  return code === 'program' || (backend === 'webgpu' && (inARow > 1 || code === 'timeout'));
}

/** Whether WebGPU may take over again: a device may come back after its first loss, but not after a second. */
export function mayTakeOverAgain({ code }: InferenceError, { webgpu }: Losses): boolean {
  return code === 'device-lost' && webgpu <= 1;
}

/** Whether to replace a failed engine by another. */
export function mayRestart({ inARow }: Losses): boolean {
  return inARow <= MAX_LOSSES;
}

/**
 * Whether to try the next engine after one could not start: not if the model itself is at fault. A network error says
 * nothing about a program, and stock ONNX Runtime would be a hundred times the download.
 */
export function shouldTryNext({ code, url }: InferenceError, modelUrl: string): boolean {
  return code !== 'network' && url !== modelUrl;
}

/** Whether a failure is common and not worth reporting: unavailable WebGPU under `auto`. */
export function isExpected(preference: BackendPreference, { code }: InferenceError): boolean {
  return preference === 'auto' && code === 'webgpu-unavailable';
}
