import { expect } from '@open-wc/testing';
import { AssetStore } from '../../src/inference/files/asset-store.js';
import { assetUrls } from '../../src/inference/files/assets.js';
import { createWorker, type CreateWorker } from '../../src/inference/engines/onnxruntime/create-worker.js';
import {
  filesNextTo,
  workerUrls,
  type OnnxRuntimeUrls,
} from '../../src/inference/engines/onnxruntime/onnx-runtime-assets.js';
import { startOnnxRuntime } from '../../src/inference/engines/onnxruntime/onnx-runtime-engine.js';
import { timeLimits, type TimeLimits } from '../../src/inference/engines/time-limits.js';
import { InferenceError } from '../../src/inference/inference-error.js';
import type { InferenceEnvironment } from '../../src/inference/environment.js';
import { InferenceService, type InferenceServiceOptions } from '../../src/inference/inference-service.js';

/** An ONNX file of a few operators, as a URL. Each was written with onnx.helper: Reshape to [batch, 784], then Slice. */
function model(base64: string): string {
  return `data:application/octet-stream;base64,${base64}`;
}

/** Answers every image with its first ten values, so that a test knows each answer. */
export const firstTen = model(
  'CAg66QEKHQoFaW1hZ2UKBXNoYXBlEgRyb3dzIgdSZXNoYXBlCicKBHJvd3MKBXN0YXJ0CgNlbmQKBGF4aXMSBmxvZ2l0cyIFU2xpY2USAWcqHQgCEAdCBXNoYXBlShD//////////xADAAAAAAAAKhUIARAHQgVzdGFydEoIAAAAAAAAAAAqEwgBEAdCA2VuZEoICgAAAAAAAAAqFAgBEAdCBGF4aXNKCAEAAAAAAAAAWiAKBWltYWdlEhcKFQgBEhEKAxIBbgoCCAEKAggcCgIIHGIZCgZsb2dpdHMSDwoNCAESCQoDEgFuCgIICkIECgAQEQ==',
);

/** The same, but rejects more than one image at a time. */
export const oneAtATime = model(
  'CAg65wEKHQoFaW1hZ2UKBXNoYXBlEgRyb3dzIgdSZXNoYXBlCicKBHJvd3MKBXN0YXJ0CgNlbmQKBGF4aXMSBmxvZ2l0cyIFU2xpY2USAWcqHQgCEAdCBXNoYXBlShABAAAAAAAAABADAAAAAAAAKhUIARAHQgVzdGFydEoIAAAAAAAAAAAqEwgBEAdCA2VuZEoICgAAAAAAAAAqFAgBEAdCBGF4aXNKCAEAAAAAAAAAWh8KBWltYWdlEhYKFAgBEhAKAggBCgIIAQoCCBwKAggcYhgKBmxvZ2l0cxIOCgwIARIICgIIAQoCCApCBAoAEBE=',
);

/** Answers five values per image instead of ten. */
export const fiveValues = model(
  'CAg66QEKHQoFaW1hZ2UKBXNoYXBlEgRyb3dzIgdSZXNoYXBlCicKBHJvd3MKBXN0YXJ0CgNlbmQKBGF4aXMSBmxvZ2l0cyIFU2xpY2USAWcqHQgCEAdCBXNoYXBlShD//////////xADAAAAAAAAKhUIARAHQgVzdGFydEoIAAAAAAAAAAAqEwgBEAdCA2VuZEoIBQAAAAAAAAAqFAgBEAdCBGF4aXNKCAEAAAAAAAAAWiAKBWltYWdlEhcKFQgBEhEKAxIBbgoCCAEKAggcCgIIHGIZCgZsb2dpdHMSDwoNCAESCQoDEgFuCgIIBUIECgAQEQ==',
);

/** An image whose values are all `value`. */
export function picture(value: number): Float32Array {
  return new Float32Array(784).fill(value);
}

/** The answer of `firstTen` for such an image. */
export function echo(value: number): number[] {
  return new Array<number>(10).fill(Math.fround(value));
}

/** A development-server URL that answers with a fault instead of the file; see test/support/faults.js. */
export function faulty(fault: string, url: string): string {
  return new URL(`/faults/${fault}${filePath(url)}`, location.href).href;
}

function filePath(url: string): string {
  return new URL(url).pathname;
}

/** Counts the running workers. */
export class WorkerWatch {
  readonly all: Worker[] = [];
  readonly alive = new Set<Worker>();

  constructor(private readonly create: CreateWorker = createWorker) {}

  readonly createWorker: CreateWorker = (url) => {
    const started = this.create(url);
    const { worker } = started;
    worker.terminate = () => {
      this.alive.delete(worker);
      Worker.prototype.terminate.call(worker);
    };
    this.all.push(worker);
    this.alive.add(worker);
    return started;
  };

  /** Kills the newest worker from outside, without notice, like a browser short of memory. */
  kill(): void {
    const [worker] = this.all.slice(-1);
    Worker.prototype.terminate.call(worker);
  }
}

/**
 * A worker like the product's, in which `faults` runs before its first message. Each element of `faults` is for one
 * worker, the last one for all others.
 */
export function createFaultyWorkers(...faults: string[]): CreateWorker {
  let created = 0;
  return (url) => {
    const code = faults[Math.min(created, faults.length - 1)];
    created += 1;
    const blob = new Blob([`import ${JSON.stringify(url)};\n${code}`], { type: 'text/javascript' });
    const source = URL.createObjectURL(blob);
    return { worker: new Worker(source, { type: 'module' }), release: () => URL.revokeObjectURL(source) };
  };
}

const services: InferenceService[] = [];

/** URL of the tests' files of stock ONNX Runtime. */
export const runtimeUrls: OnnxRuntimeUrls = {
  workers: workerUrls,
  wasm: filesNextTo(new URL('/node_modules/onnxruntime-web/dist/', location.href).href),
};

/** A service's environment, and how it starts stock ONNX Runtime. */
export interface TestEnvironment extends InferenceEnvironment {
  urls: OnnxRuntimeUrls;
  createWorker: CreateWorker;
  timeLimits: TimeLimits;
}

/** A separate service for a test, which shares no files with others, and has stock ONNX Runtime plugged in. */
export function makeService(
  options: InferenceServiceOptions = {},
  environment: Partial<TestEnvironment> = {},
): InferenceService {
  const runtime = { urls: runtimeUrls, createWorker, timeLimits, ...environment };
  const service = new InferenceService(
    { backend: 'wasm', ...options },
    {
      assetUrls,
      assetStore: new AssetStore(),
      keepAlive: 0,
      loadOnnxRuntime: () => Promise.resolve((request) => startOnnxRuntime({ ...runtime, ...request })),
      ...environment,
    },
  );
  service.retain();
  services.push(service);
  return service;
}

/** Disposes the services that a test has created. */
export function releaseServices(): void {
  for (const service of services.splice(0)) service.release();
}

/** The error that a promise is expected to reject with. */
export async function failure(promise: Promise<unknown>): Promise<InferenceError> {
  let result: unknown;
  try {
    result = await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(InferenceError);
    return error as InferenceError;
  }
  throw new Error(`A failure was expected; the result was ${String(result)}.`);
}

/** Waits for an event. */
export function nextEvent<T extends Event>(target: EventTarget, type: string): Promise<T> {
  return new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as T), { once: true }));
}
