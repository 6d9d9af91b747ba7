import { readWebGpuProgram, type WebGpuProgram } from '../../../model/index.js';
import { describeThrown, InferenceError, toInferenceError, type InferenceErrorCode } from '../../inference-error.js';
import { LOGITS, type Engine, type Outputs } from '../engine.js';
import { requestDevice, requireAdapter } from '../request-device.js';
import { timeLimits as defaultTimeLimits, type TimeLimits } from '../time-limits.js';
import { prepareRunner, type ProgramRunner } from './webgpu-runner.js';

export interface WebGpuProgramOptions {
  /** The text of the program file. */
  readonly program: string;
  /** The file that holds the program's weights. */
  readonly weights: ArrayBuffer;
  /** Whether WebGPU may run on a software adapter. */
  readonly acceptFallbackAdapter: boolean;
  /** The browser's by default. */
  readonly gpu?: GPU | undefined;
  readonly timeLimits?: TimeLimits;
}

/** Adapters to request from the browser, in order. */
const adapters = [{}, { featureLevel: 'compatibility' }] as const;

/** Firefox checks whether a run is done only when something is submitted. How often to do so, in milliseconds. */
const POLL_INTERVAL = 4;

/**
 * Checks that an adapter for running programs is available, so that nothing is fetched in vain.
 * @throws {InferenceError} `webgpu-unavailable`, or `timeout` if the browser does not answer
 */
export async function requireProgramAdapter(acceptFallbackAdapter: boolean): Promise<void> {
  const found = requireAdapter({ gpu: globalThis.navigator?.gpu, acceptFallbackAdapter, adapters });
  await inTime(found, defaultTimeLimits.prepareDevice);
}

/**
 * Starts a model compiled for WebGPU. The engine accepts concurrent calls and answers them in order.
 * @throws {InferenceError} `webgpu-unavailable` if there is no device; `model` if the program is broken or does not run
 *   on this device; `timeout` if the browser does not answer
 */
export async function startWebGpuProgram(options: WebGpuProgramOptions): Promise<Engine> {
  const { weights, acceptFallbackAdapter, gpu = globalThis.navigator?.gpu, timeLimits = defaultTimeLimits } = options;
  const program = readProgram(options.program);
  const requested = requestDevice({
    gpu,
    acceptFallbackAdapter,
    adapters,
    // Every core adapter supports this; a compatibility adapter might not.
    describe: () => ({ requiredLimits: { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupSizeX: 256 } }),
  });
  try {
    const device = await inTime(requested, timeLimits.prepareDevice);
    const runProgram = await inTime(prepareRunner(device, program, weights), timeLimits.start);
    return new WebGpuProgramEngine(device, program, runProgram, timeLimits);
  } catch (error) {
    // Also destroys a device that arrives too late.
    requested.then((device) => device.destroy()).catch(() => {});
    throw toInferenceError(error, 'model');
  }
}

/** @throws {InferenceError} `model`, naming the invalid part */
function readProgram(text: string): WebGpuProgram {
  try {
    return readWebGpuProgram(text);
  } catch (error) {
    throw toInferenceError(error, 'model');
  }
}

async function inTime<Result>(promise: Promise<Result>, limit: number): Promise<Result> {
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const error = new InferenceError('timeout', `WebGPU did not start within ${limit} ms.`);
    watchdog = setTimeout(() => reject(error), limit);
  });
  try {
    return await Promise.race([promise, timeout]);
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
  readonly #runProgram: ProgramRunner;
  readonly #timeLimits: TimeLimits;
  readonly #pending = new Set<(reason: InferenceError) => void>();
  #reportLoss!: (reason: InferenceError) => void;
  #loss: InferenceError | null = null;
  #imagesInFlight = 0;

  constructor(device: GPUDevice, program: WebGpuProgram, runProgram: ProgramRunner, limits: TimeLimits) {
    this.#device = device;
    this.#program = program;
    this.#runProgram = runProgram;
    this.#timeLimits = limits;
    this.lost = new Promise((resolve) => {
      this.#reportLoss = resolve;
    });
    void device.lost.then(({ message }) =>
      this.#lose('device-lost', `The GPU device was lost: ${message || 'the browser gives no reason'}`),
    );
  }

  run(images: Float32Array, count: number, requested = LOGITS): Promise<Outputs> {
    const { inputLength, largestBatch } = this.#program;
    const { run, runPerImage } = this.#timeLimits;
    return new Promise((resolve, reject) => {
      if (this.#loss) throw this.#loss;
      if (!(count >= 1 && count <= largestBatch) || images.length !== count * inputLength) {
        throw new InferenceError('invalid-input', `1 to ${largestBatch} images of ${inputLength} values are needed.`);
      }
      this.#imagesInFlight += count;
      // The GPU first finishes earlier calls.
      const limit = run + runPerImage * this.#imagesInFlight;
      const watchdog = setTimeout(() => this.#lose('timeout', `WebGPU gave no answer within ${limit} ms.`), limit);
      const poll = setInterval(() => this.#device.queue.submit([]), POLL_INTERVAL);
      this.#pending.add(reject);
      this.#runProgram(images, count, requested)
        .then(resolve, (error: unknown) =>
          this.#lose('device-lost', `The run failed on WebGPU: ${describeThrown(error)}`),
        )
        .finally(() => {
          clearTimeout(watchdog);
          clearInterval(poll);
          this.#pending.delete(reject);
          this.#imagesInFlight -= count;
        });
    });
  }

  dispose(): void {
    this.#end(new InferenceError('device-lost', 'The engine was closed.'));
  }

  #lose(code: InferenceErrorCode, message: string): void {
    if (this.#loss) return;
    const loss = new InferenceError(code, message);
    this.#end(loss);
    this.#reportLoss(loss);
  }

  #end(loss: InferenceError): void {
    this.#loss ??= loss;
    for (const reject of this.#pending) reject(this.#loss);
    this.#device.destroy();
  }
}
