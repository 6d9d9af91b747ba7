import type { Backend, BackendPreference } from '../backend.js';
import type { Model } from '../model.js';

/**
 * What can run a model: a program that was compiled from it, or stock ONNX Runtime in a worker; each on the processor or
 * on the GPU.
 */
export type EngineKind = 'wasm-program' | 'webgpu-program' | 'onnxruntime-wasm' | 'onnxruntime-webgpu';

/** On what an engine runs the model. */
export function backendOf(kind: EngineKind): Backend {
  return kind === 'webgpu-program' || kind === 'onnxruntime-webgpu' ? 'webgpu' : 'wasm';
}

/** Whether an engine is a program that was compiled from the model. */
export function isProgram(kind: EngineKind): boolean {
  return kind.endsWith('-program');
}

/** The engines to start with, the first that starts being taken. */
export function kindsFor({ programs }: Model, preference: BackendPreference): readonly EngineKind[] {
  if (!programs) {
    return preference === 'auto' ? ['onnxruntime-webgpu', 'onnxruntime-wasm'] : [`onnxruntime-${preference}`];
  }
  // Where a page refuses WebAssembly, WebGPU alone is a small download, and stock ONNX Runtime would need WebAssembly too.
  if (preference === 'auto') return ['wasm-program', 'webgpu-program', 'onnxruntime-wasm'];
  return [`${preference}-program`, `onnxruntime-${preference}`];
}
