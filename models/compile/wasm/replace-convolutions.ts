/**
 * Step 4: lets functions of our own compute the convolutions that were found, with the same bits, in less time.
 *
 * What they need lies in memory above what a run touches: the filters in another order, where the numbers lie that a
 * filter meets, and room for inputs with a border of zeros. ONNX Runtime calls them as it called its own, so that all that
 * is around them stays as it was.
 */
import { permute } from '../../../src/inference/weights.js';
import { concat, unsigned } from './binary.js';
import type { Snapshot } from './capture.js';
import { convolveKernel, FILTER_GROUP, padKernel, TILE_COLUMNS, type Kernel } from './convolution-kernel.js';
import { paddedPlane, taps } from './convolution.js';
import { dispatch, type Convolution } from './find-convolutions.js';
import { changeFunctions, functionCount, type FunctionDefinition } from './functions.js';
import { Parameter, signature } from './mlas-conv.js';
import { callWith, I32, i32Const, op } from './opcodes.js';

const FLOAT = 4;
/** Addresses of what is added begin at multiples of this power of two: a line of the processor's cache. */
const ALIGNMENT = 64;

/** What puts a value on the stack. */
type Instructions = readonly number[];

/** Whether the kernels can compute a convolution. */
export function isReplaceable({ filters, output }: Convolution): boolean {
  return filters % FILTER_GROUP === 0 && output[1] >= TILE_COLUMNS;
}

/**
 * The snapshot with faster functions, and no other answers.
 * @param free the first address that no run touches, nor any after it
 */
export function replaceConvolutions(snapshot: Snapshot, convolutions: readonly Convolution[], free: number): Snapshot {
  const replaced = convolutions.filter(isReplaceable);
  if (replaced.length === 0) return snapshot;
  const memory = new Memory(snapshot.memory.slice(0, free));
  const functions = new Functions(functionCount(snapshot.module));
  const cases = replaced.map((convolution) => ({
    function: convolution.function,
    filter: convolution.filter,
    instructions: compute(convolution, memory, functions),
  }));
  const module = changeFunctions(
    snapshot.module,
    (index, body) => {
      const own = cases.filter((one) => one.function === index);
      if (own.length === 0) return body;
      const original = functions.add({ type: signature, body });
      return dispatch(own, callWith(signature.parameters.length, original));
    },
    () => functions.definitions,
  );
  return { ...snapshot, module, memory: memory.bytes() };
}

/** Calls what computes a convolution, from a function with MlasConv's parameters. */
function compute(convolution: Convolution, memory: Memory, functions: Functions): number[] {
  const { channels, filters, input, output, padding, strides, partial, relu } = convolution;
  const [rows, columns] = paddedPlane(convolution);
  const weights = groupFilters(convolution.filterValues, filters);
  const weightsAddress = memory.add(weights);
  const places = Int32Array.from(taps(convolution), (tap) => FLOAT * tap);
  const placesAddress = memory.add(places);
  const given = [op.localGet, Parameter.input];
  const hasBorder = rows !== input[0] || columns !== input[1];
  const border = hasBorder ? memory.add(new Float32Array(channels * rows * columns)) : null;
  const pad = () =>
    functions.call(padKernel(), {
      input: given,
      output: i32Const(border! + FLOAT * (padding[0] * columns + padding[1])),
      channels: i32Const(channels),
      rows: i32Const(input[0]),
      row: i32Const(FLOAT * input[1]),
      rowGap: i32Const(FLOAT * (columns - input[1])),
      channelGap: i32Const(FLOAT * (rows - input[0]) * columns),
    });
  return [
    ...(border === null ? [] : pad()),
    ...functions.call(convolveKernel(strides[1], relu), {
      input: border === null ? given : i32Const(border),
      output: [op.localGet, Parameter.output],
      weights: i32Const(weightsAddress),
      weightsEnd: i32Const(weightsAddress + weights.byteLength),
      // Nothing is added where nothing is to be: a sum that began at +0 is never -0.
      bias: i32Const(convolution.bias || memory.add(new Float32Array(filters))),
      taps: i32Const(placesAddress),
      tapsEnd: i32Const(placesAddress + places.byteLength),
      partial: i32Const(FLOAT * partial),
      rowStep: i32Const(FLOAT * strides[0] * columns),
      lastTile: i32Const(FLOAT * (output[1] - TILE_COLUMNS)),
      rows: i32Const(output[0]),
      plane: i32Const(FLOAT * output[0] * output[1]),
    }),
  ];
}

/** `[filters, depth]` as `[filters / 16, depth, 16]`. */
function groupFilters(values: Float32Array, filters: number): Float32Array {
  return permute(values, [filters / FILTER_GROUP, FILTER_GROUP, values.length / filters], [0, 2, 1]);
}

/** The functions that are added to a module. */
class Functions {
  readonly definitions: FunctionDefinition[] = [];
  readonly #first: number;
  readonly #kernels = new Map<string, number>();

  constructor(first: number) {
    this.#first = first;
  }

  /** Adds a function; returns its number. */
  add(definition: FunctionDefinition): number {
    return this.#first + this.definitions.push(definition) - 1;
  }

  /** Calls a kernel, which is added where it is not there yet. */
  call<Name extends string>({ name, parameters, body }: Kernel<Name>, values: Record<Name, Instructions>): number[] {
    const index =
      this.#kernels.get(name) ?? this.add({ type: { parameters: parameters.map(() => I32), results: [] }, body });
    this.#kernels.set(name, index);
    return [...parameters.flatMap((parameter) => [...values[parameter]]), op.call, ...unsigned(index)];
  }
}

/** Memory that grows by what is added. */
class Memory {
  readonly #parts: Uint8Array[];
  #top: number;

  /** @param bytes what is there already */
  constructor(bytes: Uint8Array) {
    this.#parts = [bytes];
    this.#top = bytes.length;
  }

  /** Puts values above all others; returns their address. */
  add(values: Float32Array | Int32Array): number {
    this.#align();
    const address = this.#top;
    this.#push(new Uint8Array(values.buffer));
    return address;
  }

  bytes(): Uint8Array {
    this.#align();
    return concat(this.#parts);
  }

  #align(): void {
    this.#push(new Uint8Array(-this.#top & (ALIGNMENT - 1)));
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#top += bytes.length;
  }
}
