/**
 * How ONNX Runtime computes a convolution: by a call of
 * `MlasConv(parameters, input, filter, bias, working buffer, output, threads)`, declared in its `mlas.h`. Nobody has to
 * believe that it is so: `find-convolutions.ts` takes a call for a convolution only where it computes what one would.
 */
import { depth, paddedPlane, type ConvolutionShape, type Plane } from './convolution.js';
import type { FunctionType } from './functions.js';
import { I32 } from './opcodes.js';

const PARAMETERS = 7;

/** Which parameter is which. All are addresses. */
export const Parameter = { description: 0, input: 1, filter: 2, bias: 3, output: 5 } as const;

/** The type of MlasConv. */
export const signature: FunctionType = { parameters: Array.from({ length: PARAMETERS }, () => I32), results: [] };

/** Where MLAS_CONV_PARAMETERS has what, in words of 4 bytes. */
const Word = {
  activation: 0,
  dimensions: 1,
  batch: 2,
  groups: 3,
  channels: 4,
  channelsLast: 5,
  input: 6,
  kernel: 9,
  dilations: 12,
  padding: 15,
  paddingAfter: 17,
  strides: 21,
  filters: 24,
  output: 25,
  inputLength: 28,
  outputLength: 29,
  depth: 30,
  beta: 31,
} as const;

/** How many words of MLAS_CONV_PARAMETERS are looked at. */
export const DESCRIPTION_WORDS = 32;

/** Values of MLAS_ACTIVATION_KIND. */
const IDENTITY = 0;
const RELU = 1;

/** A call that may be a convolution. */
export interface ConvolutionCall extends ConvolutionShape {
  /** Number of the function that is called. */
  readonly function: number;
  /** Address of `[filters, channels, ...kernel]`. */
  readonly filter: number;
  /** Address of a number for each filter, or 0. */
  readonly bias: number;
}

/**
 * Reads a call.
 * @param called number of the function
 * @param given its parameters
 * @param words what lies at the first of them
 * @param memory as it is before or after the run; the activation is read from it
 * @returns null where this is no call for one picture, one group and ReLU or no activation, or does not fit together
 */
export function readCall(
  called: number,
  given: readonly number[],
  words: readonly number[],
  memory: DataView,
): ConvolutionCall | null {
  const plane = (word: number): Plane => [words[word], words[word + 1]];
  const activation = words[Word.activation];
  const kind = activation <= memory.byteLength - 4 ? memory.getUint32(activation, true) : null;
  const call: ConvolutionCall = {
    function: called,
    filter: given[Parameter.filter],
    bias: given[Parameter.bias],
    channels: words[Word.channels],
    filters: words[Word.filters],
    input: plane(Word.input),
    output: plane(Word.output),
    kernel: plane(Word.kernel),
    dilations: plane(Word.dilations),
    strides: plane(Word.strides),
    padding: plane(Word.padding),
    paddingAfter: plane(Word.paddingAfter),
    relu: kind === RELU,
  };
  const { input, output, kernel, dilations, strides } = call;
  const isKnown =
    (kind === IDENTITY || kind === RELU) &&
    words[Word.dimensions] === 2 &&
    words[Word.batch] === 1 &&
    words[Word.groups] === 1 &&
    words[Word.channelsLast] === 0 &&
    words[Word.beta] === 0;
  const fits =
    words[Word.inputLength] === input[0] * input[1] &&
    words[Word.outputLength] === output[0] * output[1] &&
    words[Word.depth] === depth(call) &&
    paddedPlane(call).every((size, axis) => {
      const steps = Math.floor((size - dilations[axis] * (kernel[axis] - 1) - 1) / strides[axis]);
      return steps >= 0 && output[axis] === steps + 1;
    });
  const liesInMemory = [
    [Parameter.input, call.channels * input[0] * input[1]],
    [Parameter.filter, call.filters * depth(call)],
    [Parameter.output, call.filters * output[0] * output[1]],
  ].every(([parameter, length]) => given[parameter] > 0 && given[parameter] + 4 * length <= memory.byteLength);
  return isKnown && fits && liesInMemory ? call : null;
}
