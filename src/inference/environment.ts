import { whenIdle } from '../utils/index.js';
import { loadOnnxRuntime, type LoadOnnxRuntime } from './engines/onnxruntime/onnx-runtime-plugin.js';
import { importWebGpu, type ImportWebGpu } from './engines/webgpu/import-webgpu.js';
import { wasmPrograms } from './engines/wasm/wasm-programs.js';
import { assetStore, type AssetStore } from './files/asset-store.js';
import { assetUrls } from './files/assets.js';
import type { ModelSources } from './model.js';
import { savesData } from './saves-data.js';

/** A service's dependencies and settings, which tests replace. */
export interface InferenceEnvironment extends ModelSources {
  readonly assetStore: AssetStore;
  readonly loadOnnxRuntime: LoadOnnxRuntime;
  readonly importWebGpu: ImportWebGpu;
  /** Resolves when the page has time for background work. */
  readonly whenIdle: () => Promise<void>;
  readonly savesData: () => boolean;
  /** Longest acceptable WebGPU latency for one image under `auto`, in milliseconds. */
  readonly maxLatency: number;
  /** How long an unused service keeps its engine, in milliseconds. */
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
  // An element that is moved within the page disconnects and reconnects right away.
  keepAlive: 30_000,
};
