import type { Backend } from '../../backend.js';

/**
 * A build of onnxruntime-web: `wasm` has WASM only; `jspi` and `webgpu` have WebGPU, and wait for it by JavaScript
 * Promise Integration or, far larger, by Asyncify.
 */
export type OnnxRuntimeBuild = 'wasm' | 'jspi' | 'webgpu';

/** Sizes of the WebAssembly files of onnxruntime-web 1.30.0. */
export const wasmBytes: Readonly<Record<OnnxRuntimeBuild, number>> = {
  wasm: 14_239_897,
  jspi: 16_758_545,
  webgpu: 26_781_914,
};

/** The smallest build that this browser can run the backend with. */
export function chooseBuild(backend: Backend): OnnxRuntimeBuild {
  if (backend === 'wasm') return 'wasm';
  return 'Suspending' in WebAssembly ? 'jspi' : 'webgpu';
}
