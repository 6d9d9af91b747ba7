import { PROGRAM_SECTION, type WasmProgramDescription } from '../../../src/model/wasm-program-format.js';
import { CUSTOM_SECTION, name, unsigned } from './binary.js';

/** Appends a program's description as a custom section. */
export function describe(program: Uint8Array, description: WasmProgramDescription): Uint8Array<ArrayBuffer> {
  const content = [...name(PROGRAM_SECTION), ...new TextEncoder().encode(JSON.stringify(description))];
  return Uint8Array.from([...program, CUSTOM_SECTION, ...unsigned(content.length), ...content]);
}
