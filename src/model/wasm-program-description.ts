import { DIGITS, IMAGE_LENGTH } from './shapes.js';
import { PROGRAM_VERSION, type FloatRange, type WasmProgramDescription } from './wasm-program-format.js';

/**
 * Reads a program's description. Validates only what would otherwise be noticed too late: the browser checks addresses
 * and sizes when views of the memory are created, the self-test the rest.
 * @param sections the contents of its custom section
 * @throws {Error} if it is missing, of another version or for another kind of network
 */
export function readDescription(sections: readonly ArrayBuffer[]): WasmProgramDescription {
  if (sections.length !== 1) throw new Error('it does not say what it is');
  const description = JSON.parse(new TextDecoder().decode(sections[0])) as Partial<WasmProgramDescription> | null;
  if (description?.version !== PROGRAM_VERSION) throw new Error('it was made for another version');
  const { model, input, outputs, golden } = description;
  if (
    !isRange(input, IMAGE_LENGTH) ||
    !isRange(outputs?.logits, DIGITS) ||
    !isCount(model?.address) ||
    !golden?.length
  ) {
    throw new Error('it is for another kind of network');
  }
  return description as WasmProgramDescription;
}

function isRange(range: Partial<FloatRange> | undefined, length: number): boolean {
  return isCount(range?.address) && range?.length === length;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 28;
}
