import type { InferenceSession } from 'onnxruntime-web';
import { DIGITS, IMAGE_LENGTH, IMAGE_SIDE } from '../../../../model/index.js';
import type { Backend } from '../../../backend.js';
import { describeThrown, InferenceError, toInferenceError } from '../../../inference-error.js';
import { LOGITS, type Outputs } from '../../engine.js';
import { requestDevice } from '../../request-device.js';
import type { Commands, DeviceRequest, Message, Request, RunParameters, StartParameters } from '../worker-protocol.js';
import { describeDevice } from './describe-device.js';

/** The used subset of onnxruntime-web, which all builds have. */
export type OnnxRuntime = Pick<typeof import('onnxruntime-web'), 'env' | 'InferenceSession' | 'Tensor'>;

/** The used subset of the worker's global scope. */
export interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Message, transfer: Transferable[]): void;
}

/** A lost device makes the run fail before `device.lost` resolves. How long to wait for that, in milliseconds. */
const LOSS_GRACE_PERIOD = 100;

/**
 * Answers the page's commands in a worker, one after the other: concurrent runs freeze ONNX Runtime's WebGPU
 * (microsoft/onnxruntime #26734).
 */
export function serveOnnxRuntime(ort: OnnxRuntime, scope = globalThis as unknown as Scope): void {
  let device: GPUDevice | null = null;
  let session: InferenceSession | null = null;
  let names = { input: '', output: '' };

  const commands: { [Name in keyof Commands]: (parameters: never) => Promise<Commands[Name]['result']> } = {
    prepareDevice: async ({ acceptFallbackAdapter }: DeviceRequest) => {
      device = await requestDevice({ gpu: navigator.gpu, acceptFallbackAdapter, describe: describeDevice });
      void device.lost.then((info) => {
        const { code, message } = deviceLost(info);
        scope.postMessage({ type: 'lost', failure: { code, message } }, []);
      });
      return null;
    },

    start: async ({ backend, wasm, model, input, output }: StartParameters) => {
      ort.env.logLevel = 'error';
      ort.env.wasm.numThreads = 1;
      ort.env.wasm.wasmBinary = await wasm.arrayBuffer();
      const provider = backend === 'webgpu' && device ? { name: backend, device } : 'wasm';
      const bytes = new Uint8Array(await model.arrayBuffer());
      try {
        session = await ort.InferenceSession.create(bytes, { executionProviders: [provider] });
      } catch (error) {
        throw startFailure(error, backend);
      }
      delete ort.env.wasm.wasmBinary;
      names = { input: input ?? session.inputNames[0], output: output ?? session.outputNames[0] };
      await run(new Float32Array(IMAGE_LENGTH), 1, LOGITS);
      return null;
    },

    run: ({ images, count, outputs }: RunParameters) => run(images, count, outputs),
  };

  async function run(images: Float32Array, count: number, requested: readonly string[]): Promise<Outputs> {
    if (!session) throw new InferenceError('model', 'No model has been started.');
    const { outputNames } = session;
    const others = requested.filter((name) => name !== 'logits' && outputNames.includes(name));
    let results: InferenceSession.ReturnType;
    try {
      const tensor = new ort.Tensor('float32', images, [count, 1, IMAGE_SIDE, IMAGE_SIDE]);
      results = await session.run({ [names.input]: tensor }, [names.output, ...others]);
    } catch (error) {
      throw await runFailure(error, device);
    }
    const { data, dims } = results[names.output];
    if (!(data instanceof Float32Array) || data.length !== count * DIGITS) {
      throw new InferenceError(
        'model',
        `For ${count} images the model returns [${dims.join(', ')}] values; [${count}, ${DIGITS}] floats are needed.`,
      );
    }
    // A custom model may use the name for something else: anything but a list of floats per image counts as missing.
    const more = others.flatMap((name) => {
      const { data: values, dims: shape } = results[name];
      return values instanceof Float32Array && shape.length === 2 && shape[0] === count ? [[name, values.slice()]] : [];
    });
    return { ...(Object.fromEntries(more) as Record<string, Float32Array>), logits: data.slice() };
  }

  let last: Promise<unknown> = Promise.resolve();
  scope.onmessage = ({ data: { id, command, parameters } }) => {
    last = last.then(async () => {
      try {
        const result = await commands[command](parameters as never);
        scope.postMessage({ type: 'result', id, result }, buffersOf(result));
      } catch (error) {
        const { code, message } = toInferenceError(error, 'worker');
        scope.postMessage({ type: 'failure', id, failure: { code, message } }, []);
      }
    });
  };
}

function buffersOf(result: Commands[keyof Commands]['result']): ArrayBufferLike[] {
  return Object.values<Float32Array | undefined>(result ?? {}).flatMap((values) => (values ? [values.buffer] : []));
}

/** ONNX Runtime reports "no available backend found" if it could not start itself; other errors concern the model. */
function startFailure(error: unknown, backend: Backend): InferenceError {
  const reason = describeThrown(error);
  if (!(error instanceof Error) || reason.startsWith('no available backend found')) {
    const code = backend === 'webgpu' ? 'webgpu-unavailable' : 'worker';
    const advice = `A Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src, for the worker too.`;
    return new InferenceError(code, `ONNX Runtime did not start: ${reason}. ${advice}`);
  }
  return new InferenceError('model', `The model cannot be loaded: ${reason}`);
}

/** Distinguishes a failed call from a broken runtime: after a trap its memory may be in any state. */
async function runFailure(error: unknown, device: GPUDevice | null): Promise<InferenceError> {
  const lost = device && (await Promise.race([device.lost, pause(LOSS_GRACE_PERIOD)]));
  if (lost) return deviceLost(lost);
  const reason = describeThrown(error);
  if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError) {
    return new InferenceError('worker', `ONNX Runtime failed: ${reason}`);
  }
  return new InferenceError('model', `The model cannot be run: ${reason}`);
}

function deviceLost({ message }: GPUDeviceLostInfo): InferenceError {
  return new InferenceError('device-lost', `The GPU device was lost. ${message}`.trimEnd());
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
