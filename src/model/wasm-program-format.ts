import type { GoldenAnswer } from './golden-input.js';

/** A range of bytes in memory. */
export interface ByteRange {
  readonly address: number;
  readonly length: number;
}

/** A range of float32 values in memory. */
export interface FloatRange {
  readonly address: number;
  readonly length: number;
}

/** Goes up when programs of before can no longer be run. */
export const PROGRAM_VERSION = 3;

/** What a WASM program says of itself, as JSON in its custom section. */
export interface WasmProgramDescription {
  readonly version: typeof PROGRAM_VERSION;
  /** Where the model's file goes, before `load` puts the weights in their places. */
  readonly model: ByteRange;
  readonly input: FloatRange;
  /** By the names that the model gives them. */
  readonly outputs: Readonly<Record<string, FloatRange>>;
  /** The first output for `goldenInput(input.length, seed)`, bit for bit. */
  readonly golden: readonly GoldenAnswer[];
}

/** Name of the custom section. */
export const PROGRAM_SECTION = 'digit-recognizer.program';
