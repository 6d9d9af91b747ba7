/** Stock ONNX Runtime on WebGPU, as the compiler runs it: in a page, on a plain device. */
import type { InferenceSession } from 'onnxruntime-web';

/** The used subset of onnxruntime-web. */
export type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'env' | 'InferenceSession' | 'Tensor'>;

export interface OnnxRuntimeUrls {
  /** The ES module of onnxruntime-web's WebGPU build, with its WebAssembly next to it. */
  readonly runtime: string;
  readonly model: string;
}

export interface LoadedModel {
  /** Number of values of one image. */
  readonly inputLength: number;
  /** In the model's order, with their number of values per image. */
  readonly outputs: readonly { readonly name: string; readonly length: number }[];
  /** Returns the outputs by name. */
  readonly run: (images: Float32Array) => Promise<Record<string, Float32Array>>;
}

/** Adapter info that makes ONNX Runtime choose the kernels that every device runs. */
const plainAdapterInfo = {
  vendor: '',
  architecture: '',
  device: '',
  description: '',
  subgroupMinSize: 4,
  subgroupMaxSize: 128,
  isFallbackAdapter: false,
};

/**
 * Requests a device without optional features, with default limits, and of unknown make.
 * @throws {Error} if there is no adapter
 */
export async function requestPlainDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error('This browser offers no WebGPU adapter.');
  const device = await adapter.requestDevice();
  return Object.defineProperty(device, 'adapterInfo', { value: plainAdapterInfo });
}

/**
 * Loads a model with one input and any number of outputs, all float32 with a dynamic first dimension.
 * @throws {Error} if the model is of another kind
 */
export async function loadModel(urls: OnnxRuntimeUrls, device: GPUDevice): Promise<LoadedModel> {
  const ort = (await import(urls.runtime)) as OnnxRuntime;
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = new URL('.', urls.runtime).href;
  ort.env.wasm.numThreads = 1;
  const bytes = new Uint8Array(await (await fetch(urls.model)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes, { executionProviders: [{ name: 'webgpu', device }] });
  const { input, names, shape } = describe(session);
  const inputLength = shape.reduce((product, size) => product * size, 1);
  const run = async (images: Float32Array): Promise<Record<string, Float32Array>> => {
    const batch = images.length / inputLength;
    const results = await session.run({ [input]: new ort.Tensor('float32', images, [batch, ...shape]) });
    return Object.fromEntries(names.map((name) => [name, (results[name].data as Float32Array).slice()]));
  };
  const answer = await run(new Float32Array(inputLength));
  const outputs = names.map((name) => ({ name, length: answer[name].length }));
  return { inputLength, outputs, run };
}

/** Returns the names of the input and the outputs; `shape` is that of one image. */
function describe(session: InferenceSession): { input: string; names: string[]; shape: number[] } {
  const { inputMetadata, outputMetadata } = session;
  const [input, ...others] = inputMetadata;
  if (others.length > 0) throw new Error('A model must have one input to be compiled.');
  if (!input.isTensor || !outputMetadata.every((output) => output.isTensor && output.type === 'float32')) {
    throw new Error('The input and the outputs of a model must be float32 tensors to be compiled.');
  }
  const [batch, ...shape] = input.shape;
  if (typeof batch !== 'string' || !shape.every((size) => typeof size === 'number')) {
    const sizes = input.shape.join(', ');
    throw new Error(`The first dimension of the input must be free, and no other; its shape is [${sizes}].`);
  }
  return { input: input.name, names: outputMetadata.map(({ name }) => name), shape };
}
