import type { StoredTensor } from '../weights.js';
import type { GoldenAnswer } from './engine.js';

/** Where a tensor of the weights file goes in a program's memory. */
export interface WeightPlacement {
  readonly tensor: StoredTensor;
  /** Of its first float32. */
  readonly address: number;
  /** The tensor's values, with zeros after them where there are too few, as an array of these sizes... */
  readonly axes: readonly number[];
  /** ...lie in memory with the axes in this order. */
  readonly order: readonly number[];
}

/** A range of float32 values in memory. */
export interface FloatRange {
  readonly address: number;
  readonly length: number;
}

/** Goes up when programs of before can no longer be run. */
export const PROGRAM_VERSION = 1;

/** What a WASM program says of itself, as JSON in its custom section. */
export interface WasmProgramDescription {
  readonly version: typeof PROGRAM_VERSION;
  readonly input: FloatRange;
  readonly output: FloatRange;
  readonly weights: readonly WeightPlacement[];
  /** What the program answers to `goldenInput(input.length, seed)`, bit for bit. */
  readonly golden: readonly GoldenAnswer[];
}

/** Name of the custom section. */
export const PROGRAM_SECTION = 'digit-recognizer.program';
