import { writeFileSync } from 'node:fs';

/** Writes bytes as a NumPy array of uint8 (NumPy Enhancement Proposal 1, version 1.0 of the format). */
export function writeNpy(path: string, data: Uint8Array, shape: readonly number[]): void {
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== data.length)
    throw new RangeError(`${path}: ${data.length} bytes cannot have the shape ${shape.join('x')}.`);
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = `${text}${' '.repeat((64 - ((10 + text.length + 1) % 64)) % 64)}\n`;
  const header = Buffer.alloc(10 + padded.length);
  header.write('\x93NUMPY', 'latin1');
  header.writeUInt8(1, 6);
  header.writeUInt16LE(padded.length, 8);
  header.write(padded, 10, 'latin1');
  writeFileSync(path, Buffer.concat([header, data]));
}
