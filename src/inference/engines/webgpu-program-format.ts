import { InferenceError } from '../inference-error.js';
import type { StoredTensor } from '../weights.js';

/** A whole number that may depend on the number n of pictures: floor((scale * n + offset) / divisor). */
export type Size = number | readonly [scale: number, offset: number, divisor: number];

/** What a kernel finds at `@group(0) @binding(binding)`. */
export type Binding = { readonly binding: number } & (
  | { readonly constant: number }
  | { readonly temporary: number }
  /** The 32-bit words of a uniform buffer. */
  | { readonly uniforms: readonly Size[] }
);

/** A buffer that never changes; its end, where nothing fills it, is zero. */
export type Constant = { readonly bytes: number } & (
  | { readonly base64: string }
  /** A tensor of the weights file as 32-bit floats, its axes in this order. */
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

/** A model as kernels for WebGPU that run one after the other. */
export interface WebGpuProgram {
  readonly format: 1;
  /** Values of one picture, and of its answer. */
  readonly inputLength: number;
  readonly outputLength: number;
  /** How many pictures one run can take. */
  readonly largestBatch: number;
  readonly pipelines: readonly Pipeline[];
  readonly constants: readonly Constant[];
  /** Buffers that a run writes before it reads them, in bytes for each picture. */
  readonly temporaries: readonly number[];
  /** The temporary that takes the pictures, and the one that holds the answers in the end. */
  readonly input: number;
  readonly output: number;
  readonly steps: readonly {
    readonly pipeline: number;
    readonly workgroups: readonly [Size, Size, Size];
    readonly bindings: readonly Binding[];
  }[];
}

/** The number for a run of `count` pictures. */
export function evaluate(size: Size, count: number): number {
  return typeof size === 'number' ? size : Math.floor((size[0] * count + size[1]) / size[2]);
}

/** For how many pictures to make buffers when `count` are to be read: by doubling, they seldom have to grow. */
export function bufferCapacity(count: number): number {
  return Math.max(2, 2 ** Math.ceil(Math.log2(count)));
}

/** What every device can bind, in bytes, and dispatch in a dimension: https://www.w3.org/TR/webgpu/#limits. */
const MOST_BYTES = 2 ** 27;
const MOST_WORKGROUPS = 2 ** 16 - 1;
const LARGEST_WORD = 2 ** 32 - 1;

/** Throws where the value that stands at `place` is not as it must be. */
type Check = (value: unknown, place: string) => void;

/**
 * Reads the text of a program and trusts nothing in it: what comes back has the form that its type promises, and its
 * indices and sizes are in range.
 * @throws {InferenceError} `model`, naming the place that is wrong
 */
export function readWebGpuProgram(json: string): WebGpuProgram {
  let program: WebGpuProgram;
  try {
    program = JSON.parse(json) as WebGpuProgram;
  } catch (cause) {
    throw broken('text', cause);
  }
  const length = integer(1, MOST_BYTES / 4);
  object({ format: integer(1, 1), inputLength: length, outputLength: length, largestBatch: integer(1, 1024) })(
    program,
    'program',
  );
  const { inputLength, outputLength, largestBatch } = program;
  const bytes = integer(4, MOST_BYTES, 4);
  const tensor = object({ tensor: object({ offset: integer(0, LARGEST_WORD), shape: list(integer(1, MOST_BYTES)) }) });
  object({
    pipelines: list(object({ code: text, entryPoint: text, overrides: object({}) })),
    constants: list((each, place) => {
      object({ bytes })(each, place);
      either({ base64: text, order: list(integer(0, 7)) })(each, place);
      if (!Object.hasOwn(each as Constant, 'base64')) tensor(each, place);
    }),
    temporaries: list(integer(4, MOST_BYTES / bufferCapacity(largestBatch), 4)),
  })(program, 'program');
  const { pipelines, constants, temporaries } = program;
  const workgroups: Check = (value, place) => {
    size(value, place);
    for (const count of [1, largestBatch]) integer(1, MOST_WORKGROUPS)(evaluate(value as Size, count), place);
  };
  const holds =
    (values: number): Check =>
    (index, place) => {
      indexOf(temporaries)(index, place);
      integer(4 * values, MOST_BYTES)(temporaries[index as number], place);
    };
  object({
    input: holds(inputLength),
    output: holds(outputLength),
    steps: list(
      object({
        pipeline: indexOf(pipelines),
        workgroups: object({ 0: workgroups, 1: workgroups, 2: workgroups }),
        bindings: list((each, place) => {
          object({ binding: integer(0, 999) })(each, place);
          either({ constant: indexOf(constants), temporary: indexOf(temporaries), uniforms: list(size) })(each, place);
        }),
      }),
    ),
  })(program, 'program');
  return program;
}

function broken(place: string, cause?: unknown): InferenceError {
  return new InferenceError(
    'model',
    `The WebGPU program is broken (${place}). Put the published file there unchanged.`,
    {
      cause,
    },
  );
}

function text(value: unknown, place: string): void {
  if (typeof value !== 'string') throw broken(place);
}

function integer(least: number, most: number, multiple = 1): Check {
  return (value, place) => {
    const inRange = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    if (!inRange || (value as number) % multiple !== 0) throw broken(place);
  };
}

function indexOf({ length }: readonly unknown[]): Check {
  return integer(0, length - 1);
}

function list(item: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value) || value.length === 0) throw broken(place);
    value.forEach((each, index) => item(each, `${place}[${index}]`));
  };
}

function object(fields: Record<string, Check>): Check {
  return (value, place) => {
    if (typeof value !== 'object' || value === null) throw broken(place);
    for (const name of Object.keys(fields)) {
      fields[name]((value as Record<string, unknown>)[name], `${place}.${name}`);
    }
  };
}

/** An object that has at least one of the fields; the first that it has counts. */
function either(fields: Record<string, Check>): Check {
  return (value, place) => {
    const name = Object.keys(fields).find((each) => Object.hasOwn(value as object, each));
    if (name === undefined) throw broken(place);
    object({ [name]: fields[name] })(value, place);
  };
}

const size: Check = (value, place) => {
  const word = integer(-LARGEST_WORD, LARGEST_WORD);
  if (!Array.isArray(value)) word(value, place);
  else object({ 0: word, 1: word, 2: integer(1, LARGEST_WORD) })(value, place);
};
