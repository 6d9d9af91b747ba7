/**
 * The outer layer of a WebAssembly file: numbers, sections, names
 * (https://webassembly.github.io/spec/core/binary/modules.html).
 */

/** Section numbers, in the order of the specification. */
export const Section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** Kinds of imports and exports. */
export const Kind = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** The bytes of one section, without its header. */
export interface RawSection {
  readonly id: number;
  readonly bytes: Uint8Array;
}

const HEADER = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Reads a byte sequence from its start on. */
export class Reader {
  position: number;

  constructor(
    readonly bytes: Uint8Array,
    position = 0,
  ) {
    this.position = position;
  }

  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  byte(): number {
    if (this.atEnd) throw new RangeError('The WebAssembly file ends too early.');
    return this.bytes[this.position++];
  }

  /** An unsigned LEB128 number below 2^53. */
  unsigned(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** A signed LEB128 number of up to 64 bits. */
  signed(): bigint {
    let value = 0n;
    for (let shift = 0n; ;) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte < 128) return byte & 64 ? value - (1n << shift) : value;
    }
  }

  take(length: number): Uint8Array {
    if (this.position + length > this.bytes.length) throw new RangeError('The WebAssembly file ends too early.');
    return this.bytes.subarray(this.position, (this.position += length));
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.unsigned()));
  }

  /** `count, item, item, …`. */
  list<Item>(item: (index: number) => Item): Item[] {
    return Array.from({ length: this.unsigned() }, (_, index) => item(index));
  }

  /** What `skip` passes over. */
  slice(skip: () => void): Uint8Array {
    const start = this.position;
    skip();
    return this.bytes.subarray(start, this.position);
  }
}

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

/** Signed LEB128. */
export function signed(value: bigint): number[] {
  const bytes = [];
  for (;;) {
    const low = Number(value & 127n);
    value >>= 7n;
    if ((value === 0n && low < 64) || (value === -1n && low >= 64)) return [...bytes, low];
    bytes.push(low + 128);
  }
}

/** A name as it is written in imports, exports and custom sections. */
export function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}

/** `count, item, item, …`. */
export function list(items: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  return concat([Uint8Array.from(unsigned(items.length)), ...items]);
}

/** One sequence after the other. */
export function concat(parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * The sections of a module, in their order.
 * @throws {TypeError} where the file is no WebAssembly module
 */
export function readSections(module: Uint8Array): RawSection[] {
  if (!HEADER.every((byte, index) => module[index] === byte)) throw new TypeError('This is no WebAssembly module.');
  const reader = new Reader(module, HEADER.length);
  const sections = [];
  while (!reader.atEnd) {
    const id = reader.byte();
    sections.push({ id, bytes: reader.take(reader.unsigned()) });
  }
  return sections;
}

/** A module of the sections that have anything in them. */
export function writeSections(sections: readonly RawSection[]): Uint8Array {
  return concat([HEADER, ...sections.map(({ id, bytes }) => concat([[id], unsigned(bytes.length), bytes]))]);
}

/** Pages of memory, of 64 KiB each, that hold addresses below `top`. */
export function pagesFor(top: number): number {
  return Math.ceil(top / 65536);
}
