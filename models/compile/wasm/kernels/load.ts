/**
 * The kernels that put weights from a model's file into their places in memory, expanded to float32 as ONNX Runtime
 * expands them: bit for bit what `src/model/weights.ts` does.
 */
import type { StoredTensor } from '../../../../src/model/weights.js';
import { GROUP, type Layout } from '../layout.js';
import {
  add,
  advance,
  callOf,
  FLOAT,
  get,
  integer,
  locals,
  repeatTimes,
  set,
  type Kernel,
  type KernelCall,
} from './kernel.js';

/** A tensor of a model's file, and where it goes. */
export interface Placement {
  readonly tensor: StoredTensor;
  /** Of the first number. */
  readonly address: number;
  readonly layout: Layout;
}

const places = [
  /** Address of the first number, and bytes from one to the next, as a layout has them. */
  'to',
  'group',
  'row',
  'column',
  /** Numbers of a row that make a block. */
  'block',
  'blockStep',
] as const;

const denseParameters = ['from', 'scale', 'rows', 'columns', ...places] as const;
const sparseParameters = ['from', 'distances', 'count', 'scale', 'columns', ...places] as const;

/** The address of a row's first number. */
const line = (row: string) => {
  const group = `(i32.mul (i32.div_u ${row} ${integer(GROUP)}) ${get('group')})`;
  return add(get('to'), add(group, `(i32.mul (i32.rem_u ${row} ${integer(GROUP)}) ${get('row')})`));
};

const number = {
  float32: { bytes: 4, value: `(f32.load ${get('from')})` },
  int8: { bytes: 1, value: `(f32.mul (f32.convert_i32_s (i32.load8_s ${get('from')})) ${get('factor')})` },
  float16: { bytes: 2, value: float16(`(i32.load16_u ${get('from')})`) },
} as const;

function denseKernel(encoding: StoredTensor['encoding'], isScaled: boolean): Kernel<(typeof denseParameters)[number]> {
  const { bytes, value } = number[encoding];
  return {
    name: `load-${encoding}${isScaled ? '-scaled' : ''}`,
    parameters: denseParameters,
    body: `
    ${locals('i32', ['index', 'line', 'place', 'left', 'times', 'half'])} ${locals('f32', ['factor'])}
    ${isScaled ? '' : set('factor', '(f32.const 1)')}
    (loop $nextRow
      ${set('line', line(get('index')))}
      ${isScaled ? set('factor', `(f32.load ${add(get('scale'), `(i32.mul ${get('index')} ${integer(FLOAT)})`)})`) : ''}
      ${set('left', get('columns'))}
      (loop $nextBlock
        ${set('place', get('line'))}
        ${set('times', `(select ${get('left')} ${get('block')} (i32.lt_u ${get('left')} ${get('block')}))`)}
        ${set('left', `(i32.sub ${get('left')} ${get('times')})`)}
        (loop $nextNumber
          (f32.store ${get('place')} ${value})
          ${advance('from', bytes)}
          ${advance('place', get('column'))}
          ${repeatTimes('nextNumber', 'times')})
        ${advance('line', get('blockStep'))}
        (br_if $nextBlock ${get('left')}))
      ${advance('index', 1)}
      (br_if $nextRow (i32.ne ${get('index')} ${get('rows')})))`,
  };
}

/** Of int8 numbers with distances; the memory has zeros where none goes. */
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
        ${add(
          line(get('at')),
          add(
            `(i32.mul (i32.div_u ${get('in')} ${get('block')}) ${get('blockStep')})`,
            `(i32.mul (i32.rem_u ${get('in')} ${get('block')}) ${get('column')})`,
          ),
        )}
        ${number.int8.value})
      ${advance('from', 1)}
      ${advance('distances', 1)}
      ${repeatTimes('nextNumber', 'count')})`,
};

/** IEEE 754 binary16 to binary32. */
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
 * The kernel that puts a tensor into its place, and what it is called with.
 * @param model address of the model's file
 */
export function loadTensor({ tensor, address, layout }: Placement, model: number): KernelCall {
  const { rows, columns, block } = layout;
  const bytes = (numbers: number) => FLOAT * numbers;
  const place = {
    to: address,
    group: bytes(layout.group),
    row: bytes(layout.row),
    column: bytes(layout.column),
    block,
    blockStep: bytes(layout.blockStep),
  };
  const from = model + tensor.offset;
  const scale = tensor.scale ? model + tensor.scale.offset : 0;
  if (tensor.distances) {
    const { offset, count } = tensor.distances;
    return callOf(sparseKernel, { from, distances: model + offset, count, scale, columns, ...place });
  }
  return callOf(denseKernel(tensor.encoding, tensor.scale !== undefined), { from, scale, rows, columns, ...place });
}

/** Whether a tensor can be put into its place by these kernels. */
export function canLoad({ scale, distances }: StoredTensor): boolean {
  return (scale?.axis ?? 0) === 0 && (!distances || scale !== undefined);
}
