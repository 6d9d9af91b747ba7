/** The few opcodes that are written by hand, and the bytes of value types. */
import { signed, unsigned } from './binary.js';

export const I32 = 0x7f;
export const I64 = 0x7e;

export const op = {
  unreachable: 0x00,
  if: 0x04,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  localSet: 0x21,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Store: 0x36,
  i64Store: 0x37,
  i32Store8: 0x3a,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Equal: 0x46,
  i32LessUnsigned: 0x49,
  i32Add: 0x6a,
  i32Multiply: 0x6c,
  memoryCopy: [0xfc, 0x0a, 0x00, 0x00],
  /** The type of a block that leaves nothing on the stack. */
  noResult: 0x40,
} as const;

/** No locals, then trap. */
export const TRAP: Uint8Array = Uint8Array.of(0, op.unreachable, op.end);

/** `i32.const value`. */
export function i32Const(value: number): number[] {
  return [op.i32Const, ...signed(BigInt(value | 0))];
}

/** Calls a function with the first `count` parameters of the function that does so. */
export function callWith(count: number, index: number): number[] {
  const values = Array.from({ length: count }, (_, parameter) => [op.localGet, ...unsigned(parameter)]);
  return [...values.flat(), op.call, ...unsigned(index)];
}
