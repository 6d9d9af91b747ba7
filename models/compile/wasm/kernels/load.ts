/**
 * Kernels that fill memory before the first run: weights, expanded from a model's file to float32, to the same bits as
 * ONNX Runtime and `src/model/weights.ts` do, and lists of integers.
 */
import type { StoredTensor } from '../../../../src/model/weights.js';
import { GROUP } from '../layout.js';
import {
  add,
  advance,
  callOf,
  FLOAT,
  get,
  integer,
  locals,
  repeatTimes,
  repeatUntil,
  set,
  type Kernel,
  type KernelCall,
} from './kernel.js';

/** A tensor in a model's file, and where to expand it. */
export interface Placement {
  readonly tensor: StoredTensor;
  /** Address of the first number. */
  readonly address: number;
  /** One per output, in groups as `arrange` returns them. */
  readonly rows: number;
  readonly columns: number;
}

const denseParameters = ['from', 'scale', 'rows', 'columns', 'to'] as const;
const sparseParameters = ['from', 'distances', 'count', 'scale', 'columns', 'to'] as const;

/** Bytes between the numbers of a row. */
const COLUMN = FLOAT * GROUP;

/** Returns the address of a row's first number. */
const line = (row: string) => {
  const group = `(i32.mul (i32.mul (i32.div_u ${row} ${integer(GROUP)}) ${get('columns')}) ${integer(COLUMN)})`;
  return add(get('to'), add(group, `(i32.mul (i32.rem_u ${row} ${integer(GROUP)}) ${integer(FLOAT)})`));
};

/** By encoding: the distance between numbers, and the number at `from`, both in bytes, for uint4 in half bytes. */
const number = {
  float32: { step: 4, value: `(f32.load ${get('from')})` },
  int8: { step: 1, value: scaled(`(i32.load8_s ${get('from')})`) },
  uint4: { step: 1, value: scaled(half(get('from'))) },
  float16: { step: 2, value: float16(`(i32.load16_u ${get('from')})`) },
} as const;

function denseKernel(encoding: StoredTensor['encoding'], isScaled: boolean): Kernel<(typeof denseParameters)[number]> {
  const { step, value } = number[encoding];
  return {
    name: `load-${encoding}${isScaled ? '-scaled' : ''}`,
    parameters: denseParameters,
    body: `
    ${locals('i32', ['index', 'target', 'times', 'half'])} ${locals('f32', ['factor'])}
    ${isScaled ? '' : set('factor', '(f32.const 1)')}
    (loop $nextRow
      ${set('target', line(get('index')))}
      ${isScaled ? set('factor', `(f32.load ${add(get('scale'), `(i32.mul ${get('index')} ${integer(FLOAT)})`)})`) : ''}
      ${set('times', get('columns'))}
      (loop $nextNumber
        (f32.store ${get('target')} ${value})
        ${advance('from', step)}
        ${advance('target', COLUMN)}
        ${repeatTimes('nextNumber', 'times')})
      ${advance('index', 1)}
      (br_if $nextRow (i32.ne ${get('index')} ${get('rows')})))`,
  };
}

/** For int8 numbers with distances; memory is zero everywhere else. */
const sparseKernel: Kernel<(typeof sparseParameters)[number]> = {
  name: 'load-sparse',
  parameters: sparseParameters,
  body: `
    ${locals('i32', ['index', 'at', 'in'])} ${locals('f32', ['factor'])}
    (loop $nextNumber
      ${advance('index', `(i32.load8_u ${get('distances')})`)}
      ${set('at', `(i32.div_u ${get('index')} ${get('columns')})`)}
      ${set('in', `(i32.rem_u ${get('index')} ${get('columns')})`)}
      ${set('factor', `(f32.load ${add(get('scale'), `(i32.mul ${get('at')} ${integer(FLOAT)})`)})`)}
      (f32.store
        ${add(line(get('at')), `(i32.mul ${get('in')} ${integer(COLUMN)})`)}
        ${number.int8.value})
      ${advance('from', 1)}
      ${advance('distances', 1)}
      ${repeatTimes('nextNumber', 'count')})`,
};

function scaled(whole: string): string {
  return `(f32.mul (f32.convert_i32_s ${whole}) ${get('factor')})`;
}

/** Reads a four-bit integer at an address in half bytes, the low half first. */
function half(address: string): string {
  const pair = `(i32.load8_u (i32.shr_u ${address} ${integer(1)}))`;
  const moved = `(i32.shr_u ${pair} (i32.shl (i32.and ${address} ${integer(1)}) ${integer(2)}))`;
  return `(i32.sub (i32.and ${moved} ${integer(15)}) ${integer(8)})`;
}

/** Converts IEEE 754 binary16 to binary32. */
function float16(half: string): string {
  const sign = `(i32.shl (i32.and ${get('half')} ${integer(0x8000)}) ${integer(16)})`;
  const exponent = `(i32.and (i32.shr_u ${get('half')} ${integer(10)}) ${integer(31)})`;
  const fraction = `(i32.and ${get('half')} ${integer(1023)})`;
  const widened = `(select ${integer(255)} ${add(exponent, 112)} (i32.eq ${exponent} ${integer(31)}))`;
  const normal = `(i32.or (i32.shl ${widened} ${integer(23)}) (i32.shl ${fraction} ${integer(13)}))`;
  const subnormal = `(i32.reinterpret_f32 (f32.mul (f32.convert_i32_u ${fraction}) (f32.const 0x1p-24)))`;
  return `(block (result f32)
    ${set('half', half)}
    (f32.reinterpret_i32 (i32.or ${sign} (select ${normal} ${subnormal} ${exponent}))))`;
}

/**
 * Returns the call that expands a tensor.
 * @param model address of the model's file
 */
export function loadTensor({ tensor, address: to, rows, columns }: Placement, model: number): KernelCall {
  const from = model + tensor.offset;
  const scale = tensor.scale ? model + tensor.scale.offset : 0;
  if (tensor.distances) {
    const { offset, count } = tensor.distances;
    return callOf(sparseKernel, { from, distances: model + offset, count, scale, columns, to });
  }
  const start = tensor.encoding === 'uint4' ? 2 * from : from;
  return callOf(denseKernel(tensor.encoding, tensor.scale !== undefined), { from: start, scale, rows, columns, to });
}

/** Whether these kernels can expand a tensor. */
export function canLoad({ scale, distances }: StoredTensor): boolean {
  return (scale?.axis ?? 0) === 0 && (!distances || scale !== undefined);
}

const listParameters = ['address', 'next', 'end', 'step'] as const;

const listKernel: Kernel<(typeof listParameters)[number]> = {
  name: 'repeat-list',
  parameters: listParameters,
  body: `
    (loop $nextNumber
      (i32.store ${get('next')} ${add(`(i32.load ${get('address')})`, get('step'))})
      ${advance('address', FLOAT)}
      ${repeatUntil('nextNumber', 'next', FLOAT, 'end')})`,
};

/** Returns the call that fills a list from `next` to `end` with the numbers from `address` on, plus `step`. */
export function repeatList(values: Record<(typeof listParameters)[number], number>): KernelCall {
  return callOf(listKernel, values);
}
