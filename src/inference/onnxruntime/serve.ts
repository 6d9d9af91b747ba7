import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type {
  Commands,
  DeviceRequest,
  Message,
  Request,
  RunParameters,
  StartParameters,
} from '../engines/worker-protocol.js';
import { InferenceError, toInferenceError } from '../inference-error.js';

/** What is used of a build of onnxruntime-web; all builds have it. */
type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'env' | 'InferenceSession' | 'Tensor'>;

/** What is used of the worker's global scope. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Message, transfer?: Transferable[]): void;
}

const SIDE = 28;
const DIGITS = 10;

/**
 * Answers the page's commands in a worker, one after the other: two runs at once freeze ONNX Runtime's WebGPU
 * (microsoft/onnxruntime #26734).
 */
export function serveOnnxRuntime(ort: OnnxRuntime): void {
  const scope = globalThis as unknown as Scope;
  let device: GPUDevice | null = null;
  let session: InferenceSession | null = null;
  let names = { input: '', output: '' };

  const commands: { [Name in keyof Commands]: (parameters: never) => Promise<Commands[Name]['result']> } = {
    prepareDevice: async ({ acceptFallbackAdapter }: DeviceRequest) => {
      device = await requestDevice(acceptFallbackAdapter);
      void device.lost.then(({ message }) => {
        const failure = { code: 'device-lost' as const, message: `The GPU device was lost. ${message}`.trimEnd() };
        scope.postMessage({ type: 'lost', failure });
      });
      return null;
    },

    start: async ({ backend, wasm, model, input, output }: StartParameters) => {
      ort.env.logLevel = 'error';
      ort.env.wasm.numThreads = 1;
      ort.env.wasm.wasmBinary = await wasm.arrayBuffer();
      session = await ort.InferenceSession.create(new Uint8Array(await model.arrayBuffer()), {
        executionProviders: [backend === 'webgpu' && device ? { name: 'webgpu', device } : 'wasm'],
        graphOptimizationLevel: 'all',
      });
      names = { input: input ?? session.inputNames[0], output: output ?? session.outputNames[0] };
      await run(new Float32Array(SIDE * SIDE), 1);
      return null;
    },

    run: ({ images, count }: RunParameters) => run(images, count),
  };

  async function run(images: Float32Array, count: number): Promise<Float32Array> {
    if (!session) throw new InferenceError('model', 'No model has been started.');
    const tensor: Tensor = new ort.Tensor('float32', images, [count, 1, SIDE, SIDE]);
    const results = await session.run({ [names.input]: tensor });
    const { data, dims } = results[names.output];
    if (!(data instanceof Float32Array) || data.length !== count * DIGITS) {
      throw new InferenceError(
        'model',
        `The model answers ${count} pictures with [${dims.join(', ')}] values; [${count}, ${DIGITS}] floats are needed.`,
      );
    }
    return data.slice();
  }

  let last: Promise<unknown> = Promise.resolve();
  scope.onmessage = ({ data: { id, command, parameters } }) => {
    last = last.then(async () => {
      try {
        const result = await commands[command](parameters as never);
        scope.postMessage({ type: 'result', id, result }, result ? [result.buffer] : []);
      } catch (error) {
        const { code, message } = toInferenceError(error, 'model');
        scope.postMessage({ type: 'failure', id, failure: { code, message } });
      }
    });
  };
}

/** A device without optional features, on whatever adapter there is. */
async function requestDevice(acceptFallbackAdapter: boolean): Promise<GPUDevice> {
  const unavailable = (reason: string): InferenceError =>
    new InferenceError('webgpu-unavailable', `WebGPU is not available: ${reason}. Use backend "auto" or "wasm".`);
  const { gpu } = navigator;
  if (!gpu) throw unavailable('this browser has none in workers');
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) throw unavailable('the browser gave no adapter, for want of a GPU, a driver or permission');
  if (adapter.info.isFallbackAdapter && !acceptFallbackAdapter) throw unavailable('there is only a software adapter');
  try {
    return await adapter.requestDevice();
  } catch (error) {
    throw unavailable(`the adapter gave no device (${error instanceof Error ? error.message : String(error)})`);
  }
}
