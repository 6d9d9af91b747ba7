import { writeFileSync } from 'node:fs';

/** NumPy's names of number types. */
const TYPES = { Uint8Array: '|u1', Uint16Array: '<u2', Uint32Array: '<u4' };

/** Writes integers as a NumPy array (NumPy Enhancement Proposal 1, version 1.0 of the format). */
export function writeNpy(path: string, data: Uint8Array | Uint16Array | Uint32Array, shape: readonly number[]): void {
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== data.length) {
    throw new RangeError(`${path}: ${data.length} numbers cannot have the shape ${shape.join('x')}.`);
  }
  const type = TYPES[data.constructor.name as keyof typeof TYPES];
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text}${' '.repeat((64 - ((10 + text.length + 1) % 64)) % 64)}\n`;
  const header = Buffer.alloc(10 + padded.length);
  header.write('\x93NUMPY', 'latin1');
  header.writeUInt8(1, 6);
  header.writeUInt16LE(padded.length, 8);
  header.write(padded, 10, 'latin1');
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  writeFileSync(path, Buffer.concat([header, bytes]));
}
