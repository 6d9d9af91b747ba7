import type { OnnxRuntimeBuild } from './engines/onnx-runtime-build.js';
import type { ModelName } from './model.js';

/** Where the files of the inference service lie. */
export interface AssetUrls {
  /** The self-contained worker scripts, one per build of ONNX Runtime. */
  workers: Record<OnnxRuntimeBuild, string>;
  /** The WebAssembly of each build. */
  wasm: Record<OnnxRuntimeBuild, string>;
  models: Record<ModelName, string>;
}

/**
 * The files beside this module. Each expression is spelled out since bundlers find and copy an asset only by a literal
 * `new URL('…', import.meta.url)`.
 */
export const assetUrls: AssetUrls = {
  workers: {
    wasm: new URL('./onnxruntime/worker-wasm.js', import.meta.url).href,
    jspi: new URL('./onnxruntime/worker-jspi.js', import.meta.url).href,
    webgpu: new URL('./onnxruntime/worker-webgpu.js', import.meta.url).href,
  },
  wasm: {
    wasm: new URL('./onnxruntime/ort-wasm-simd-threaded.wasm', import.meta.url).href,
    jspi: new URL('./onnxruntime/ort-wasm-simd-threaded.jspi.wasm', import.meta.url).href,
    webgpu: new URL('./onnxruntime/ort-wasm-simd-threaded.asyncify.wasm', import.meta.url).href,
  },
  models: {
    compact: new URL('../../models/compact.onnx', import.meta.url).href,
    reference: new URL('../../models/reference.onnx', import.meta.url).href,
  },
};
