import './define.js';
import { InferenceError } from './inference/index.js';
import { provideOnnxRuntime, type StartOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';
import { importOnce, retryByUrl } from './utils/index.js';

export * from './index.js';

// Not a literal path, so that bundlers do not follow it.
const importUrl = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

retryByUrl(importUrl);

const importOnnxRuntime = importOnce(
  // Not resolved by `new URL()`, which throws if this script comes from a `blob:` URL.
  () => importUrl(import.meta.url.replace(/[^/]*$/, 'onnxruntime.js')) as Promise<{ start: StartOnnxRuntime }>,
  'starts ONNX Runtime',
  InferenceError,
);

provideOnnxRuntime(async () => (await importOnnxRuntime()).start);
