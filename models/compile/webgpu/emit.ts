/** Serializes a program, with references to the weights in the model's file. Pure functions. */
import type { Constant, WebGpuProgram } from '../../../src/model/webgpu-program-format.js';
import { isInOrder, permute } from '../../../src/model/weights.js';
import type { GoldenAnswer } from '../../../src/model/golden-input.js';
import { stored, type Weights, type WeightTensor } from '../weights.js';
import type { NormalizedProgram } from './normalize.js';

/** Replaces constants by references to their tensors, possibly with permuted axes and zero padding. */
export function connectWeights(program: NormalizedProgram, { tensors }: Weights): WebGpuProgram {
  return { ...program, constants: program.constants.map((base64) => connect(base64, tensors)) };
}

/** Returns the bytes of the program file, with golden answers if given. */
export function emit(program: WebGpuProgram & { golden?: readonly GoldenAnswer[] }): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(program));
}

function connect(base64: string, tensors: readonly WeightTensor[]): Constant {
  const contents = Uint8Array.from(Buffer.from(base64, 'base64'));
  const words = new Uint32Array(contents.buffer);
  const bytes = contents.length;
  for (const tensor of tensors) {
    const { shape, values } = tensor;
    const rest = words.subarray(values.length);
    if (values.length > words.length || rest.length > values.length || rest.some((word) => word !== 0)) continue;
    for (const order of orders(shape)) {
      const laidOut = isInOrder(order) ? values : permute(values, shape, order);
      if (!startsWith(words, new Uint32Array(laidOut.buffer, laidOut.byteOffset, laidOut.length))) continue;
      return { bytes, tensor: stored(tensor), order };
    }
  }
  // Trailing zeros are omitted.
  const end = words.findLastIndex((word) => word !== 0) + 1;
  return { bytes, base64: Buffer.from(contents.subarray(0, 4 * end)).toString('base64') };
}

function startsWith(words: Uint32Array, start: Uint32Array): boolean {
  return start.every((word, index) => word === words[index]);
}

/** Returns all permutations of a tensor's axes, the stored one first. */
function orders(shape: readonly number[]): number[][] {
  const permutations = (axes: readonly number[]): number[][] =>
    axes.length === 0
      ? [[]]
      : axes.flatMap((axis) => permutations(axes.filter((other) => other !== axis)).map((rest) => [axis, ...rest]));
  return permutations(shape.map((_, axis) => axis));
}
