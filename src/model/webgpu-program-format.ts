import type { StoredTensor } from './weights.js';

/** Incremented when older programs can no longer be run. */
export const WEBGPU_PROGRAM_VERSION = 2;

/** An integer that may depend on the number n of images: floor((scale * n + offset) / divisor). */
export type Size = number | readonly [scale: number, offset: number, divisor: number];

/** The resource of a kernel at `@group(0) @binding(binding)`. */
export type Binding = { readonly binding: number } & (
  | { readonly constant: number }
  | { readonly temporary: number }
  /** The 32-bit words of a uniform buffer. */
  | { readonly uniforms: readonly Size[] }
);

/** A constant buffer, padded with zeros. */
export type Constant = { readonly bytes: number } & (
  | { readonly base64: string }
  /** A tensor of the weights file as 32-bit floats, with its axes in this order. */
  | { readonly tensor: StoredTensor; readonly order: readonly number[] }
);

/** A kernel. */
export interface Pipeline {
  /** WGSL. */
  readonly code: string;
  readonly entryPoint: string;
  /** Values of the `override` declarations. */
  readonly overrides: Readonly<Record<string, number>>;
}

/** A model as a sequence of WebGPU kernels. */
export interface WebGpuProgram {
  readonly version: typeof WEBGPU_PROGRAM_VERSION;
  /** Number of values of one image. */
  readonly inputLength: number;
  /** Most images in one run. */
  readonly largestBatch: number;
  readonly pipelines: readonly Pipeline[];
  readonly constants: readonly Constant[];
  /** Sizes of buffers that a run writes before it reads them, in bytes per image. */
  readonly temporaries: readonly number[];
  /** The temporary that holds the images. */
  readonly input: number;
  /** By the model's names for them: number of values per image, and the temporary that finally holds them. */
  readonly outputs: Readonly<Record<string, { readonly length: number; readonly temporary: number }>>;
  readonly steps: readonly {
    readonly pipeline: number;
    readonly workgroups: readonly [Size, Size, Size];
    readonly bindings: readonly Binding[];
  }[];
}

/** Evaluates a size for a run of `count` images. */
export function evaluate(size: Size, count: number): number {
  return typeof size === 'number' ? size : Math.floor((size[0] * count + size[1]) / size[2]);
}

/** Returns for how many images to create buffers when `count` are run: doubling means that they seldom grow. */
export function bufferCapacity(count: number): number {
  return Math.max(2, 2 ** Math.ceil(Math.log2(count)));
}

/**
 * Binding size in bytes and workgroups per dimension that every device supports: https://www.w3.org/TR/webgpu/#limits.
 */
const MAX_BYTES = 2 ** 27;
const MAX_WORKGROUPS = 2 ** 16 - 1;
const LARGEST_WORD = 2 ** 32 - 1;
const MAX_PROGRAM_BATCH = 1024;

/**
 * Parses a program and validates its references and sizes, which must be within every device's limits. WebGPU itself
 * validates the rest, such as the WGSL.
 * @throws {TypeError} naming the invalid part
 */
export function readWebGpuProgram(json: string): WebGpuProgram {
  let fault: string | undefined = 'text';
  let cause: unknown;
  try {
    const program = JSON.parse(json) as WebGpuProgram;
    fault = findFault(program);
    if (!fault) return program;
  } catch (error) {
    cause = error;
  }
  const message = `The WebGPU program is broken (${fault}). Put the published file there unchanged.`;
  throw new TypeError(message, { cause });
}

/** Returns the invalid part, if any. Also throws if something is not even a list or an object. */
function findFault(program: WebGpuProgram): string | undefined {
  const { version, inputLength, largestBatch, pipelines, constants, temporaries, input, outputs } = program;
  const isCount = (size: Size) => [1, largestBatch].every((n) => isWithin(evaluate(size, n), 1, MAX_WORKGROUPS));
  const isBinding = (bound: Binding) => {
    if ('constant' in bound) return bound.constant in constants;
    return 'temporary' in bound ? bound.temporary in temporaries : bound.uniforms.every(isSize);
  };
  const parts = {
    version: version === WEBGPU_PROGRAM_VERSION,
    largestBatch: isWithin(largestBatch, 1, MAX_PROGRAM_BATCH),
    pipelines: pipelines.every(({ code }) => typeof code === 'string'),
    constants: constants.every(isConstant),
    temporaries: temporaries.every((bytes) => isBytes(bytes) && bytes * bufferCapacity(largestBatch) <= MAX_BYTES),
    input: isWithin(4 * inputLength, 4, temporaries[input]),
    outputs: Object.values(outputs).every(({ length, temporary }) => isWithin(4 * length, 4, temporaries[temporary])),
    steps: program.steps.every(
      ({ pipeline, workgroups, bindings }) =>
        pipeline in pipelines &&
        [0, 1, 2].every((axis) => isSize(workgroups[axis]) && isCount(workgroups[axis])) &&
        bindings.every(isBinding),
    ),
  };
  return Object.entries(parts).find(([, holds]) => !holds)?.[0];
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isBytes(value: number): boolean {
  return isWithin(value, 4, MAX_BYTES) && value % 4 === 0;
}

function isSize(size: Size): boolean {
  const [scale, offset, divisor] = typeof size === 'number' ? [0, size, 1] : size;
  return (
    [scale, offset].every((word) => isWithin(word, -LARGEST_WORD, LARGEST_WORD)) && isWithin(divisor, 1, LARGEST_WORD)
  );
}

function isConstant(constant: Constant): boolean {
  if (!isBytes(constant.bytes)) return false;
  if ('base64' in constant) return typeof constant.base64 === 'string';
  const { tensor, order } = constant;
  return (
    tensor.shape.every((size) => isWithin(size, 1, MAX_BYTES)) &&
    tensor.shape.every((_, axis) => order.includes(axis)) &&
    order.length === tensor.shape.length
  );
}
