import { wasmAsset } from '../../files/asset.js';
import type { Backend } from '../../backend.js';
import { InferenceError, isInferenceError } from '../../inference-error.js';
import type { Model } from '../../model.js';
import { loadAsset } from '../../files/load-asset.js';
import { LOGITS, type Engine, type Outputs } from '../engine.js';
import { requireGpu } from '../require-gpu.js';
import type { TimeLimits } from '../time-limits.js';
import { createImportingWorker, type CreateWorker } from './create-worker.js';
import type { OnnxRuntimeUrls } from './onnx-runtime-assets.js';
import type { OnnxRuntimeRequest } from './onnx-runtime-plugin.js';
import { chooseBuild, wasmBytes, type OnnxRuntimeBuild } from './onnx-runtime-build.js';
import { WorkerConnection } from './worker-connection.js';

/** Options for starting stock ONNX Runtime. */
export interface OnnxRuntimeOptions extends OnnxRuntimeRequest {
  readonly urls: OnnxRuntimeUrls;
  readonly createWorker: CreateWorker;
  readonly timeLimits: TimeLimits;
}

/**
 * Starts stock ONNX Runtime in its own worker. Each start uses a fresh worker, since a failed start breaks ONNX Runtime
 * for the lifetime of its realm.
 * @throws {InferenceError} `webgpu-unavailable`, `worker`, `timeout`, `model`, or as `download` does
 */
export async function startOnnxRuntime(options: OnnxRuntimeOptions): Promise<Engine> {
  // Avoids starting a worker if the page itself can tell that there is no WebGPU.
  if (options.backend === 'webgpu') requireGpu(globalThis.navigator?.gpu);
  const build = chooseBuild(options.backend);
  const url = options.urls.workers[build];
  let first: WorkerConnection | null = null;
  try {
    first = new WorkerConnection(options.createWorker(url), url);
    return await startInWorker(first, build, options);
  } catch (error) {
    if (first?.silent === false || !isInferenceError(error) || error.code !== 'worker') throw error;
    const second = new WorkerConnection(createImportingWorker(url), url);
    return startInWorker(second, build, options);
  }
}

async function startInWorker(
  connection: WorkerConnection,
  build: OnnxRuntimeBuild,
  options: OnnxRuntimeOptions,
): Promise<Engine> {
  const { backend, model, acceptFallbackAdapter, urls, assetStore } = options;
  try {
    if (backend === 'webgpu') {
      await connection.send('prepareDevice', { acceptFallbackAdapter }, options.timeLimits.prepareDevice);
    }
    const runtime = wasmAsset(urls.wasm[build], { bytes: wasmBytes[build] });
    const files = Promise.all([loadAsset(runtime, options), loadAsset(model.asset, options)]);
    const [wasm, network] = await Promise.race([files, connection.lost.then((reason) => Promise.reject(reason))]);
    const { input, output } = model;
    const content = { wasm: wasm.blob(), model: network.blob() };
    await connection.send('start', { backend, ...content, input, output }, options.timeLimits.start);
  } catch (error) {
    connection.close();
    if (!isInferenceError(error) || error.code !== 'model') throw error;
    if (model.asset.sha256 === undefined) assetStore.reject(model.asset);
    throw nameModel(error, model);
  }
  return new OnnxRuntimeEngine(backend, connection, options.timeLimits);
}

/** Adds the model's URL to an error: the worker, which is given bytes, does not know it. */
function nameModel(error: InferenceError, { asset: { url } }: Model): InferenceError {
  return new InferenceError('model', `${url}: ${error.message}`, { url, cause: error });
}

class OnnxRuntimeEngine implements Engine {
  readonly backend: Backend;
  readonly concurrency = 1;
  readonly lost: Promise<InferenceError>;
  readonly #connection: WorkerConnection;
  readonly #timeLimits: TimeLimits;

  constructor(backend: Backend, connection: WorkerConnection, limits: TimeLimits) {
    this.backend = backend;
    this.lost = connection.lost;
    this.#connection = connection;
    this.#timeLimits = limits;
  }

  run(images: Float32Array, count: number, outputs = LOGITS): Promise<Outputs> {
    const { run, runPerImage } = this.#timeLimits;
    const copy = images.slice();
    return this.#connection.send('run', { images: copy, count, outputs }, run + runPerImage * count, [copy.buffer]);
  }

  dispose(): void {
    this.#connection.close();
  }
}
