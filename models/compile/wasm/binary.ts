/** Parts of WebAssembly's binary format (https://webassembly.github.io/spec/core/binary/modules.html). */

/** Id of a custom section. */
export const CUSTOM_SECTION = 0;

/** Encodes a number as unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** Encodes a name for custom sections. */
export function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}

/** Returns the number of 64 KiB pages for addresses below `top`. */
export function pagesFor(top: number): number {
  return Math.ceil(top / 65536);
}
