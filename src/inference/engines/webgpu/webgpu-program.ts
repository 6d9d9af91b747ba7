import { InferenceError, toInferenceError, type InferenceErrorCode } from '../../inference-error.js';
import { LOGITS, type Engine, type Outputs } from '../engine.js';
import type { TimeLimits } from '../onnxruntime/onnx-runtime-engine.js';
import { requestDevice, requireAdapter } from '../request-device.js';
import { preparePlayer, type Player } from './webgpu-player.js';
import { readWebGpuProgram, type WebGpuProgram } from '../../../model/webgpu-program-format.js';

export interface WebGpuProgramOptions {
  /** The text of the program file. */
  readonly program: string;
  /** The file that holds the program's weights. */
  readonly weights: ArrayBuffer;
  /** Whether WebGPU may run on a software adapter. */
  readonly acceptFallbackAdapter: boolean;
  /** The browser's own by default. */
  readonly gpu?: GPU | undefined;
  readonly timeLimits?: TimeLimits;
}

const defaultTimeLimits: TimeLimits = { prepareDevice: 10_000, start: 20_000, run: 10_000, runPerImage: 500 };

/** What to ask the browser for. */
const adapters = [{}, { featureLevel: 'compatibility' }] as const;

/** Firefox looks whether a run is done only when something is submitted. So often it is reminded, in ms. */
const REMINDER = 4;

/**
 * Makes sure that there is an adapter on which a program could run, so that nothing is fetched in vain.
 * @throws {InferenceError} `webgpu-unavailable`, or `timeout` when the browser does not answer
 */
export async function requireProgramAdapter(acceptFallbackAdapter: boolean): Promise<void> {
  const found = requireAdapter({ gpu: globalThis.navigator?.gpu, acceptFallbackAdapter, adapters });
  await inTime(found, defaultTimeLimits.prepareDevice);
}

/**
 * Starts a model that was compiled for WebGPU. The engine takes several calls at a time, and answers them in order.
 * @throws {InferenceError} `webgpu-unavailable` when there is no device; `model` when the program is broken or does not
 *   run on this device; `timeout` when the browser does not answer
 */
export async function startWebGpuProgram(options: WebGpuProgramOptions): Promise<Engine> {
  const { weights, acceptFallbackAdapter, gpu = globalThis.navigator?.gpu, timeLimits = defaultTimeLimits } = options;
  const program = readProgram(options.program);
  const requested = requestDevice({
    gpu,
    acceptFallbackAdapter,
    adapters,
    // As every core adapter has it; a compatibility adapter may have less, and must be asked.
    describe: () => ({ requiredLimits: { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupSizeX: 256 } }),
  });
  try {
    const device = await inTime(requested, timeLimits.prepareDevice);
    const play = await inTime(preparePlayer(device, program, weights), timeLimits.start);
    return new WebGpuProgramEngine(device, program, play, timeLimits);
  } catch (error) {
    // Also the device that comes too late.
    requested.then((device) => device.destroy()).catch(() => {});
    throw toInferenceError(error, 'model');
  }
}

/** @throws {InferenceError} `model`, naming the part that is wrong */
function readProgram(text: string): WebGpuProgram {
  try {
    return readWebGpuProgram(text);
  } catch (error) {
    throw toInferenceError(error, 'model');
  }
}

async function inTime<Result>(promise: Promise<Result>, limit: number): Promise<Result> {
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new InferenceError('timeout', `WebGPU did not start within ${limit} ms.`);
    watchdog = setTimeout(() => reject(error), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(watchdog);
  }
}

class WebGpuProgramEngine implements Engine {
  readonly backend = 'webgpu';
  readonly concurrency = 4;
  readonly lost: Promise<InferenceError>;
  readonly #device: GPUDevice;
  readonly #program: WebGpuProgram;
  readonly #play: Player;
  readonly #timeLimits: TimeLimits;
  readonly #pending = new Set<(reason: InferenceError) => void>();
  #reportLoss!: (reason: InferenceError) => void;
  #loss: InferenceError | null = null;
  /** How many pictures are under way. */
  #pictures = 0;

  constructor(device: GPUDevice, program: WebGpuProgram, play: Player, limits: TimeLimits) {
    this.#device = device;
    this.#program = program;
    this.#play = play;
    this.#timeLimits = limits;
    this.lost = new Promise((resolve) => {
      this.#reportLoss = resolve;
    });
    void device.lost.then(({ message }) => this.#lose('device-lost', message));
  }

  run(images: Float32Array, count: number, wanted = LOGITS): Promise<Outputs> {
    const { inputLength, largestBatch } = this.#program;
    const { run, runPerImage } = this.#timeLimits;
    return new Promise((resolve, reject) => {
      if (this.#loss) throw this.#loss;
      if (!(count >= 1 && count <= largestBatch) || images.length !== count * inputLength) {
        throw new InferenceError('invalid-input', `1 to ${largestBatch} pictures of ${inputLength} values are needed.`);
      }
      this.#pictures += count;
      // The GPU first does what it was asked before.
      const limit = run + runPerImage * this.#pictures;
      const watchdog = setTimeout(() => this.#lose('timeout', `no answer within ${limit} ms`), limit);
      const reminder = setInterval(() => this.#device.queue.submit([]), REMINDER);
      this.#pending.add(reject);
      this.#play(images, count, wanted)
        .then(resolve, (error: unknown) => this.#lose('device-lost', toInferenceError(error, 'model').message))
        .finally(() => {
          clearTimeout(watchdog);
          clearInterval(reminder);
          this.#pending.delete(reject);
          this.#pictures -= count;
        });
    });
  }

  dispose(): void {
    this.#end(new InferenceError('device-lost', 'The engine was closed.'));
  }

  #lose(code: InferenceErrorCode, reason: string): void {
    if (this.#loss) return;
    const loss = new InferenceError(code, `The GPU device was lost: ${reason || 'the browser gives no reason'}`);
    this.#end(loss);
    this.#reportLoss(loss);
  }

  #end(loss: InferenceError): void {
    this.#loss ??= loss;
    for (const reject of this.#pending) reject(this.#loss);
    this.#device.destroy();
  }
}
