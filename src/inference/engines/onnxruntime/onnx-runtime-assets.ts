import type { OnnxRuntimeBuild } from './onnx-runtime-build.js';
import { ONNX_RUNTIME_VERSION } from './onnx-runtime-plugin.js';

/** URLs of stock ONNX Runtime's files, one per build. */
export interface OnnxRuntimeUrls {
  /** The self-contained worker scripts. */
  readonly workers: Record<OnnxRuntimeBuild, string>;
  /** The WebAssembly. */
  readonly wasm: Record<OnnxRuntimeBuild, string>;
}

/** Spelled out, since bundlers find assets only by a literal `new URL('…', import.meta.url)`. */
export const workerUrls: OnnxRuntimeUrls['workers'] = {
  wasm: new URL('./worker/worker-wasm.js', import.meta.url).href,
  jspi: new URL('./worker/worker-jspi.js', import.meta.url).href,
  webgpu: new URL('./worker/worker-webgpu.js', import.meta.url).href,
};

const fileNames: Record<OnnxRuntimeBuild, string> = {
  wasm: 'ort-wasm-simd-threaded.wasm',
  jspi: 'ort-wasm-simd-threaded.jspi.wasm',
  webgpu: 'ort-wasm-simd-threaded.asyncify.wasm',
};

/**
 * Returns the folder of `onnxruntime-web` if it is next to the package that this module is served from: in a
 * node_modules folder or on a CDN for npm packages (`…/digit-recognizer@1.2.3/dist/…` or `…/npm/digit-recognizer/dist/…`),
 * which has every version. Null otherwise: in a bundle, or copied to a server.
 * @param moduleUrl where this module was loaded from
 */
export function onnxRuntimeFolder(moduleUrl: string): string | null {
  const found = /^(https?:.*\/)digit-recognizer(@[^/]+)?\/dist\//.exec(moduleUrl);
  if (!found) return null;
  const [, packages, version] = found;
  if (packages.endsWith('/node_modules/')) return `${packages}onnxruntime-web/dist/`;
  return version || packages.endsWith('/npm/') ? `${packages}onnxruntime-web@${ONNX_RUNTIME_VERSION}/dist/` : null;
}

/**
 * Returns the URL of each build's WebAssembly in a module's folder.
 * @param moduleUrl where the module was loaded from
 */
export function filesNextTo(moduleUrl: string): Record<OnnxRuntimeBuild, string> {
  return inFolder(new URL('.', moduleUrl).href);
}

/**
 * Returns the URL of each build's WebAssembly.
 * @param moduleUrl where this module was loaded from
 * @param bundled where a bundler put it
 */
export function wasmUrls(
  moduleUrl: string,
  bundled: Record<OnnxRuntimeBuild, string>,
): Record<OnnxRuntimeBuild, string> {
  const folder = onnxRuntimeFolder(moduleUrl);
  return folder ? inFolder(folder) : bundled;
}

function inFolder(folder: string): Record<OnnxRuntimeBuild, string> {
  return { wasm: folder + fileNames.wasm, jspi: folder + fileNames.jspi, webgpu: folder + fileNames.webgpu };
}
