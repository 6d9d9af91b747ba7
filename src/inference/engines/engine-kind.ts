import type { Backend, BackendPreference } from '../backend.js';
import type { Model } from '../model.js';

/**
 * The kinds of engines: a program compiled from the model, or stock ONNX Runtime in a worker; each on the CPU or the
 * GPU.
 */
export type EngineKind = 'wasm-program' | 'webgpu-program' | 'onnxruntime-wasm' | 'onnxruntime-webgpu';

/**
 * Returns the backend that an engine runs on.
 * @internal
 */
export function backendOf(kind: EngineKind): Backend {
  return kind === 'webgpu-program' || kind === 'onnxruntime-webgpu' ? 'webgpu' : 'wasm';
}

/**
 * Returns the engines to try, in order of preference. A model without programs has no recorded answers to test WebGPU
 * with, so that `auto` stays on WASM.
 *
 * @internal
 */
export function kindsFor({ programs }: Model, preference: BackendPreference): readonly EngineKind[] {
  if (!programs) return [`onnxruntime-${preference === 'auto' ? 'wasm' : preference}`];
  // If the page forbids WebAssembly, WebGPU is a small download, and stock ONNX Runtime would need WebAssembly too.
  if (preference === 'auto') return ['wasm-program', 'webgpu-program', 'onnxruntime-wasm'];
  return [`${preference}-program`, `onnxruntime-${preference}`];
}
