import './define.js';
import { provideOnnxRuntime, type StartOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';

export * from './index.js';

provideOnnxRuntime(async () => {
  // Not a literal path, so that bundlers do not follow it. The URL of a `blob:` script has no folder.
  const companion = new URL('onnxruntime.js', import.meta.url.replace(/[^/]*$/, '')).href;
  const { start } = (await import(/* @vite-ignore */ companion)) as { start: StartOnnxRuntime };
  return start;
});
