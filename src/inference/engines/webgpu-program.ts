import { InferenceError, toInferenceError, type InferenceErrorCode } from '../inference-error.js';
import { expandTensor, permute } from '../weights.js';
import type { Engine } from './engine.js';
import type { TimeLimits } from './onnx-runtime-engine.js';
import { requestDevice } from './request-device.js';
import { bufferUsage, mapMode } from './webgpu-flags.js';
import {
  bufferCapacity,
  evaluate,
  readWebGpuProgram,
  type Binding,
  type Constant,
  type Size,
  type WebGpuProgram,
} from './webgpu-program-format.js';

export interface WebGpuProgramOptions {
  /** The text of the program file. */
  readonly program: string;
  /** The weights file of the same model. */
  readonly weights: ArrayBuffer;
  /** Whether WebGPU may run on a software adapter. */
  readonly acceptFallbackAdapter: boolean;
  /** The browser's own by default. */
  readonly gpu?: GPU | undefined;
  readonly timeLimits?: TimeLimits;
}

const defaultTimeLimits: TimeLimits = { prepareDevice: 10_000, start: 20_000, run: 10_000, runPerImage: 500 };

/** Where a part of a buffer may begin on every device: https://www.w3.org/TR/webgpu/#limits. */
const ALIGNMENT = 256;

/** Firefox looks whether a run is done only when something is submitted. So often it is reminded, in ms. */
const REMINDER = 4;

/**
 * Starts a model that was compiled for WebGPU. The engine takes several calls at a time, and answers them in order.
 * @throws {InferenceError} `webgpu-unavailable` when there is no device; `model` when the program is broken or does not
 *   run on this device; `timeout` when the device does not answer; `device-lost`
 */
export async function startWebGpuProgram(options: WebGpuProgramOptions): Promise<Engine> {
  const { weights, acceptFallbackAdapter, timeLimits = defaultTimeLimits } = options;
  const gpu = 'gpu' in options ? options.gpu : globalThis.navigator?.gpu;
  const program = readWebGpuProgram(options.program);
  const requested = requestDevice({
    gpu,
    acceptFallbackAdapter,
    adapters: [{}, { featureLevel: 'compatibility' }],
    // What every core adapter has; ONNX Runtime's kernels need it, and a compatibility adapter must be asked for it.
    describe: () => ({ requiredLimits: { maxComputeInvocationsPerWorkgroup: 256, maxComputeWorkgroupSizeX: 256 } }),
  });
  const device = await inTime(requested, timeLimits.prepareDevice, () => {
    requested.then((late) => late.destroy()).catch(() => {});
  });
  const engine = new WebGpuProgramEngine(device, program, timeLimits);
  try {
    await inTime(engine.prepare(weights), timeLimits.start);
  } catch (error) {
    engine.dispose();
    throw toInferenceError(error, 'model');
  }
  return engine;
}

class WebGpuProgramEngine implements Engine {
  readonly backend = 'webgpu';
  readonly concurrency = 4;
  readonly lost: Promise<InferenceError>;
  readonly #device: GPUDevice;
  readonly #program: WebGpuProgram;
  readonly #timeLimits: TimeLimits;
  #reportLoss!: (reason: InferenceError) => void;
  #loss: InferenceError | null = null;
  readonly #pending = new Set<(reason: InferenceError) => void>();
  #pipelines: GPUComputePipeline[] = [];
  #constants: GPUBufferBinding[] = [];
  readonly #uniforms: { readonly offsets: number[]; readonly length: number };
  #uniformBuffer!: GPUBuffer;
  /** The batch for which the uniforms are written. */
  #count = 0;
  #capacity = 0;
  #temporaries: GPUBuffer[] = [];
  #bindGroups: GPUBindGroup[] = [];
  /** Buffers to read answers from that no run uses. */
  readonly #staging: GPUBuffer[] = [];

  constructor(device: GPUDevice, program: WebGpuProgram, limits: TimeLimits) {
    this.#device = device;
    this.#program = program;
    this.#timeLimits = limits;
    this.#uniforms = layOut(uniformsOf(program).map((sizes) => 4 * sizes.length));
    this.lost = new Promise((resolve) => {
      this.#reportLoss = resolve;
    });
    void device.lost.then(({ message }) => this.#lose('device-lost', `The GPU device was lost. ${message}`.trimEnd()));
  }

  /** Compiles the kernels, and uploads what never changes. */
  async prepare(weights: ArrayBuffer): Promise<void> {
    const { pipelines } = this.#program;
    const device = this.#device;
    let compiled!: Promise<GPUComputePipeline>[];
    const checked = this.#check(() => {
      compiled = pipelines.map(({ code, entryPoint, overrides }) => {
        const compute = { module: device.createShaderModule({ code }), entryPoint, constants: overrides };
        return device.createComputePipelineAsync({ layout: 'auto', compute });
      });
      this.#constants = this.#upload(weights);
      this.#uniformBuffer = this.#buffer(this.#uniforms.length, bufferUsage.uniform | bufferUsage.copyTarget);
    });
    [this.#pipelines] = await Promise.all([Promise.all(compiled), checked]);
    await this.#check(() => this.#allocate(bufferCapacity(1)));
    if (this.#loss) throw this.#loss;
  }

  run(images: Float32Array, count: number): Promise<Float32Array> {
    const { inputLength, largestBatch } = this.#program;
    const { run, runPerImage } = this.#timeLimits;
    return new Promise((resolve, reject) => {
      if (this.#loss) throw this.#loss;
      if (!(count >= 1 && count <= largestBatch) || images.length !== count * inputLength) {
        throw new InferenceError('invalid-input', `1 to ${largestBatch} pictures of ${inputLength} values are needed.`);
      }
      const limit = run + runPerImage * count;
      const watchdog = setTimeout(() => this.#lose('timeout', `The GPU did not answer within ${limit} ms.`), limit);
      const reminder = setInterval(() => this.#device.queue.submit([]), REMINDER);
      this.#pending.add(reject);
      this.#execute(images, count)
        .then(resolve, (error: unknown) =>
          this.#lose('device-lost', `The GPU broke off: ${toInferenceError(error, 'model').message}`),
        )
        .finally(() => {
          clearTimeout(watchdog);
          clearInterval(reminder);
          this.#pending.delete(reject);
        });
    });
  }

  dispose(): void {
    this.#end(new InferenceError('device-lost', 'The engine was closed.'));
  }

  /** Hands everything to the GPU before it first waits, so that runs follow each other in the order of the calls. */
  async #execute(images: Float32Array, count: number): Promise<Float32Array> {
    const { input, output, outputLength, largestBatch, steps } = this.#program;
    const device = this.#device;
    const bytes = 4 * outputLength * count;
    let staging!: GPUBuffer;
    let mapped!: Promise<void>;
    const checked = this.#check(() => {
      if (count > this.#capacity) this.#allocate(bufferCapacity(count));
      if (count !== this.#count) this.#writeUniforms(count);
      staging =
        this.#staging.pop() ??
        this.#buffer(4 * outputLength * largestBatch, bufferUsage.mapRead | bufferUsage.copyTarget);
      device.queue.writeBuffer(this.#temporaries[input], 0, images as Float32Array<ArrayBuffer>);
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      steps.forEach(({ pipeline, workgroups: [x, y, z] }, index) => {
        pass.setPipeline(this.#pipelines[pipeline]);
        pass.setBindGroup(0, this.#bindGroups[index]);
        pass.dispatchWorkgroups(evaluate(x, count), evaluate(y, count), evaluate(z, count));
      });
      pass.end();
      encoder.copyBufferToBuffer(this.#temporaries[output], 0, staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      mapped = staging.mapAsync(mapMode.read, 0, bytes);
    });
    await Promise.all([mapped, checked]);
    const answers = new Float32Array(staging.getMappedRange(0, bytes)).slice();
    staging.unmap();
    this.#staging.push(staging);
    return answers;
  }

  /** Does something with the device, at once, and rejects when the device finds fault with it. */
  async #check(action: () => void): Promise<void> {
    const device = this.#device;
    device.pushErrorScope('out-of-memory');
    device.pushErrorScope('validation');
    let errors: Promise<GPUError | null>[] = [];
    try {
      action();
    } finally {
      errors = [device.popErrorScope(), device.popErrorScope()];
    }
    for (const error of await Promise.all(errors)) if (error) throw new InferenceError('model', error.message);
  }

  #buffer(size: number, usage: number, mappedAtCreation = false): GPUBuffer {
    return this.#device.createBuffer({ size, usage, mappedAtCreation });
  }

  /** One buffer for all constants, and where in it each lies. */
  #upload(weights: ArrayBuffer): GPUBufferBinding[] {
    const { constants } = this.#program;
    const places = layOut(constants.map(({ bytes }) => bytes));
    const buffer = this.#buffer(places.length, bufferUsage.storage, true);
    const range = buffer.getMappedRange();
    constants.forEach((constant, index) => {
      fill(new Uint8Array(range, places.offsets[index], constant.bytes), constant, weights);
    });
    buffer.unmap();
    return constants.map(({ bytes }, index) => ({ buffer, offset: places.offsets[index], size: bytes }));
  }

  /** Makes what depends on how many pictures there may be; runs that are under way keep what they have. */
  #allocate(capacity: number): void {
    const { temporaries, steps } = this.#program;
    const usage = bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget;
    for (const buffer of this.#temporaries) buffer.destroy();
    this.#temporaries = temporaries.map((bytes) => this.#buffer(bytes * capacity, usage));
    this.#capacity = capacity;
    let uniforms = 0;
    const resource = (bound: Binding): GPUBufferBinding => {
      if ('constant' in bound) return this.#constants[bound.constant];
      if ('temporary' in bound) return { buffer: this.#temporaries[bound.temporary] };
      const offset = this.#uniforms.offsets[uniforms++];
      return { buffer: this.#uniformBuffer, offset, size: 4 * bound.uniforms.length };
    };
    this.#bindGroups = steps.map(({ pipeline, bindings }) =>
      this.#device.createBindGroup({
        layout: this.#pipelines[pipeline].getBindGroupLayout(0),
        entries: bindings.map((bound) => ({ binding: bound.binding, resource: resource(bound) })),
      }),
    );
  }

  #writeUniforms(count: number): void {
    const { offsets, length } = this.#uniforms;
    const words = new Uint32Array(length / 4);
    uniformsOf(this.#program).forEach((sizes, index) => {
      words.set(
        sizes.map((size) => evaluate(size, count)),
        offsets[index] / 4,
      );
    });
    this.#device.queue.writeBuffer(this.#uniformBuffer, 0, words);
    this.#count = count;
  }

  #lose(code: InferenceErrorCode, message: string): void {
    if (this.#loss) return;
    const reason = new InferenceError(code, message);
    this.#end(reason);
    this.#reportLoss(reason);
  }

  #end(reason: InferenceError): void {
    this.#loss ??= reason;
    for (const reject of this.#pending) reject(this.#loss);
    this.#device.destroy();
  }
}

/** The uniform buffers of all steps, in their order. */
function uniformsOf({ steps }: WebGpuProgram): (readonly Size[])[] {
  return steps.flatMap(({ bindings }) => bindings.flatMap((bound) => ('uniforms' in bound ? [bound.uniforms] : [])));
}

/** Lays parts out in one buffer. */
function layOut(sizes: readonly number[]): { offsets: number[]; length: number } {
  let length = 0;
  const offsets = sizes.map((size) => {
    const offset = length;
    length += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    return offset;
  });
  return { offsets, length };
}

function fill(target: Uint8Array, constant: Constant, weights: ArrayBuffer): void {
  if ('base64' in constant) {
    target.set(Uint8Array.from(atob(constant.base64), (character) => character.charCodeAt(0)));
    return;
  }
  const { tensor, order } = constant;
  const values = expandTensor(weights, tensor);
  const ordered = order.every((axis, place) => axis === place) ? values : permute(values, tensor.shape, order);
  target.set(new Uint8Array(ordered.buffer));
}

/** @param giveUp is called when the time is over */
async function inTime<Result>(promise: Promise<Result>, limit: number, giveUp?: () => void): Promise<Result> {
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    watchdog = setTimeout(() => {
      giveUp?.();
      reject(new InferenceError('timeout', `WebGPU did not start within ${limit} ms.`));
    }, limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(watchdog);
  }
}
