/**
 * Runs a model on ONNX Runtime's WebGPU provider, in a page, and records its WebGPU calls.
 *
 * The methods of all WebGPU interfaces are wrapped before ONNX Runtime gets its device. Unknown methods throw, so that
 * a version of ONNX Runtime that uses other parts of WebGPU cannot be recorded incorrectly.
 */
import { goldenInput } from '../../../src/model/golden-input.js';
import { bufferUsage, mapMode } from '../../../src/model/webgpu-flags.js';
import { loadModel, requestPlainDevice, type OnnxRuntimeUrls } from './onnx-runtime.js';
import type {
  RecordedBinding,
  RecordedBuffer,
  RecordedCommand,
  RecordedPipeline,
  RecordedRun,
  Recording,
} from './recording.js';

/** Replaces a native method; receives the object, a function that calls the native method, and the arguments. */
type Handler = (self: never, proceed: () => never, ...args: never[]) => unknown;

/** Methods that neither affect a run's answer nor need to be replayed. */
const harmless = new Set([
  'GPU.requestAdapter',
  'GPUDevice.destroy',
  'GPUDevice.popErrorScope',
  'GPUDevice.pushErrorScope',
  'GPUQueue.onSubmittedWorkDone',
  'GPUShaderModule.getCompilationInfo',
  ...['GPUCommandEncoder', 'GPUComputePassEncoder'].flatMap((name) =>
    ['insertDebugMarker', 'popDebugGroup', 'pushDebugGroup'].map((method) => `${name}.${method}`),
  ),
]);

interface TrackedBuffer {
  readonly buffer: GPUBuffer;
  readonly id: number;
  readonly readable: boolean;
  /** Mapped ranges that the page writes to, until it unmaps them. */
  writes: { offset: number; range: ArrayBuffer }[];
  mapped: 'read' | 'write' | null;
  destroyed: boolean;
}

interface Pass {
  readonly commands: RecordedCommand[];
  pipeline: number | null;
  bindings: readonly RecordedBinding[] | null;
}

/** Records a device's calls. */
export class Recorder {
  readonly shaders: string[] = [];
  readonly pipelines: RecordedPipeline[] = [];
  readonly #buffers: TrackedBuffer[] = [];
  readonly #ids = new WeakMap<object, number>();
  readonly #tracked = new WeakMap<GPUBuffer, TrackedBuffer>();
  readonly #bindings = new WeakMap<GPUBindGroup, readonly RecordedBinding[]>();
  readonly #encoders = new WeakMap<object, RecordedCommand[]>();
  readonly #passes = new WeakMap<GPUComputePassEncoder, Pass>();
  readonly #native = new Map<string, (...args: unknown[]) => unknown>();
  readonly #device: GPUDevice;
  #commands: RecordedCommand[] | null = null;
  #input: Uint8Array | null = null;
  #idle = false;
  #failure: Error | null = null;

  /** Wraps the methods of all the page's WebGPU interfaces, for the page's lifetime. */
  constructor(device: GPUDevice) {
    this.#device = device;
    const handlers = this.#handlers();
    for (const name of Object.getOwnPropertyNames(globalThis).filter((each) => /^GPU[A-Z]?/.test(each))) {
      const { prototype } = (globalThis as unknown as Record<string, { prototype?: object }>)[name];
      for (const [method, { value, writable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))) {
        const key = `${name}.${method}`;
        if (typeof value !== 'function' || method === 'constructor' || !writable || harmless.has(key)) continue;
        this.#native.set(key, value as () => unknown);
        const handler = handlers[key] ?? (() => this.#refuse(`${key} is not known to the recorder`));
        Object.defineProperty(prototype, method, {
          value: this.#wrap(handler, value as () => unknown),
          writable: true,
        });
      }
    }
    const unknown = Object.keys(handlers).filter((key) => !this.#native.has(key));
    if (unknown.length > 0) throw new Error(`This browser has no ${unknown.join(', ')}.`);
  }

  /** Stops running kernels: for large batches only the commands are needed, not their results. */
  skipKernels(): void {
    this.#idle = true;
  }

  /** Starts recording a run on `input`. */
  start(input: Float32Array): void {
    this.#commands = [];
    this.#input = new Uint8Array(input.buffer);
  }

  /**
   * Returns the commands since `start`.
   * @throws {Error} if there was any call, at any time, that the recorder does not support
   */
  stop(): RecordedCommand[] {
    const commands = this.#commands ?? [];
    this.#commands = null;
    if (this.#failure) throw this.#failure;
    return commands;
  }

  /** Returns all buffers with their current contents. */
  async readBuffers(): Promise<RecordedBuffer[]> {
    const encoder = this.#call<GPUCommandEncoder>('GPUDevice.createCommandEncoder', this.#device);
    const staged = this.#buffers.map(({ buffer, readable, destroyed }) => {
      if (readable || destroyed) return null;
      const usage = bufferUsage.mapRead | bufferUsage.copyTarget;
      const staging = this.#call<GPUBuffer>('GPUDevice.createBuffer', this.#device, { size: buffer.size, usage });
      this.#call('GPUCommandEncoder.copyBufferToBuffer', encoder, buffer, 0, staging, 0, buffer.size);
      return staging;
    });
    this.#call('GPUQueue.submit', this.#device.queue, [this.#call('GPUCommandEncoder.finish', encoder)]);
    const buffers: RecordedBuffer[] = [];
    for (const [index, { buffer, readable }] of this.#buffers.entries()) {
      const staging = staged[index];
      let contents: string | null = null;
      if (staging) {
        await this.#call<Promise<void>>('GPUBuffer.mapAsync', staging, mapMode.read);
        contents = toBase64(new Uint8Array(this.#call<ArrayBuffer>('GPUBuffer.getMappedRange', staging)));
        this.#call('GPUBuffer.destroy', staging);
      }
      buffers.push({ size: buffer.size, readable, contents });
    }
    return buffers;
  }

  /** Returns all buffers: those of `readBuffers` with contents, and those created since. */
  completeBuffers(read: readonly RecordedBuffer[]): RecordedBuffer[] {
    return this.#buffers.map(
      ({ buffer, readable }, index) => read[index] ?? { size: buffer.size, readable, contents: null },
    );
  }

  #wrap(handler: Handler, native: (...args: unknown[]) => unknown) {
    return function (this: unknown, ...args: unknown[]): unknown {
      const call = handler as (
        self: unknown,
        proceed: (...others: unknown[]) => unknown,
        ...rest: unknown[]
      ) => unknown;
      return call(this, (...others) => native.apply(this, others.length > 0 ? others : args), ...args);
    };
  }

  #call<Result>(key: string, self: object, ...args: unknown[]): Result {
    return this.#native.get(key)!.apply(self, args) as Result;
  }

  /** Keeps the first failure: ONNX Runtime may swallow exceptions. */
  #refuse(reason: string): never {
    this.#failure ??= new Error(`This cannot be compiled for WebGPU: ${reason}.`);
    throw this.#failure;
  }

  #id(object: object): number {
    return this.#ids.get(object) ?? this.#refuse('it uses an object that was made before the recording');
  }

  #buffer(buffer: GPUBuffer): TrackedBuffer {
    return this.#tracked.get(buffer) ?? this.#refuse('it uses a buffer that was made before the recording');
  }

  #push(command: RecordedCommand): void {
    this.#commands?.push(command);
  }

  #write(buffer: number, offset: number, bytes: Uint8Array): void {
    if (!this.#commands) return;
    const isInput = offset === 0 && isEqual(bytes, this.#input!);
    this.#push(isInput ? { type: 'input', buffer } : { type: 'write', buffer, offset, bytes: toBase64(bytes) });
  }

  #handlers(): Record<string, Handler> {
    const pipeline = (descriptor: GPUComputePipelineDescriptor, made: GPUComputePipeline): GPUComputePipeline => {
      const { module, entryPoint, constants = {} } = descriptor.compute;
      if (entryPoint === undefined) this.#refuse('a pipeline has no entry point');
      this.#ids.set(made, this.pipelines.length);
      this.pipelines.push({ shader: this.#id(module), entryPoint, constants: { ...constants } });
      return made;
    };

    return {
      'GPUAdapter.requestDevice': () => this.#refuse('ONNX Runtime makes a device of its own'),

      'GPUDevice.createShaderModule': (_, proceed: () => GPUShaderModule, { code }: GPUShaderModuleDescriptor) => {
        const module = proceed();
        this.#ids.set(module, this.shaders.push(code) - 1);
        return module;
      },
      'GPUDevice.createBindGroupLayout': (
        _,
        proceed: () => GPUBindGroupLayout,
        { entries }: GPUBindGroupLayoutDescriptor,
      ) => {
        for (const { buffer } of entries) {
          if (!buffer) this.#refuse('a kernel binds something other than a buffer');
          if (buffer.hasDynamicOffset) this.#refuse('a kernel binds a buffer at a dynamic offset');
        }
        return proceed();
      },
      'GPUDevice.createPipelineLayout': (
        _,
        proceed: () => GPUPipelineLayout,
        { bindGroupLayouts }: GPUPipelineLayoutDescriptor,
      ) => {
        if ([...bindGroupLayouts].length !== 1) this.#refuse('a kernel has not exactly one bind group');
        return proceed();
      },
      'GPUDevice.createComputePipeline': (
        _,
        proceed: () => GPUComputePipeline,
        descriptor: GPUComputePipelineDescriptor,
      ) => pipeline(descriptor, proceed()),
      'GPUDevice.createComputePipelineAsync': async (
        _,
        proceed: () => Promise<GPUComputePipeline>,
        descriptor: GPUComputePipelineDescriptor,
      ) => pipeline(descriptor, await proceed()),
      'GPUComputePipeline.getBindGroupLayout': (_, proceed: () => GPUBindGroupLayout, index: number) =>
        index === 0 ? proceed() : this.#refuse('a kernel has several bind groups'),

      'GPUDevice.createBuffer': (
        _,
        proceed: (descriptor: GPUBufferDescriptor) => GPUBuffer,
        descriptor: GPUBufferDescriptor,
      ) => {
        const { usage, mappedAtCreation = false } = descriptor;
        const mappable = (usage & (bufferUsage.mapRead | bufferUsage.mapWrite)) !== 0;
        // Makes all buffers readable for the recorder.
        const buffer = proceed(mappable ? descriptor : { ...descriptor, usage: usage | bufferUsage.copySource });
        const readable = (usage & bufferUsage.mapRead) !== 0;
        const id = this.#buffers.length;
        const tracked: TrackedBuffer = {
          ...{ buffer, id, readable, writes: [], destroyed: false },
          mapped: mappedAtCreation ? 'write' : null,
        };
        this.#buffers.push(tracked);
        this.#tracked.set(buffer, tracked);
        this.#push({ type: 'create', buffer: id });
        return buffer;
      },
      'GPUBuffer.mapAsync': (self: GPUBuffer, proceed: () => Promise<void>, mode: number) => {
        this.#buffer(self).mapped = (mode & mapMode.write) !== 0 ? 'write' : 'read';
        return proceed();
      },
      'GPUBuffer.getMappedRange': (self: GPUBuffer, proceed: () => ArrayBuffer, offset = 0) => {
        const range = proceed();
        const tracked = this.#buffer(self);
        if (tracked.mapped === 'write') tracked.writes.push({ offset, range });
        return range;
      },
      'GPUBuffer.unmap': (self: GPUBuffer, proceed: () => void) => {
        const tracked = this.#buffer(self);
        for (const { offset, range } of tracked.writes) {
          this.#write(tracked.id, offset, new Uint8Array(range));
        }
        Object.assign(tracked, { writes: [], mapped: null });
        return proceed();
      },
      'GPUBuffer.destroy': (self: GPUBuffer, proceed: () => void) => {
        this.#buffer(self).destroyed = true;
        return proceed();
      },
      'GPUQueue.writeBuffer': (
        _,
        proceed: () => void,
        buffer: GPUBuffer,
        offset: number,
        data: ArrayBuffer | ArrayBufferView,
        dataOffset = 0,
        size?: number,
      ) => {
        this.#write(this.#buffer(buffer).id, offset, selectBytes(data, dataOffset, size));
        return proceed();
      },

      'GPUDevice.createBindGroup': (_, proceed: () => GPUBindGroup, { entries }: GPUBindGroupDescriptor) => {
        const group = proceed();
        const bindings = [...entries].map(({ binding, resource }) => {
          const bound = resource instanceof GPUBuffer ? { buffer: resource } : (resource as GPUBufferBinding);
          if (!(bound.buffer instanceof GPUBuffer)) this.#refuse('a kernel binds something other than a buffer');
          const { buffer, offset = 0, size = bound.buffer.size - offset } = bound;
          return { binding, buffer: this.#buffer(buffer).id, offset, size };
        });
        this.#bindings.set(group, bindings);
        return group;
      },

      'GPUDevice.createCommandEncoder': (_, proceed: () => GPUCommandEncoder) => {
        const encoder = proceed();
        this.#encoders.set(encoder, []);
        return encoder;
      },
      'GPUCommandEncoder.beginComputePass': (
        self: GPUCommandEncoder,
        proceed: () => GPUComputePassEncoder,
        descriptor?: GPUComputePassDescriptor,
      ) => {
        if (descriptor?.timestampWrites) this.#refuse('it writes timestamps');
        const pass = proceed();
        this.#passes.set(pass, { commands: this.#encoders.get(self)!, pipeline: null, bindings: null });
        return pass;
      },
      'GPUCommandEncoder.copyBufferToBuffer': (self: GPUCommandEncoder, proceed: () => void, ...args: unknown[]) => {
        // The short signature: source, destination, size.
        const [source, sourceOffset, destination, destinationOffset, size] = (
          args[1] instanceof GPUBuffer ? [args[0], 0, args[1], 0, args[2]] : args
        ) as [GPUBuffer, number, GPUBuffer, number, number | undefined];
        this.#encoders.get(self)!.push({
          type: 'copy',
          source: this.#buffer(source).id,
          sourceOffset,
          destination: this.#buffer(destination).id,
          destinationOffset,
          size: size ?? source.size - sourceOffset,
        });
        return proceed();
      },
      'GPUCommandEncoder.clearBuffer': (
        self: GPUCommandEncoder,
        proceed: () => void,
        buffer: GPUBuffer,
        offset = 0,
        size?: number,
      ) => {
        const cleared = { buffer: this.#buffer(buffer).id, offset, size: size ?? buffer.size - offset };
        this.#encoders.get(self)!.push({ type: 'clear', ...cleared });
        return proceed();
      },
      'GPUCommandEncoder.finish': (self: GPUCommandEncoder, proceed: () => GPUCommandBuffer) => {
        const finished = proceed();
        this.#encoders.set(finished, this.#encoders.get(self)!);
        return finished;
      },
      'GPUComputePassEncoder.setPipeline': (
        self: GPUComputePassEncoder,
        proceed: () => void,
        made: GPUComputePipeline,
      ) => {
        this.#passes.get(self)!.pipeline = this.#id(made);
        return proceed();
      },
      'GPUComputePassEncoder.setBindGroup': (
        self: GPUComputePassEncoder,
        proceed: () => void,
        index: number,
        group: GPUBindGroup | null,
        dynamicOffsets?: Iterable<number>,
      ) => {
        if (index !== 0) this.#refuse('a kernel has several bind groups');
        if ([...(dynamicOffsets ?? [])].length > 0) this.#refuse('a kernel binds a buffer at a dynamic offset');
        this.#passes.get(self)!.bindings = group && this.#bindings.get(group)!;
        return proceed();
      },
      'GPUComputePassEncoder.dispatchWorkgroups': (
        self: GPUComputePassEncoder,
        proceed: () => void,
        x: number,
        y = 1,
        z = 1,
      ) => {
        const { commands, pipeline: made, bindings } = this.#passes.get(self)!;
        if (made === null || !bindings) this.#refuse('a kernel runs without pipeline or bind group');
        commands.push({ type: 'dispatch', pipeline: made, bindings, workgroups: [x, y, z] });
        return this.#idle ? undefined : proceed();
      },
      'GPUComputePassEncoder.end': (_, proceed: () => void) => proceed(),
      'GPUQueue.submit': (_, proceed: () => void, buffers: Iterable<GPUCommandBuffer>) => {
        for (const each of buffers) for (const command of this.#encoders.get(each)!) this.#push(command);
        return proceed();
      },
    };
  }
}

function selectBytes(data: ArrayBuffer | ArrayBufferView, offset: number, size?: number): Uint8Array {
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  // Offset and size are in elements for typed arrays, in bytes otherwise.
  const unit = (data as Partial<Float32Array>).BYTES_PER_ELEMENT ?? 1;
  return bytes.subarray(offset * unit, size === undefined ? undefined : (offset + size) * unit);
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

/**
 * Loads a model into ONNX Runtime and records a run for each batch size.
 * @param urls of ONNX Runtime's ES module (with its WebAssembly next to it) and of the model
 * @param largestBatch sizes from 1 to this are recorded
 * @throws {Error} if the model, or how ONNX Runtime runs it, is not supported
 */
export async function recordModel(urls: OnnxRuntimeUrls, largestBatch: number): Promise<Recording> {
  const device = await requestPlainDevice();
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  const recorder = new Recorder(device);
  const model = await loadModel(urls, device);

  // The first runs prepare weights and caches for later ones.
  for (const batch of [1, 1, 2, 2]) await model.run(goldenInput(batch * model.inputLength, batch));
  const read = await recorder.readBuffers();
  recorder.skipKernels();
  const runs: RecordedRun[] = [];
  for (let batch = 1; batch <= largestBatch; batch++) {
    const images = goldenInput(batch * model.inputLength, batch);
    await model.run(images);
    recorder.start(images);
    await model.run(images);
    runs.push({ batch, commands: recorder.stop() });
  }
  if (errors.length > 0) throw new Error(`WebGPU reported an error while recording: ${errors[0]}`);
  const { inputLength, outputs } = model;
  const { shaders, pipelines } = recorder;
  return { inputLength, outputs, shaders, pipelines, buffers: recorder.completeBuffers(read), runs };
}
