/** How few bytes values could be stored in. Pure. */

/**
 * Zero-order entropy (Shannon 1948): what no code that looks at one value at a time goes below, its table not counted.
 * @param {Iterable<number>} values
 * @returns {number} bits, of all values together
 */
export function entropyBits(values) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  let total = 0;
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    total += 1;
  }
  return [...counts.values()].reduce((sum, count) => sum + count * Math.log2(total / count), 0);
}

/** Bytes of one value. */
const sizes = { float32: 4, float16: 2, int8: 1, distances: 1 };

/** @import { StoredTensor } from '../../src/model/weights.js' */

/**
 * Where the values of a tensor lie, by how they are stored.
 * @param {StoredTensor} tensor
 * @returns {{ kind: keyof typeof sizes, offset: number, count: number }[]}
 */
function stretches({ offset, encoding, shape, distances }) {
  const count = distances?.count ?? shape.reduce((product, each) => product * each, 1);
  return [
    { kind: encoding, offset, count },
    ...(distances ? [{ kind: /** @type {const} */ ('distances'), ...distances }] : []),
  ];
}

/**
 * @param {Uint8Array} file
 * @param {readonly StoredTensor[]} tensors
 * @returns {{ bytes: number, values: number, planes: number }} bytes that the tensors take in the file; their entropy in
 *   bytes, with a table per encoding and one for distances, of whole values; and of the first, second… bytes of values on
 *   their own, whose tables are small
 */
export function weightEntropy(file, tensors) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const all = tensors.flatMap(stretches);
  let [bytes, values, planes] = [0, 0, 0];
  for (const [kind, size] of Object.entries(sizes)) {
    const places = all
      .filter((stretch) => stretch.kind === kind)
      .flatMap(({ offset, count }) => Array.from({ length: count }, (_, index) => offset + size * index));
    const method = /** @type {'getUint32'} */ (`getUint${8 * size}`);
    bytes += size * places.length;
    values += entropyBits(places.map((place) => view[method](place, true))) / 8;
    for (let plane = 0; plane < size; plane++) {
      planes += entropyBits(places.map((place) => file[place + plane])) / 8;
    }
  }
  return { bytes, values, planes };
}
