/**
 * The functions that compute convolutions in a program, as WebAssembly text.
 *
 * They read the input where it lies, while ONNX Runtime copies each number to every place where a filter meets it. One
 * turn of the innermost loop multiplies a number of each of 16 filters with two neighbouring numbers of the input: eight
 * vectors of sums, which leave the sixteen registers of a PC room for what they are made of. It is not unrolled: in a
 * longer loop, the compilers of older browsers no longer keep the sums in registers, and it takes twice as long.
 */
import binaryen from 'binaryen';
import { readSections, Section } from './binary.js';
import { readBodies, section } from './functions.js';

/** So many filters are computed at once. */
export const FILTER_GROUP = 16;
/** So many numbers of a row of the output are. */
export const TILE_COLUMNS = 2;

const FLOAT = 4;
const VECTOR = 16;
const GROUP_BYTES = FLOAT * FILTER_GROUP;
const TILE_BYTES = FLOAT * TILE_COLUMNS;

/** A function without results whose parameters are all i32. It calls nothing, so that any module can take it. */
export interface Kernel<Name extends string = string> {
  /** Tells it from others. */
  readonly name: string;
  readonly parameters: readonly Name[];
  /** From the declaration of locals to the `end`. */
  readonly body: Uint8Array;
}

const convolveParameters = [
  /** Address of the input, with its border. */
  'input',
  'output',
  /** Addresses of the filters, `[filters / 16, depth, 16]`, and of their end. */
  'weights',
  'weightsEnd',
  /** Address of a number for each filter. */
  'bias',
  /** Addresses of how many bytes from the first each number lies that a filter meets, and of the end of this list. */
  'taps',
  'tapsEnd',
  /** Bytes of the list that make one partial sum. */
  'partial',
  /** Bytes from the input of one row to that of the next. */
  'rowStep',
  /** Of the output: bytes of a row without its last tile, rows, and bytes of a channel. */
  'lastTile',
  'rows',
  'plane',
] as const;

const padParameters = [
  'input',
  /** Where the first number goes. */
  'output',
  'channels',
  'rows',
  /** Bytes of a row. */
  'row',
  /** Bytes that are left out after a row, and after a channel besides. */
  'rowGap',
  'channelGap',
] as const;

const vectors = Array.from({ length: GROUP_BYTES / VECTOR }, (_, index) => index);
const columns = Array.from({ length: TILE_COLUMNS }, (_, index) => index);
/** Names of the vectors of a tile, and which filters and which column each has. */
const tile = columns.flatMap((column) => vectors.map((vector) => ({ name: `${column}_${vector}`, column, vector })));

const get = (name: string) => `(local.get $${name})`;
const set = (name: string, value: string) => `(local.set $${name} ${value})`;
const add = (one: string, other: string | number) =>
  `(i32.add ${one} ${typeof other === 'number' ? `(i32.const ${other})` : other})`;
const advance = (name: string, by: string | number) => set(name, add(get(name), by));
/** Goes back to the loop's beginning until a local that is moved on is as large as another. */
const repeatUntil = (loop: string, name: string, by: number, end: string) =>
  `(br_if $${loop} (i32.ne (local.tee $${name} ${add(get(name), by)}) ${get(end)}))`;
const repeatTimes = (loop: string, count: string) => `(br_if $${loop} (local.tee $${count} ${add(get(count), -1)}))`;
const atMost = (name: string, limit: string) =>
  `(if (i32.gt_u ${get(name)} ${get(limit)}) (then ${set(name, get(limit))}))`;
const locals = (type: string, names: readonly string[]) => names.map((name) => `(local $${name} ${type})`).join(' ');
const zeros = '(v128.const i32x4 0 0 0 0)';

/**
 * Computes a convolution.
 * @param columnStride from one column's input to that of the next
 */
export function convolveKernel(columnStride: number, relu: boolean): Kernel<(typeof convolveParameters)[number]> {
  const each = (write: (part: (typeof tile)[number]) => string) => tile.map(write).join('\n');
  const loadWeights = vectors.map((vector) =>
    set(`weight${vector}`, `(v128.load offset=${VECTOR * vector} ${get('weight')})`),
  );
  const multiplyAdd = columns.flatMap((column) => [
    set('pixel', `(v128.load32_splat offset=${FLOAT * columnStride * column} ${get('from')})`),
    ...vectors.map((vector) => {
      const sum = `sum${column}_${vector}`;
      return set(sum, `(f32x4.add ${get(sum)} (f32x4.mul ${get(`weight${vector}`)} ${get('pixel')}))`);
    }),
  ]);
  const finish = each(({ name, vector }) => {
    const value = `(f32x4.add ${get(`total${name}`)} (v128.load offset=${VECTOR * vector} ${get('bias')}))`;
    return set(`total${name}`, relu ? `(f32x4.max ${zeros} ${value})` : value);
  });
  // The two numbers of a filter are brought together, so that they are stored at once.
  const pairs = ['0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23', '8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31'];
  const store = vectors.flatMap((vector) =>
    pairs.flatMap((lanes) => [
      set('pair', `(i8x16.shuffle ${lanes} ${get(`total0_${vector}`)} ${get(`total1_${vector}`)})`),
      ...[0, 1].flatMap((lane) => [
        `(v128.store64_lane ${lane} ${get('to')} ${get('pair')})`,
        advance('to', get('plane')),
      ]),
    ]),
  );
  return kernel(
    `convolve, stride ${columnStride}, ${relu ? 'ReLU' : 'no activation'}`,
    convolveParameters,
    `
    ${locals('i32', ['x', 'y', 'inputRow', 'outputRow', 'corner', 'weight', 'tap', 'end', 'from', 'to'])}
    ${locals('v128', ['pixel', 'pair', ...vectors.map((vector) => `weight${vector}`)])}
    ${locals('v128', [...tile.map(({ name }) => `sum${name}`), ...tile.map(({ name }) => `total${name}`)])}
    (loop $nextGroup
      ${set('inputRow', get('input'))}
      ${set('outputRow', get('output'))}
      ${set('y', get('rows'))}
      (loop $nextRow
        ${set('x', '(i32.const 0)')}
        (loop $nextTile
          ${set('corner', add(get('inputRow'), `(i32.mul ${get('x')} (i32.const ${columnStride}))`))}
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
          ${finish}
          ${set('to', add(get('outputRow'), get('x')))}
          ${store.join('\n')}
          (if (i32.ne ${get('x')} ${get('lastTile')}) (then
            ${advance('x', TILE_BYTES)}
            ;; In an odd row, the last tile begins one number early.
            ${atMost('x', 'lastTile')}
            (br $nextTile))))
        ${advance('inputRow', get('rowStep'))}
        ${advance('outputRow', add(get('lastTile'), TILE_BYTES))}
        ${repeatTimes('nextRow', 'y')})
      ${advance('output', `(i32.mul ${get('plane')} (i32.const ${FILTER_GROUP}))`)}
      ${advance('bias', GROUP_BYTES)}
      ${set('weights', get('weight'))}
      (br_if $nextGroup (i32.ne ${get('weights')} ${get('weightsEnd')})))`,
  );
}

/** Copies an input to where it has a border. */
export function padKernel(): Kernel<(typeof padParameters)[number]> {
  return kernel(
    'pad',
    padParameters,
    `
    ${locals('i32', ['y', 'end'])}
    (loop $nextChannel
      ${set('y', get('rows'))}
      (loop $nextRow
        ${set('end', add(get('input'), get('row')))}
        (loop $nextNumber
          (i32.store ${get('output')} (i32.load ${get('input')}))
          ${advance('output', FLOAT)}
          ${repeatUntil('nextNumber', 'input', FLOAT, 'end')})
        ${advance('output', get('rowGap'))}
        ${repeatTimes('nextRow', 'y')})
      ${advance('output', get('channelGap'))}
      ${repeatTimes('nextChannel', 'channels')})`,
  );
}

/** @param text locals and instructions, as WebAssembly text */
function kernel<Name extends string>(name: string, parameters: readonly Name[], text: string): Kernel<Name> {
  const declared = parameters.map((parameter) => `(param $${parameter} i32)`).join(' ');
  const module = binaryen.parseText(`(module (memory 1) (func (export "kernel") ${declared} ${text}))`);
  module.setFeatures(binaryen.Features.MVP | binaryen.Features.SIMD128);
  try {
    if (!module.validate()) throw new Error(`The kernel "${name}" is no valid WebAssembly.`);
    const [body] = readBodies(section(readSections(module.emitBinary()), Section.code));
    return { name, parameters, body };
  } finally {
    module.dispose();
  }
}
