import type { ByteRange, FloatRange, WasmProgramDescription } from '../../../src/model/wasm-program-format.js';

/** Initial content of memory. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** A program's memory. */
export interface ProgramContent {
  /** The highest address that a run touches, plus one. */
  readonly top: number;
  readonly data: readonly DataSegment[];
  /** Where to copy the model's file before calling `load`, which expands the weights. */
  readonly model: ByteRange;
  /** By address: whether a run depends on the byte's initial value. Excludes the input. */
  readonly read: Uint8Array;
}

/** A module without imports that exports `memory`, `load` and `run`, with what is needed to use it. */
export interface Program {
  readonly module: Uint8Array<ArrayBuffer>;
  readonly content: ProgramContent;
  readonly input: FloatRange;
  readonly outputs: WasmProgramDescription['outputs'];
}
