/**
 * Computes convolutions, reading the input in place: ONNX Runtime (im2col) copies each number once per filter tap.
 *
 * One iteration of the innermost loop multiplies a weight of each of 16 filters with two neighboring input numbers:
 * eight vectors of sums, which leave some of a PC's sixteen registers for the factors. It is not unrolled: in a longer
 * loop, the compilers of older browsers no longer keep the sums in registers, and it takes twice as long.
 */
import { GROUP } from '../layout.js';
import {
  add,
  advance,
  atMost,
  FLOAT,
  get,
  integer,
  LANES,
  locals,
  range,
  repeatTimes,
  repeatUntil,
  set,
  VECTOR,
  zeros,
  type Kernel,
} from './kernel.js';

/** Bytes of the output channels that are computed at once; missing ones count as zero weights. */
const GROUP_BYTES = FLOAT * GROUP;

const parameters = [
  /** Address of the input, with its border. */
  'input',
  'output',
  /** Start and end address of the weights, `[output channels / 16, depth, 16]`. */
  'weights',
  'weightsEnd',
  /** Address of one number per output channel. */
  'bias',
  /** Start and end address of the list of byte offsets of a filter's taps, relative to the first. */
  'taps',
  'tapsEnd',
  /** Bytes of the list that form a partial sum. */
  'partial',
  /** Bytes from the input of one output row to that of the next. */
  'inputStep',
  /** Of the output: rows; bytes of a row without its last tile; row stride and channel stride in bytes. */
  'rows',
  'lastTile',
  'outputRow',
  'outputPlane',
] as const;

interface Variant {
  /** How many neighboring numbers of a row are computed at once: two, or one if there is only one. */
  readonly tile: 1 | 2;
  /** Numbers from one column's input to the next one's. */
  readonly columnStride: number;
  readonly relu: boolean;
}

export function convolveKernel({ tile, columnStride, relu }: Variant): Kernel<(typeof parameters)[number]> {
  const vectors = range(GROUP_BYTES / VECTOR);
  const parts = range(tile).flatMap((column) => vectors.map((vector) => ({ name: `${column}_${vector}`, vector })));
  const each = (write: (part: (typeof parts)[number]) => string) => parts.map(write).join('\n');
  const loadWeights = vectors.map((vector) =>
    set(`weight${vector}`, `(v128.load offset=${VECTOR * vector} ${get('weight')})`),
  );
  const multiplyAdd = range(tile).flatMap((column) => [
    set('pixel', `(v128.load32_splat offset=${FLOAT * columnStride * column} ${get('from')})`),
    ...vectors.map((vector) => {
      const sum = `sum${column}_${vector}`;
      return set(sum, `(f32x4.add ${get(sum)} (f32x4.mul ${get(`weight${vector}`)} ${get('pixel')}))`);
    }),
  ]);
  const finish = ({ name, vector }: (typeof parts)[number]) => {
    const value = `(f32x4.add ${get(`total${name}`)} (v128.load offset=${VECTOR * vector} ${get('bias')}))`;
    return set(`total${name}`, relu ? `(f32x4.max ${zeros} ${value})` : value);
  };
  return {
    name: `convolve-${tile}-${columnStride}${relu ? '-relu' : ''}`,
    parameters,
    body: `
    ${locals('i32', ['x', 'y', 'inputRow', 'row', 'corner', 'weight', 'tap', 'end', 'from', 'to'])}
    ${locals('v128', ['pixel', 'pair', ...vectors.map((vector) => `weight${vector}`)])}
    ${locals('v128', [...parts.map(({ name }) => `sum${name}`), ...parts.map(({ name }) => `total${name}`)])}
    (loop $nextGroup
      ${set('inputRow', get('input'))}
      ${set('row', get('output'))}
      ${set('y', get('rows'))}
      (loop $nextRow
        ${set('x', integer(0))}
        (loop $nextTile
          ${set('corner', add(get('inputRow'), `(i32.mul ${get('x')} ${integer(columnStride)})`))}
          ${set('weight', get('weights'))}
          ${set('tap', get('taps'))}
          ${each(({ name }) => set(`total${name}`, zeros))}
          (loop $nextPartial
            ${each(({ name }) => set(`sum${name}`, zeros))}
            ${set('end', add(get('tap'), get('partial')))}
            ${atMost('end', 'tapsEnd')}
            (loop $nextTap
              ${set('from', add(get('corner'), `(i32.load ${get('tap')})`))}
              ${loadWeights.join('\n')}
              ${multiplyAdd.join('\n')}
              ${advance('weight', GROUP_BYTES)}
              ${repeatUntil('nextTap', 'tap', FLOAT, 'end')})
            ${each(({ name }) => set(`total${name}`, `(f32x4.add ${get(`total${name}`)} ${get(`sum${name}`)})`))}
            (br_if $nextPartial (i32.ne ${get('tap')} ${get('tapsEnd')})))
          ${each(finish)}
          ${set('to', add(get('row'), get('x')))}
          ${tile === 1 ? storeSingles(vectors) : storePairs(vectors)}
          (if (i32.ne ${get('x')} ${get('lastTile')}) (then
            ${advance('x', FLOAT * tile)}
            ;; In an odd row, the last pair begins one number early.
            ${atMost('x', 'lastTile')}
            (br $nextTile))))
        ${advance('inputRow', get('inputStep'))}
        ${advance('row', get('outputRow'))}
        ${repeatTimes('nextRow', 'y')})
      ${advance('output', `(i32.mul ${get('outputPlane')} ${integer(GROUP)})`)}
      ${advance('bias', GROUP_BYTES)}
      ${set('weights', get('weight'))}
      (br_if $nextGroup (i32.ne ${get('weights')} ${get('weightsEnd')})))`,
  };
}

/** Stores one number per channel. */
function storeSingles(vectors: readonly number[]): string {
  const stores = vectors.flatMap((vector) =>
    range(LANES).flatMap((lane) => [
      `(v128.store32_lane ${lane} ${get('to')} ${get(`total0_${vector}`)})`,
      advance('to', get('outputPlane')),
    ]),
  );
  return stores.join('\n');
}

/** Stores two neighboring numbers per channel, after interleaving them. */
function storePairs(vectors: readonly number[]): string {
  const pairs = ['0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23', '8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31'];
  const stores = vectors.flatMap((vector) =>
    pairs.flatMap((bytes) => [
      set('pair', `(i8x16.shuffle ${bytes} ${get(`total0_${vector}`)} ${get(`total1_${vector}`)})`),
      ...[0, 1].flatMap((lane) => [
        `(v128.store64_lane ${lane} ${get('to')} ${get('pair')})`,
        advance('to', get('outputPlane')),
      ]),
    ]),
  );
  return stores.join('\n');
}
