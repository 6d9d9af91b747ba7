import { PROGRAM_SECTION, type WasmProgramDescription } from '../../../src/model/wasm-program-format.js';
import { concat, name, Section, unsigned } from './binary.js';

/** Appends what a program says of itself, as a custom section. */
export function describe(program: Uint8Array, description: WasmProgramDescription): Uint8Array<ArrayBuffer> {
  const bytes = concat([name(PROGRAM_SECTION), new TextEncoder().encode(JSON.stringify(description))]);
  return Uint8Array.from(concat([program, [Section.custom], unsigned(bytes.length), bytes]));
}
