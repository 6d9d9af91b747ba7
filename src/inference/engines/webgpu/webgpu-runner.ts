import {
  bufferCapacity,
  bufferUsage,
  evaluate,
  expandTensor,
  isInOrder,
  mapMode,
  permute,
  type Binding,
  type Constant,
  type WebGpuProgram,
} from '../../../model/index.js';
import { InferenceError } from '../../inference-error.js';
import type { Outputs } from '../engine.js';
import { decodeBase64 } from '../decode-base64.js';

/**
 * Runs a program on `count` images, and reads back the requested outputs. Calls may overlap: each submits all its GPU
 * work before it returns, so runs can safely share buffers. They are answered in order.
 * @throws whatever the device rejects
 */
export type ProgramRunner = (images: Float32Array, count: number, requested: readonly string[]) => Promise<Outputs>;

/** Offset alignment of buffer bindings that every device supports: https://www.w3.org/TR/webgpu/#limits. */
const ALIGNMENT = 256;

/**
 * Compiles a program's kernels and uploads its constants.
 * @param weights the file that holds the program's tensors
 * @throws {InferenceError} `model` if the device rejects the program
 */
export async function prepareRunner(
  device: GPUDevice,
  program: WebGpuProgram,
  weights: ArrayBuffer,
): Promise<ProgramRunner> {
  const { constants, temporaries, input, outputs, largestBatch, steps } = program;
  const { queue } = device;
  const createBuffer = (size: number, usage: number, mappedAtCreation = false): GPUBuffer =>
    device.createBuffer({ size, usage, mappedAtCreation });
  const uniforms = steps.flatMap(({ bindings }) =>
    bindings.flatMap((bound) => ('uniforms' in bound ? [bound.uniforms] : [])),
  );
  const constantLayout = layOut(constants.map(({ bytes }) => bytes));
  const uniformLayout = layOut(uniforms.map(({ length }) => 4 * length));
  let constantBuffer: GPUBuffer;
  let uniformBuffer: GPUBuffer;
  let temporaryBuffers: GPUBuffer[] = [];
  let bindGroups: GPUBindGroup[];
  /** The number of images that there are buffers for, and that the uniforms are written for. */
  let capacity = 0;
  let prepared = 0;
  /** Free staging buffers, by output name. */
  const staging: Record<string, GPUBuffer[]> = {};

  let compiling!: Promise<GPUComputePipeline[]>;
  const checked = check(device, () => {
    compiling = Promise.all(
      program.pipelines.map(({ code, entryPoint, overrides }) => {
        const compute = { module: device.createShaderModule({ code }), entryPoint, constants: overrides };
        return device.createComputePipelineAsync({ layout: 'auto', compute });
      }),
    );
    constantBuffer = createBuffer(constantLayout.length, bufferUsage.storage, true);
    const range = constantBuffer.getMappedRange();
    constants.forEach((constant, index) => {
      fill(new Uint8Array(range, constantLayout.offsets[index], constant.bytes), constant, weights);
    });
    constantBuffer.unmap();
    uniformBuffer = createBuffer(uniformLayout.length, bufferUsage.uniform | bufferUsage.copyTarget);
  });
  const [pipelines] = await Promise.all([compiling, checked]);

  /** Creates buffers for more images; in-flight runs keep theirs. */
  const grow = (count: number): void => {
    capacity = bufferCapacity(count);
    const usage = bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget;
    for (const buffer of temporaryBuffers) buffer.destroy();
    temporaryBuffers = temporaries.map((bytes) => createBuffer(bytes * capacity, usage));
    let uniform = 0;
    const resource = (bound: Binding): GPUBufferBinding => {
      if ('temporary' in bound) return { buffer: temporaryBuffers[bound.temporary] };
      if ('uniforms' in bound) {
        return { buffer: uniformBuffer, offset: uniformLayout.offsets[uniform++], size: 4 * bound.uniforms.length };
      }
      const { constant } = bound;
      return { buffer: constantBuffer, offset: constantLayout.offsets[constant], size: constants[constant].bytes };
    };
    bindGroups = steps.map(({ pipeline, bindings }) =>
      device.createBindGroup({
        layout: pipelines[pipeline].getBindGroupLayout(0),
        entries: bindings.map((bound) => ({ binding: bound.binding, resource: resource(bound) })),
      }),
    );
  };

  const writeUniforms = (count: number): void => {
    prepared = count;
    const words = new Uint32Array(uniformLayout.length / 4);
    uniforms.forEach((sizes, index) => {
      const values = sizes.map((size) => evaluate(size, count));
      words.set(values, uniformLayout.offsets[index] / 4);
    });
    queue.writeBuffer(uniformBuffer, 0, words);
  };

  await check(device, () => grow(1));

  /** Settles when the last run that was started has its answer. */
  let last: Promise<unknown> = Promise.resolve();

  return async (images, count, requested) => {
    const reads = requested
      .filter((name) => name in outputs)
      .map((name) => ({ name, ...outputs[name], bytes: 4 * outputs[name].length * count }));
    let buffers!: GPUBuffer[];
    let mapped!: Promise<unknown>;
    const valid = check(device, () => {
      if (count > capacity) grow(count);
      if (count !== prepared) writeUniforms(count);
      buffers = reads.map(
        ({ name, length }) =>
          staging[name]?.pop() ?? createBuffer(4 * length * largestBatch, bufferUsage.mapRead | bufferUsage.copyTarget),
      );
      queue.writeBuffer(temporaryBuffers[input], 0, images);
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      steps.forEach(({ pipeline, workgroups: [x, y, z] }, index) => {
        pass.setPipeline(pipelines[pipeline]);
        pass.setBindGroup(0, bindGroups[index]);
        pass.dispatchWorkgroups(evaluate(x, count), evaluate(y, count), evaluate(z, count));
      });
      pass.end();
      reads.forEach(({ temporary, bytes }, index) => {
        encoder.copyBufferToBuffer(temporaryBuffers[temporary], 0, buffers[index], 0, bytes);
      });
      queue.submit([encoder.finish()]);
      mapped = Promise.all(reads.map(({ bytes }, index) => buffers[index].mapAsync(mapMode.read, 0, bytes)));
    });
    // WebGPU does not guarantee the order in which buffers are mapped: https://www.w3.org/TR/webgpu/#promise-ordering.
    last = Promise.all([last, mapped, valid]).then(() => {});
    await last;
    const answers = reads.map(({ name, bytes }, index) => {
      const buffer = buffers[index];
      const values = new Float32Array(buffer.getMappedRange(0, bytes)).slice();
      buffer.unmap();
      (staging[name] ??= []).push(buffer);
      return [name, values];
    });
    return Object.fromEntries(answers) as Outputs;
  };
}

/** Performs a synchronous action on the device; rejects if the device reports an error. */
async function check(device: GPUDevice, action: () => void): Promise<void> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  let errors: Promise<GPUError | null>[];
  try {
    action();
  } finally {
    errors = [device.popErrorScope(), device.popErrorScope()];
  }
  for (const error of await Promise.all(errors)) if (error) throw new InferenceError('model', error.message);
}

/** Lays out parts in a single buffer. */
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
    target.set(decodeBase64(constant.base64));
    return;
  }
  const { tensor, order } = constant;
  const values = expandTensor(weights, tensor);
  const ordered = isInOrder(order) ? values : permute(values, tensor.shape, order);
  target.set(new Uint8Array(ordered.buffer));
}
