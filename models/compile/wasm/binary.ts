/** What is written of a WebAssembly file here (https://webassembly.github.io/spec/core/binary/modules.html). */

/** The number of a custom section. */
export const CUSTOM_SECTION = 0;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** A name as it is written in custom sections. */
export function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}

/** Pages of memory, of 64 KiB each, that hold addresses below `top`. */
export function pagesFor(top: number): number {
  return Math.ceil(top / 65536);
}
