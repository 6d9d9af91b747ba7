/**
 * WebAssembly instructions, as far as they are told apart here: how long each is, and which of them touch memory or call
 * through the table (https://webassembly.github.io/spec/core/binary/instructions.html, with the
 * threads, SIMD, relaxed SIMD and bulk memory extensions).
 */
import type { Reader } from '../binary.js';

/** A load, a store, or both at once, of `bytes` bytes at the address on the stack plus `offset`. */
export interface MemoryAccess {
  readonly kind: 'load' | 'store' | 'exchange' | 'compare-exchange';
  readonly bytes: number;
  readonly offset: number;
  /** What lies above the address on the stack, for a store: a value of this type. */
  readonly value: ValueType | null;
}

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** What an instruction does, of the things that matter here. */
export type Instruction =
  | { readonly kind: 'memory'; readonly access: MemoryAccess }
  | { readonly kind: 'call-indirect' }
  | { readonly kind: 'memory-copy' | 'memory-fill' | 'memory-init' | 'memory-grow' | 'memory-wait' }
  | { readonly kind: 'other' };

const OTHER: Instruction = { kind: 'other' };

/** Loads and stores 0x28..0x3e: bytes touched, and the stored type. */
const plainAccesses: readonly (readonly [number, ValueType | null])[] = [
  [4, null],
  [8, null],
  [4, null],
  [8, null],
  [1, null],
  [1, null],
  [2, null],
  [2, null],
  [1, null],
  [1, null],
  [2, null],
  [2, null],
  [4, null],
  [4, null],
  [4, 'i32'],
  [8, 'i64'],
  [4, 'f32'],
  [8, 'f64'],
  [1, 'i32'],
  [2, 'i32'],
  [1, 'i64'],
  [2, 'i64'],
  [4, 'i64'],
];

/** Bytes and type of the seven widths in which each atomic operation comes. */
const atomicWidths: readonly (readonly [number, ValueType])[] = [
  [4, 'i32'],
  [8, 'i64'],
  [1, 'i32'],
  [2, 'i32'],
  [1, 'i64'],
  [2, 'i64'],
  [4, 'i64'],
];

/**
 * Reads one instruction.
 * @throws {TypeError} for an opcode that is not known here: a newer compiler made the file
 */
export function readInstruction(reader: Reader): Instruction {
  const opcode = reader.byte();
  if (opcode >= 0x28 && opcode <= 0x3e) {
    const [bytes, value] = plainAccesses[opcode - 0x28];
    return access(value ? 'store' : 'load', bytes, value, reader);
  }
  if (opcode >= 0x45 && opcode <= 0xc4) return OTHER;
  switch (opcode) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0b: // end
    case 0x0f: // return
    case 0x1a: // drop
    case 0x1b: // select
    case 0xd1: // ref.is_null
      return OTHER;
    case 0x02: // block
    case 0x03: // loop
    case 0x04: // if
      reader.signed();
      return OTHER;
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x10: // call
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
    case 0x23: // global.get
    case 0x24: // global.set
    case 0x25: // table.get
    case 0x26: // table.set
    case 0xd2: // ref.func
      reader.unsigned();
      return OTHER;
    case 0x0e: // br_table
      reader.list(() => reader.unsigned());
      reader.unsigned();
      return OTHER;
    case 0x11:
      reader.unsigned();
      reader.unsigned();
      return { kind: 'call-indirect' };
    case 0x1c: // select with types
      reader.list(() => reader.byte());
      return OTHER;
    case 0x3f: // memory.size
      reader.unsigned();
      return OTHER;
    case 0x40:
      reader.unsigned();
      return { kind: 'memory-grow' };
    case 0x41: // i32.const
    case 0x42: // i64.const
    case 0xd0: // ref.null
      reader.signed();
      return OTHER;
    case 0x43: // f32.const
      reader.take(4);
      return OTHER;
    case 0x44: // f64.const
      reader.take(8);
      return OTHER;
    case 0xfc:
      return readBulkInstruction(reader);
    case 0xfd:
      return readVectorInstruction(reader);
    case 0xfe:
      return readAtomicInstruction(reader);
    default:
      throw unknown(opcode);
  }
}

function readBulkInstruction(reader: Reader): Instruction {
  const opcode = reader.unsigned();
  if (opcode <= 0x07) return OTHER; // saturating conversions
  switch (opcode) {
    case 0x08:
      reader.unsigned();
      reader.unsigned();
      return { kind: 'memory-init' };
    case 0x09: // data.drop
    case 0x0d: // elem.drop
    case 0x0f: // table.grow
    case 0x10: // table.size
    case 0x11: // table.fill
      reader.unsigned();
      return OTHER;
    case 0x0a:
      reader.unsigned();
      reader.unsigned();
      return { kind: 'memory-copy' };
    case 0x0b:
      reader.unsigned();
      return { kind: 'memory-fill' };
    case 0x0c: // table.init
    case 0x0e: // table.copy
      reader.unsigned();
      reader.unsigned();
      return OTHER;
    default:
      throw unknown(0xfc, opcode);
  }
}

function readVectorInstruction(reader: Reader): Instruction {
  const opcode = reader.unsigned();
  if (opcode === 0x00) return access('load', 16, null, reader);
  if (opcode <= 0x06) return access('load', 8, null, reader); // v128.load8x8_s … v128.load32x2_u
  if (opcode <= 0x0a) return access('load', 2 ** (opcode - 0x07), null, reader); // v128.loadN_splat
  if (opcode === 0x0b) return access('store', 16, 'v128', reader);
  if (opcode <= 0x0d) {
    reader.take(16); // v128.const, i8x16.shuffle
    return OTHER;
  }
  if (opcode >= 0x15 && opcode <= 0x22) {
    reader.byte(); // a lane is extracted or replaced
    return OTHER;
  }
  if (opcode >= 0x54 && opcode <= 0x5b) {
    // A lane is loaded or stored; the vector lies above the address in both.
    const result = access(opcode < 0x58 ? 'load' : 'store', 2 ** (opcode & 3), 'v128', reader);
    reader.byte();
    return result;
  }
  if (opcode <= 0x5d && opcode >= 0x5c) return access('load', opcode === 0x5c ? 4 : 8, null, reader);
  if (opcode <= 0x114) return OTHER;
  throw unknown(0xfd, opcode);
}

function readAtomicInstruction(reader: Reader): Instruction {
  const opcode = reader.unsigned();
  if (opcode === 0x03) {
    reader.byte(); // atomic.fence
    return OTHER;
  }
  if (opcode <= 0x02) {
    reader.unsigned();
    reader.unsigned();
    return opcode === 0 ? OTHER : { kind: 'memory-wait' };
  }
  if (opcode < 0x10 || opcode > 0x4e) throw unknown(0xfe, opcode);
  const [bytes, value] = atomicWidths[(opcode - 0x10) % 7];
  if (opcode < 0x17) return access('load', bytes, null, reader);
  if (opcode < 0x1e) return access('store', bytes, value, reader);
  return access(opcode < 0x48 ? 'exchange' : 'compare-exchange', bytes, value, reader);
}

function access(kind: MemoryAccess['kind'], bytes: number, value: ValueType | null, reader: Reader): Instruction {
  reader.unsigned(); // alignment
  return { kind: 'memory', access: { kind, bytes, offset: reader.unsigned(), value } };
}

function unknown(...opcodes: number[]): TypeError {
  const code = opcodes.map((opcode) => `0x${opcode.toString(16)}`).join(' ');
  return new TypeError(
    `WebAssembly instruction ${code} is not known. Add it to models/compile/wasm/freeze/instructions.ts.`,
  );
}
