import type { ByteRange, FloatRange, WasmProgramDescription } from '../../../src/model/wasm-program-format.js';

/** Bytes that memory holds from the start. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What a program has in its memory. */
export interface ProgramContent {
  /** The highest address that a run touches, plus one. */
  readonly top: number;
  readonly data: readonly DataSegment[];
  /** Where the model's file goes before `load` is called, which puts the weights in their places. */
  readonly model: ByteRange;
  /** By address: whether a run depends on what the byte holds when it begins. The input does not count. */
  readonly read: Uint8Array;
}

/** A module without imports that exports `memory`, `load` and `run`, and what has to be known to use it. */
export interface Program {
  readonly module: Uint8Array<ArrayBuffer>;
  readonly content: ProgramContent;
  readonly input: FloatRange;
  readonly outputs: WasmProgramDescription['outputs'];
}
