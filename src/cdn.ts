import './define.js';
import { provideOnnxRuntime, type StartOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';

export * from './index.js';

// Not a literal path, so that this file stays whole when it is bundled.
const companion = new URL('onnxruntime.js', import.meta.url.replace(/[^/]*$/, '')).href;

provideOnnxRuntime(async () => {
  const { start } = (await import(/* @vite-ignore */ companion)) as { start: StartOnnxRuntime };
  return start;
});
