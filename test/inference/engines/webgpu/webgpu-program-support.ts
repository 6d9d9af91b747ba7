import { InferenceError } from '../../../../src/inference/inference-error.js';
import type { Engine } from '../../../../src/inference/engines/engine.js';
import {
  startWebGpuProgram,
  type WebGpuProgramOptions,
} from '../../../../src/inference/engines/webgpu/webgpu-program.js';
import { loadModel, requestPlainDevice, type OnnxRuntime } from '../../../../models/compile/webgpu/onnx-runtime.js';

export type ModelName = 'compact' | 'reference';

const runtimeFolder = new URL('/node_modules/onnxruntime-web/dist/', location.href).href;
/** A software adapter is slow, and slower under load: reaching a limit on it means nothing. */
export const patient = { prepareDevice: 60_000, start: 60_000, run: 60_000, runPerImage: 2000 };

/** For tests of answers, in which no limit must be reached. */
export const timeLimits = { prepareDevice: 10_000, start: 60_000, run: 10_000, runPerImage: 2000 };

export const outputs = ['logits', 'features'] as const;

/** The number of values of an output per image. */
export const lengths = { compact: { logits: 10, features: 64 }, reference: { logits: 10, features: 128 } };

/** Bytes, which distinguish different NaNs, and 0 from -0. */
export const bits = (values: Float32Array): number[] => [
  ...new Uint32Array(values.buffer, values.byteOffset, values.length),
];

const engines: Engine[] = [];

/** A model's program as text, and the file with its weights. */
export async function loadProgram(model: ModelName): Promise<{ program: string; weights: ArrayBuffer }> {
  const [program, weights] = await Promise.all([
    fetch(`/models/compiled/${model}.webgpu.json`).then((response) => response.text()),
    fetch(`/models/${model}.onnx`).then((response) => response.arrayBuffer()),
  ]);
  return { program, weights };
}

/** Starts a model's program, on a software adapter if necessary. */
export async function startProgram(model: ModelName, options: Partial<WebGpuProgramOptions> = {}): Promise<Engine> {
  const engine = await startWebGpuProgram({
    ...(await loadProgram(model)),
    acceptFallbackAdapter: true,
    timeLimits: patient,
    ...options,
  });
  engines.push(engine);
  return engine;
}

/** Disposes the engines that a test has started. */
export function disposeEngines(): void {
  for (const engine of engines.splice(0)) engine.dispose();
}

/** Stock ONNX Runtime with its own WebGPU kernels, on a device like the one on which the programs were recorded. */
export async function startStockWebGpu(
  model: ModelName,
): Promise<(images: Float32Array) => Promise<Record<string, Float32Array>>> {
  const urls = { runtime: `${runtimeFolder}ort.webgpu.min.mjs`, model: `/models/${model}.onnx` };
  return (await loadModel(urls, await requestPlainDevice())).run;
}

/** Stock ONNX Runtime on WASM. */
export async function startStockWasm(
  model: ModelName,
): Promise<(images: Float32Array) => Promise<Record<string, Float32Array>>> {
  const ort = (await import(`${runtimeFolder}ort.wasm.min.mjs`)) as OnnxRuntime;
  ort.env.wasm.wasmPaths = runtimeFolder;
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(`/models/${model}.onnx`, { executionProviders: ['wasm'] });
  return async (images) => {
    const image = new ort.Tensor('float32', images, [images.length / 784, 1, 28, 28]);
    const { logits, features } = await session.run({ image });
    return { logits: logits.data as Float32Array, features: features.data as Float32Array };
  };
}

/** The browser's WebGPU, with a hook for new devices. */
export function gpuWithDevices(change: (device: GPUDevice) => void): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const adapter = await navigator.gpu.requestAdapter(options);
    if (!adapter) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    return Object.assign(adapter, {
      requestDevice: async (descriptor: GPUDeviceDescriptor) => {
        const device = await requestDevice(descriptor);
        change(device);
        return device;
      },
    });
  };
  return { requestAdapter } as GPU;
}

/** Returns a call's error, which must be a typed one, or null. */
export async function outcome(call: Promise<unknown>): Promise<InferenceError | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof InferenceError) return error;
    throw error;
  }
}
