import { loadOnnxRuntime, type LoadOnnxRuntime } from './engines/onnxruntime/onnx-runtime-plugin.js';
import { importWebGpu, type ImportWebGpu } from './engines/webgpu/import-webgpu.js';
import { wasmPrograms } from './engines/wasm/wasm-programs.js';
import { assetStore, type AssetStore } from './files/asset-store.js';
import { assetUrls } from './files/assets.js';
import { savesData, whenIdle } from './idle.js';
import type { ModelSources } from './model.js';

/** What a service works with; tests put their own in its place. */
export interface InferenceEnvironment extends ModelSources {
  readonly assetStore: AssetStore;
  readonly loadOnnxRuntime: LoadOnnxRuntime;
  readonly importWebGpu: ImportWebGpu;
  /** Settles when the page has time for what nobody waits for. */
  readonly whenIdle: () => Promise<void>;
  readonly savesData: () => boolean;
  /** Milliseconds that WebGPU may take for one picture under `auto`. */
  readonly maxLatency: number;
  /** Milliseconds for which a service without users keeps its engine. */
  readonly keepAlive: number;
}

export const defaultEnvironment: InferenceEnvironment = {
  assetUrls,
  wasmPrograms,
  assetStore,
  loadOnnxRuntime,
  importWebGpu,
  whenIdle,
  savesData,
  // One frame at 60 Hz.
  maxLatency: 1000 / 60,
  // An element that is moved in the page disconnects and connects again within a moment.
  keepAlive: 30_000,
};
