import type { Backend } from '../../backend.js';

/**
 * A build of onnxruntime-web: `wasm` has WASM only; `jspi` and `webgpu` have WebGPU, using JavaScript Promise
 * Integration or the far larger Asyncify.
 */
export type OnnxRuntimeBuild = 'wasm' | 'jspi' | 'webgpu';

/** Sizes in bytes of the WebAssembly files of onnxruntime-web 1.30.0. */
export const wasmBytes: Readonly<Record<OnnxRuntimeBuild, number>> = {
  wasm: 14_239_897,
  jspi: 16_758_545,
  webgpu: 26_781_914,
};

/** Returns the smallest build that can run the backend in this browser. */
export function chooseBuild(backend: Backend): OnnxRuntimeBuild {
  if (backend === 'wasm') return 'wasm';
  return 'Suspending' in WebAssembly ? 'jspi' : 'webgpu';
}
