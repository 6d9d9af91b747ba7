/** Stock ONNX Runtime for the CDN file, which loads this one lazily from the same folder. */
import { createWorker } from './inference/engines/onnxruntime/create-worker.js';
import type { Engine } from './inference/engines/engine.js';
import { filesNextTo, wasmUrls, workerUrls } from './inference/engines/onnxruntime/onnx-runtime-assets.js';
import { startOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-engine.js';
import { timeLimits } from './inference/engines/time-limits.js';
import type { OnnxRuntimeRequest } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';

const urls = { workers: workerUrls, wasm: wasmUrls(import.meta.url, filesNextTo(import.meta.url)) };

/** Starts stock ONNX Runtime. */
export function start(request: OnnxRuntimeRequest): Promise<Engine> {
  return startOnnxRuntime({ ...request, urls, createWorker, timeLimits });
}
