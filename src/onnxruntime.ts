/**
 * Plugs in stock ONNX Runtime, for models given by URL and as the last fallback for the package's own:
 * `import 'digit-recognizer/onnxruntime';`. Requires the package `onnxruntime-web` in exactly the version of this
 * package's peer dependency.
 */
import { createWorker } from './inference/engines/onnxruntime/create-worker.js';
import { wasmUrls, workerUrls } from './inference/engines/onnxruntime/onnx-runtime-assets.js';
import { startOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-engine.js';
import { timeLimits } from './inference/engines/time-limits.js';
import { provideOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';

// Spelled out, since bundlers find assets only by a literal `new URL('…', import.meta.url)`.
const urls = {
  workers: workerUrls,
  wasm: wasmUrls(import.meta.url, {
    wasm: new URL('onnxruntime-web/ort-wasm-simd-threaded.wasm', import.meta.url).href,
    jspi: new URL('onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm', import.meta.url).href,
    webgpu: new URL('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm', import.meta.url).href,
  }),
};

provideOnnxRuntime(() =>
  Promise.resolve((request) => startOnnxRuntime({ ...request, urls, createWorker, timeLimits })),
);
