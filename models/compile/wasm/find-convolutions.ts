/**
 * Step 3: finds the convolutions of a run and learns what exactly each computes, down to the order in which it adds.
 *
 * Calls that look like ONNX Runtime's for a convolution are watched in two runs: what they are given, then what they read
 * and write. A convolution counts as found only where calculating it here gives, bit for bit, what ONNX Runtime wrote;
 * the others are left alone.
 */
import { unsigned } from './binary.js';
import type { Snapshot } from './capture.js';
import { convolve, depth, type ConvolutionShape } from './convolution.js';
import { functionCount, functionTypes, isSameType, prepend } from './functions.js';
import { DESCRIPTION_WORDS, Parameter, readCall, signature, type ConvolutionCall } from './mlas-conv.js';
import { callWith, I32, i32Const, op } from './opcodes.js';
import { runWatched } from './run-watched.js';

/** A convolution that a run computes, by one function, with weights that stay where they are. */
export interface Convolution extends ConvolutionCall {
  /** `[filters, channels, ...kernel]` */
  readonly filterValues: Float32Array;
  /** So many products are summed one after the other, beginning at 0; these sums are added in their order. */
  readonly partial: number;
}

const WORD = 4;
const PARAMETERS = signature.parameters.length;
/** A note of a call, in words: the function, its parameters, and what lies at the first of these. */
const NOTE_WORDS = 1 + PARAMETERS + DESCRIPTION_WORDS;
/** What a long run computes after so many calls is not looked at. */
const MOST_NOTES = 4096;
/** Runtimes sum matrix products in parts that are powers of two, for the processor's cache; or in one. */
const partialSums = [32, 64, 128, 256, 512, 1024];

/** The convolutions of a run. No two have the same filter, by which they are told apart. */
export function findConvolutions(snapshot: Snapshot, input: Float32Array): Convolution[] {
  const calls = watchCalls(snapshot, input);
  const distinct = calls.filter(({ filter }) => calls.filter((other) => other.filter === filter).length === 1);
  return watchValues(snapshot, input, distinct).flatMap(({ call, given, answer }) => {
    const values = (address: number, length: number) => floats(snapshot.memory, address, length);
    const filterValues = values(call.filter, call.filters * depth(call));
    const bias = call.bias ? values(call.bias, call.filters) : null;
    const lengths = [...partialSums.filter((length) => length < depth(call)), depth(call)];
    const partial = lengths.find((length) => {
      const calculated = convolve(call, given, filterValues, bias, length);
      return Buffer.compare(Buffer.from(calculated.buffer), Buffer.from(answer.buffer)) === 0;
    });
    return partial === undefined ? [] : [{ ...call, filterValues, partial }];
  });
}

/** Runs with a note of each call of a function that has MlasConv's type. */
function watchCalls(snapshot: Snapshot, input: Float32Array): ConvolutionCall[] {
  const { module, memory } = snapshot;
  const isWatched = functionTypes(module).map((type) => isSameType(type, signature));
  const hook = functionCount(module);
  const bytes = runWatched(snapshot, input, {
    top: memory.length + WORD * (1 + MOST_NOTES * NOTE_WORDS),
    rewrite: (index, body) =>
      isWatched[index] ? prepend([...i32Const(index), ...callWith(PARAMETERS, hook)], body) : body,
    functions: () => [
      { type: { parameters: [I32, ...signature.parameters], results: [] }, body: noteBody(memory.length) },
    ],
  });
  const view = new DataView(bytes.buffer);
  const words = (address: number, length: number) =>
    Array.from({ length }, (_, index) => view.getUint32(address + WORD * index, true));
  const [count] = words(memory.length, 1);
  return Array.from({ length: Math.min(count, MOST_NOTES) }, (_, index) => {
    const [called, ...rest] = words(memory.length + WORD * (1 + index * NOTE_WORDS), NOTE_WORDS);
    return readCall(called, rest.slice(0, PARAMETERS), rest.slice(PARAMETERS), view);
  }).filter((call) => call !== null);
}

/** `note(function, ...parameters)`: counts at `log`, and after that writes a note where there is room for it. */
function noteBody(log: number): Uint8Array {
  const NOTE = 1 + PARAMETERS;
  const bytes = i32Const(WORD * DESCRIPTION_WORDS);
  const count = [...i32Const(log), op.i32Load, 2, 0];
  const store = (parameter: number) => [
    ...[op.localGet, NOTE, op.localGet, parameter, op.i32Store, 2, ...unsigned(WORD * parameter)],
  ];
  return Uint8Array.from([
    ...[1, 1, I32],
    ...[...count, ...i32Const(MOST_NOTES), op.i32LessUnsigned, op.if, op.noResult],
    ...[
      ...count,
      ...i32Const(WORD * NOTE_WORDS),
      op.i32Multiply,
      ...i32Const(log + WORD),
      op.i32Add,
      op.localSet,
      NOTE,
    ],
    ...Array.from({ length: 1 + PARAMETERS }, (_, parameter) => store(parameter)).flat(),
    // A function of another kind with this type may be given anything.
    ...[op.localGet, 1, ...i32Const(log - WORD * DESCRIPTION_WORDS), op.i32LessUnsigned, op.if, op.noResult],
    ...[op.localGet, NOTE, ...i32Const(WORD * (1 + PARAMETERS)), op.i32Add, op.localGet, 1, ...bytes, ...op.memoryCopy],
    ...[op.end, op.end],
    ...[...i32Const(log), ...count, ...i32Const(1), op.i32Add, op.i32Store, 2, 0, op.end],
  ]);
}

/** Runs with copies of what each call reads and writes. */
function watchValues(snapshot: Snapshot, input: Float32Array, calls: readonly ConvolutionCall[]) {
  const { module, memory } = snapshot;
  let top = memory.length;
  const place = (length: number) => {
    const range = { address: top, length };
    top += WORD * length;
    return range;
  };
  const watched = calls.map((call) => ({ call, given: place(inputLength(call)), answer: place(outputLength(call)) }));
  const firstAdded = functionCount(module);
  const originals: Uint8Array[] = [];
  const bytes = runWatched(snapshot, input, {
    top,
    rewrite: (index, body) => {
      const cases = watched.filter(({ call }) => call.function === index);
      if (cases.length === 0) return body;
      const callOriginal = callWith(PARAMETERS, firstAdded + originals.push(body) - 1);
      const copy = ({ address, length }: { address: number; length: number }, parameter: number) => [
        ...[...i32Const(address), op.localGet, parameter, ...i32Const(WORD * length), ...op.memoryCopy],
      ];
      return dispatch(
        cases.map(({ call, given, answer }) => ({
          filter: call.filter,
          instructions: [...copy(given, Parameter.input), ...callOriginal, ...copy(answer, Parameter.output)],
        })),
        callOriginal,
      );
    },
    functions: () => originals.map((body) => ({ type: signature, body })),
  });
  return watched.map(({ call, given, answer }) => ({
    call,
    given: floats(bytes, given.address, given.length),
    answer: floats(bytes, answer.address, answer.length),
  }));
}

/** A body with MlasConv's type that does something of its own for each of some filters. */
export function dispatch(
  cases: readonly { readonly filter: number; readonly instructions: readonly number[] }[],
  otherwise: readonly number[],
): Uint8Array {
  const branches = cases.map(({ filter, instructions }) => [
    ...[op.localGet, Parameter.filter, ...i32Const(filter), op.i32Equal, op.if, op.noResult],
    ...[...instructions, op.return, op.end],
  ]);
  return Uint8Array.from([0, ...branches.flat(), ...otherwise, op.end]);
}

function inputLength({ channels, input }: ConvolutionShape): number {
  return channels * input[0] * input[1];
}

function outputLength({ filters, output }: ConvolutionShape): number {
  return filters * output[0] * output[1];
}

function floats(memory: Uint8Array, address: number, length: number): Float32Array {
  return new Float32Array(memory.slice(address, address + WORD * length).buffer);
}
