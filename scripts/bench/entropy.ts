/** Lower bounds for the bytes that weights could be stored in. Pure. */
import { rollup, sum } from 'd3-array';
import type { StoredTensor } from '../../src/model/weights.js';
import { product } from '../shared/network.js';

/**
 * Zero-order entropy (Shannon 1948): a lower bound for codes that encode one value at a time, without their tables.
 * @returns bits for all values together
 */
export function entropyBits(values: readonly number[]): number {
  const counts = rollup(values, (same) => same.length, Number);
  return sum(counts.values(), (count) => count * Math.log2(values.length / count));
}

/** Bytes per value. */
const sizes = { float32: 4, float16: 2, int8: 1, distances: 1 };

/** Where a tensor's values are stored, and how. */
const stretches = ({ offset, encoding, shape, distances }: StoredTensor) => [
  { kind: encoding, offset, count: distances?.count ?? product(shape) },
  ...(distances ? [{ kind: 'distances' as const, ...distances }] : []),
];

/**
 * @returns the size of the tensors in the file; and their entropy in bytes, with a table per encoding and one for
 *   distances: of whole values, and of each of their bytes separately, which takes smaller tables
 */
export function weightEntropy(file: Uint8Array, tensors: readonly StoredTensor[]) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const all = tensors.flatMap(stretches);
  let [bytes, values, planes] = [0, 0, 0];
  for (const [kind, size] of Object.entries(sizes)) {
    const offsets = all
      .filter((stretch) => stretch.kind === kind)
      .flatMap(({ offset, count }) => Array.from({ length: count }, (_, index) => offset + size * index));
    const method = `getUint${8 * size}` as 'getUint32';
    bytes += size * offsets.length;
    values += entropyBits(offsets.map((offset) => view[method](offset, true))) / 8;
    for (let plane = 0; plane < size; plane++) {
      planes += entropyBits(offsets.map((offset) => file[offset + plane])) / 8;
    }
  }
  return { bytes, values, planes };
}
