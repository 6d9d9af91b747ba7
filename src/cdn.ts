import './define.js';
import { provideOnnxRuntime, type StartOnnxRuntime } from './inference/engines/onnxruntime/onnx-runtime-plugin.js';
import { retryByUrl } from './utils/index.js';

export * from './index.js';

// Not a literal path, so that bundlers do not follow it.
const importUrl = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

retryByUrl(importUrl);

provideOnnxRuntime(async () => {
  // The URL of a `blob:` script has no folder.
  const companion = new URL('onnxruntime.js', import.meta.url.replace(/[^/]*$/, '')).href;
  const { start } = (await importUrl(companion)) as { start: StartOnnxRuntime };
  return start;
});
