/**
 * Writes a program that computes layers one after the other, by kernels of our own and in the order in which ONNX Runtime
 * adds: a WebAssembly module without imports that exports `memory`, `load` and `run`.
 */
import binaryen from 'binaryen';
import { stored } from '../../weights.js';
import type { Program, ProgramContent } from '../content.js';
import { convolveKernel } from '../kernels/convolve.js';
import { call, callOf, define, FLOAT, type Kernel, type KernelCall } from '../kernels/kernel.js';
import { canLoad, loadTensor, type Placement } from '../kernels/load.js';
import { averageKernel, maxPoolKernel, multiplyKernel, padKernel } from '../kernels/other.js';
import { arrange, GROUP, grouped, type Layout } from '../layout.js';
import { taps } from './calculate.js';
import { paddedPlane, volumeLength, type Constant, type Layer, type Volume } from './layers.js';
import type { OrderedLayer } from './learn-order.js';

const PAGE = 65536;
/** Addresses begin at multiples of this power of two: a line of the processor's cache. */
const ALIGNMENT = 64;

/**
 * @param modelBytes size of the model's file
 * @throws {TypeError} where the file has weights in a way that is not known here
 */
export function assemble(layers: readonly OrderedLayer[], modelBytes: number): Program {
  const memory = new Memory();
  const calls: KernelCall[] = [];
  const run = <Name extends string>(kernel: Kernel<Name>, values: Record<Name, number>) => {
    calls.push(callOf(kernel, values));
  };

  const [first] = layers;
  const input = memory.value(first.layer.input, null);
  let given = input;
  if (borderOf(first.layer)) {
    given = memory.value(first.layer.input, first.layer);
    const { channels, plane } = first.layer.input;
    run(padKernel, {
      input: input.address,
      output: given.address,
      channels,
      rows: plane[0],
      row: FLOAT * plane[1],
      rowGap: given.row - FLOAT * plane[1],
      channelGap: given.plane - plane[0] * given.row,
    });
  }
  layers.forEach(({ layer, order }, index) => {
    const answer = memory.value(layer.output, layers[index + 1]?.layer ?? null);
    switch (layer.kind) {
      case 'convolution': {
        const [rows, columns] = layer.output.plane;
        const tile = columns === 1 ? 1 : 2;
        const [rowStride, columnStride] = layer.strides;
        const { address, end } = memory.weights(layer.weight, layer.output.channels);
        const list = memory.integers(taps(layer).map((tap) => FLOAT * tap));
        run(convolveKernel({ tile, columnStride, relu: layer.relu }), {
          input: given.corner,
          output: answer.address,
          weights: address,
          weightsEnd: end,
          bias: memory.bias(layer.bias, layer.output.channels),
          taps: list.address,
          tapsEnd: list.end,
          partial: FLOAT * order.partial,
          inputStep: rowStride * given.row,
          rows,
          lastTile: FLOAT * (columns - tile),
          outputRow: answer.row,
          outputPlane: answer.plane,
        });
        break;
      }
      case 'max-pool':
        run(maxPoolKernel(layer.kernel, layer.strides), {
          input: given.address,
          output: answer.address,
          channels: layer.output.channels,
          rows: layer.output.plane[0],
          columns: layer.output.plane[1],
          inputRow: given.row,
          inputPlane: given.plane,
          outputRow: answer.row,
          outputPlane: answer.plane,
        });
        break;
      case 'average': {
        const { channels, plane } = layer.input;
        run(averageKernel(plane[0] * plane[1]), { input: given.address, output: answer.address, channels });
        break;
      }
      case 'dense': {
        const { address, end } = memory.weights(layer.weight, layer.output.channels);
        run(multiplyKernel(order.bias, layer.relu), {
          input: given.address,
          inputEnd: given.address + FLOAT * volumeLength(layer.input),
          output: answer.address,
          weights: address,
          weightsEnd: end,
          bias: memory.bias(layer.bias, layer.output.channels),
          partial: FLOAT * order.partial,
        });
      }
    }
    given = answer;
  });

  const content = memory.content(modelBytes);
  const loads = memory.placements.map((placement) => loadTensor(placement, content.model.address));
  const range = (address: number, volume: Volume) => ({ address, length: volumeLength(volume) });
  return {
    module: writeModule(loads, calls, content),
    content,
    input: range(input.address, first.layer.input),
    output: range(given.address, layers[layers.length - 1].layer.output),
  };
}

function writeModule(loads: readonly KernelCall[], calls: readonly KernelCall[], { top, data }: ProgramContent) {
  const pages = Math.ceil(top / PAGE);
  const kernels = new Map([...loads, ...calls].map(({ kernel }) => [kernel.name, kernel]));
  const segments = data.map(({ address, bytes }) => {
    const escaped = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    return `(data (i32.const ${address}) "${escaped}")`;
  });
  const module = binaryen.parseText(`(module
    (memory (export "memory") ${pages} ${pages})
    ${segments.join('\n')}
    ${[...kernels.values()].map(define).join('\n')}
    (func (export "load") ${loads.map(call).join('\n')})
    (func (export "run") (result i32) ${calls.map(call).join('\n')} (i32.const 0)))`);
  try {
    module.setFeatures(binaryen.Features.MVP | binaryen.Features.SIMD128);
    binaryen.setOptimizeLevel(2);
    binaryen.setShrinkLevel(1);
    module.optimize();
    if (!module.validate()) throw new Error('The program is no valid WebAssembly.');
    return Uint8Array.from(module.emitBinary());
  } finally {
    module.dispose();
  }
}

/** Whether a layer needs zeros around its input. */
function borderOf(layer: Layer | null): boolean {
  return layer?.kind === 'convolution' && [...layer.padding, ...layer.paddingAfter].some((size) => size > 0);
}

/** Where a value lies. In bytes. */
interface Place {
  /** Of its first number, and of the first number of its border. */
  readonly address: number;
  readonly corner: number;
  /** From one row or channel to the next. */
  readonly row: number;
  readonly plane: number;
}

/** Gives out memory. */
class Memory {
  #top = 0;
  readonly #data: { address: number; bytes: Uint8Array }[] = [];
  readonly placements: Placement[] = [];
  /** What has to be as it was when a run begins. */
  readonly #fixed: { address: number; end: number }[] = [];

  /** Room for a value, with a border where the layer that takes it needs one. */
  value({ channels, plane }: Volume, taker: Layer | null): Place {
    const isBordered = taker?.kind === 'convolution' && borderOf(taker);
    const [rows, columns] = isBordered ? paddedPlane(taker) : plane;
    const [top, left] = isBordered ? taker.padding : [0, 0];
    const row = FLOAT * columns;
    // Kernels write whole groups of channels.
    const corner = this.#take(wholeGroups(channels) * rows * row);
    const address = corner + top * row + FLOAT * left;
    if (isBordered) this.#fixBorder(corner, address, { channels, plane }, [rows, columns]);
    return { address, corner, row, plane: rows * row };
  }

  /** Filters or rows of a matrix, one for each output. */
  weights({ values, tensor }: Constant, outputs: number): { address: number; end: number } {
    return this.#constant(values, tensor, grouped(outputs, values.length / outputs));
  }

  /** Address of a number for each output. */
  bias(constant: Constant | null, outputs: number): number {
    // Nothing is added where nothing is to be: a sum that began at +0 is never -0.
    const { values, tensor } = constant ?? { values: new Float32Array(outputs), tensor: null };
    return this.#constant(values, tensor, grouped(outputs, 1)).address;
  }

  integers(values: readonly number[]): { address: number; end: number } {
    return this.#store(new Uint8Array(Int32Array.from(values).buffer));
  }

  content(modelBytes: number): ProgramContent {
    const model = { address: this.#take(modelBytes), length: modelBytes };
    const read = new Uint8Array(this.#top);
    for (const { address, end } of this.#fixed) read.fill(1, address, end);
    return { top: this.#top, data: this.#data, model, read };
  }

  /** From the model's file where it is there, else from the program. */
  #constant(values: Float32Array, tensor: Constant['tensor'], layout: Layout): { address: number; end: number } {
    if (!tensor) return this.#store(new Uint8Array(arrange(values, layout).buffer));
    if (!canLoad(tensor)) throw new TypeError(`The scale of ${tensor.name} is none for each output.`);
    const address = this.#take(FLOAT * layout.length);
    this.placements.push({ tensor: stored(tensor), address, layout });
    return this.#fix(address, address + FLOAT * layout.length);
  }

  #store(bytes: Uint8Array): { address: number; end: number } {
    const address = this.#take(bytes.length);
    if (bytes.some((byte) => byte !== 0)) this.#data.push({ address, bytes });
    return this.#fix(address, address + bytes.length);
  }

  #fixBorder(corner: number, address: number, { channels, plane }: Volume, [rows, columns]: readonly [number, number]) {
    const [row, inner] = [FLOAT * columns, FLOAT * plane[1]];
    let start = corner;
    for (let channel = 0; channel < channels; channel++) {
      for (let line = 0; line < plane[0]; line++) {
        const first = address + (channel * rows + line) * row;
        this.#fix(start, first);
        start = first + inner;
      }
    }
    this.#fix(start, corner + channels * rows * row);
  }

  #fix(address: number, end: number): { address: number; end: number } {
    this.#fixed.push({ address, end });
    return { address, end };
  }

  #take(bytes: number): number {
    const address = this.#top;
    this.#top = (address + bytes + ALIGNMENT - 1) & -ALIGNMENT;
    return address;
  }
}

function wholeGroups(channels: number): number {
  return Math.ceil(channels / GROUP) * GROUP;
}
