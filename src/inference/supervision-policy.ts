/** What to do when engines fail. Pure. */
import type { Backend, BackendPreference } from './backend.js';
import { isProgram, type EngineKind } from './engines/engine-kind.js';
import type { InferenceError } from './inference-error.js';

/** How often a request is given to an engine: one that breaks engines must not break all of them. */
export const MAX_ATTEMPTS = 3;

/**
 * How many engines in a row may break without having answered. Even a request that breaks engines breaks no more than
 * this many: after another loss it is the engine that is at fault, and the service waits to be asked again.
 */
const MAX_LOSSES = MAX_ATTEMPTS;

/** Losses, the present one counted. */
export interface Losses {
  /** Engines in a row that broke without having answered. */
  readonly inARow: number;
  /** WebGPU engines that broke after they had taken over. */
  readonly webgpu: number;
}

/**
 * Whether an engine that broke down would do so again. A program that fails twice on fresh memory will; a GPU device that
 * is lost once may come back, one that is lost again, or hangs, is not worth a third wait.
 */
export function wouldBreakAgain({ code }: InferenceError, backend: Backend, { inARow }: Losses): boolean {
  return code === 'program' || (backend === 'webgpu' && (inARow > 1 || code === 'timeout'));
}

/** Whether WebGPU may take over again: a device that is lost once may come back, a second loss is the last. */
export function mayTakeOverAgain({ code }: InferenceError, { webgpu }: Losses): boolean {
  return code === 'device-lost' && webgpu <= 1;
}

/** Whether another engine is started in place of one that broke down. */
export function mayRestart({ inARow }: Losses): boolean {
  return inARow <= MAX_LOSSES;
}

/**
 * Whether the next engine is worth a try when one could not start: not where the model itself is at fault. A download
 * that was cut says nothing about a program, and stock ONNX Runtime would be a hundred times the download.
 */
export function isNextWorthTrying(kind: EngineKind, error: InferenceError, modelUrl: string): boolean {
  return error.url !== modelUrl && !(error.code === 'network' && isProgram(kind));
}

/** Whether a failure is expected on most pages and needs no report: under `auto`, that WebGPU is unavailable. */
export function isExpected(preference: BackendPreference, { code }: InferenceError): boolean {
  return preference === 'auto' && code === 'webgpu-unavailable';
}
