/** The kernels that take little time: copying, pooling, averaging and matrix products. */
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

const padParameters = [
  'input',
  /** Address for the first number. */
  'output',
  'channels',
  'rows',
  /** Bytes of a row. */
  'row',
  /** Bytes skipped after each row, and additionally after each channel. */
  'rowGap',
  'channelGap',
] as const;

/** Copies a value without a border to where it has one. */
export const padKernel: Kernel<(typeof padParameters)[number]> = {
  name: 'pad',
  parameters: padParameters,
  body: `
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
};

const poolParameters = [
  'input',
  'output',
  'channels',
  /** Of the output. */
  'rows',
  'columns',
  /** Bytes from one row or channel to the next. */
  'inputRow',
  'inputPlane',
  'outputRow',
  'outputPlane',
] as const;

/** Computes the largest number of each window. */
export function maxPoolKernel(
  [height, width]: readonly [number, number],
  [rowStride, columnStride]: readonly [number, number],
): Kernel<(typeof poolParameters)[number]> {
  const values = range(height).flatMap((row) =>
    range(width).map((column) => `(v128.load32_zero offset=${FLOAT * column} ${get(`line${row}`)})`),
  );
  return {
    name: `max-pool-${height}-${width}-${rowStride}-${columnStride}`,
    parameters: poolParameters,
    body: `
    ${locals('i32', ['x', 'y', 'from', 'row', 'to', ...range(height).map((row) => `line${row}`)])}
    (loop $nextChannel
      ${set('from', get('input'))}
      ${set('row', get('output'))}
      ${set('y', get('rows'))}
      (loop $nextRow
        ${range(height)
          .map((row) => set(`line${row}`, add(get('from'), `(i32.mul ${get('inputRow')} ${integer(row)})`)))
          .join('\n')}
        ${set('to', get('row'))}
        ${set('x', get('columns'))}
        (loop $nextColumn
          (v128.store32_lane 0 ${get('to')} ${values.reduce((one, other) => `(f32x4.max ${one} ${other})`)})
          ${range(height)
            .map((row) => advance(`line${row}`, FLOAT * columnStride))
            .join('\n')}
          ${advance('to', FLOAT)}
          ${repeatTimes('nextColumn', 'x')})
        ${advance('from', `(i32.mul ${get('inputRow')} ${integer(rowStride)})`)}
        ${advance('row', get('outputRow'))}
        ${repeatTimes('nextRow', 'y')})
      ${advance('input', get('inputPlane'))}
      ${advance('output', get('outputPlane'))}
      ${repeatTimes('nextChannel', 'channels')})`,
  };
}

const averageParameters = ['input', 'output', 'channels'] as const;

/** Averages each channel's numbers, which are contiguous, in the order of `calculate`. */
export function averageKernel(count: number): Kernel<(typeof averageParameters)[number]> {
  const vectors = Math.floor(count / LANES);
  const lane = (index: number) => `(f32x4.extract_lane ${index} ${get('sums')})`;
  const rest = range(count % LANES).map(
    (index) => `${set('sum', `(f32.add ${get('sum')} (f32.load offset=${FLOAT * index} ${get('input')}))`)}`,
  );
  return {
    name: `average-${count}`,
    parameters: averageParameters,
    body: `
    ${locals('i32', ['times'])} ${locals('v128', ['sums'])} ${locals('f32', ['sum'])}
    (loop $nextChannel
      ${set('sums', zeros)}
      ${
        vectors === 0
          ? ''
          : `${set('times', integer(vectors))}
      (loop $nextVector
        ${set('sums', `(f32x4.add ${get('sums')} (v128.load ${get('input')}))`)}
        ${advance('input', VECTOR)}
        ${repeatTimes('nextVector', 'times')})`
      }
      ${set('sum', `(f32.add (f32.add ${lane(0)} ${lane(2)}) (f32.add ${lane(1)} ${lane(3)}))`)}
      ${rest.join('\n')}
      ${advance('input', FLOAT * rest.length)}
      (f32.store ${get('output')} (f32.div ${get('sum')} (f32.const ${count})))
      ${advance('output', FLOAT)}
      ${repeatTimes('nextChannel', 'channels')})`,
  };
}

const multiplyParameters = [
  /** Start and end address of the input. */
  'input',
  'inputEnd',
  'output',
  /** Start and end address of the matrix, `[rows / 16, columns, 16]`. */
  'weights',
  'weightsEnd',
  /** Address of one number per row. */
  'bias',
  /** Bytes of the input that form a partial sum. */
  'partial',
] as const;

/** Multiplies a matrix by the input. */
export function multiplyKernel(bias: 'first' | 'last', relu: boolean): Kernel<(typeof multiplyParameters)[number]> {
  const vectors = range((FLOAT * GROUP) / VECTOR);
  const at = (vector: number, local: string) => `offset=${VECTOR * vector} ${get(local)}`;
  const each = (write: (vector: number) => string) => vectors.map(write).join('\n');
  const constant = (vector: number) => `(v128.load ${at(vector, 'bias')})`;
  const finish = (vector: number) => {
    const total = get(`total${vector}`);
    const value = bias === 'last' ? `(f32x4.add ${total} ${constant(vector)})` : total;
    return `(v128.store ${at(vector, 'output')} ${relu ? `(f32x4.max ${zeros} ${value})` : value})`;
  };
  const multiplyAdd = (vector: number) => {
    const product = `(f32x4.mul (v128.load ${at(vector, 'weights')}) ${get('number')})`;
    return set(`sum${vector}`, `(f32x4.add ${get(`sum${vector}`)} ${product})`);
  };
  return {
    name: `multiply-${bias}${relu ? '-relu' : ''}`,
    parameters: multiplyParameters,
    body: `
    ${locals('i32', ['from', 'end'])} ${locals('v128', ['number'])}
    ${locals('v128', [...vectors.map((vector) => `sum${vector}`), ...vectors.map((vector) => `total${vector}`)])}
    (loop $nextGroup
      ${set('from', get('input'))}
      ${each((vector) => set(`total${vector}`, bias === 'first' ? constant(vector) : zeros))}
      (loop $nextPartial
        ${each((vector) => set(`sum${vector}`, zeros))}
        ${set('end', add(get('from'), get('partial')))}
        ${atMost('end', 'inputEnd')}
        (loop $nextNumber
          ${set('number', `(v128.load32_splat ${get('from')})`)}
          ${each(multiplyAdd)}
          ${advance('weights', FLOAT * GROUP)}
          ${repeatUntil('nextNumber', 'from', FLOAT, 'end')})
        ${each((vector) => set(`total${vector}`, `(f32x4.add ${get(`total${vector}`)} ${get(`sum${vector}`)})`))}
        (br_if $nextPartial (i32.ne ${get('from')} ${get('inputEnd')})))
      ${each(finish)}
      ${advance('output', FLOAT * GROUP)}
      ${advance('bias', FLOAT * GROUP)}
      (br_if $nextGroup (i32.ne ${get('weights')} ${get('weightsEnd')})))`,
  };
}
