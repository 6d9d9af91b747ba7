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

/** Incremented when older programs can no longer be run. */
export const PROGRAM_VERSION = 3;

/** A WASM program's description, as JSON in its custom section. */
export interface WasmProgramDescription {
  readonly version: typeof PROGRAM_VERSION;
  /** Where to copy the model's file, before `load` expands the weights. */
  readonly model: ByteRange;
  readonly input: FloatRange;
  /** By the model's names for them. */
  readonly outputs: Readonly<Record<string, FloatRange>>;
  /** The first output for `goldenInput(input.length, seed)`, bit for bit. */
  readonly golden: readonly GoldenAnswer[];
}

/** Name of the custom section. */
export const PROGRAM_SECTION = 'digit-recognizer.program';
