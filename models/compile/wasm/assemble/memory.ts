/** Where in a program's memory everything lies. */
import { stored } from '../../weights.js';
import type { ProgramContent } from '../content.js';
import { FLOAT } from '../kernels/kernel.js';
import { canLoad, type Placement } from '../kernels/load.js';
import { arrange, wholeGroups } from '../layout.js';
import { hasBorder, paddedPlane, UnknownLayerError, type Constant, type Layer, type Volume } from './layers.js';

/** Addresses begin at multiples of this power of two: a line of the processor's cache. */
const ALIGNMENT = 64;

/** Where a value lies. In bytes. */
export interface Place {
  /** Of its first number, and of the first number of its border. */
  readonly address: number;
  readonly corner: number;
  /** From one row or channel to the next. */
  readonly row: number;
  readonly plane: number;
}

/** Gives out memory. */
export class Memory {
  #top = 0;
  readonly #data: { address: number; bytes: Uint8Array }[] = [];
  readonly placements: Placement[] = [];
  /** What has to be as it was when a run begins. */
  readonly #fixed: { address: number; end: number }[] = [];

  /** Room for a value, with a border where the layer that takes it needs one. */
  value({ channels, plane }: Volume, taker: Layer | null): Place {
    const isBordered = hasBorder(taker);
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
  weights(constant: Constant, outputs: number): { address: number; end: number } {
    return this.#constant(constant, outputs);
  }

  /** Address of a number for each output. */
  bias(constant: Constant | null, outputs: number): number {
    // Nothing is added where nothing is to be: a sum that began at +0 is never -0.
    return this.#constant(constant ?? { values: new Float32Array(outputs), tensor: null }, outputs).address;
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
  #constant({ values, tensor }: Omit<Constant, 'stored'>, rows: number): { address: number; end: number } {
    if (!tensor) return this.#store(new Uint8Array(arrange(values, rows).buffer));
    if (!canLoad(tensor)) throw new UnknownLayerError(`The scale of ${tensor.name} is none for each output.`);
    const columns = values.length / rows;
    const bytes = FLOAT * wholeGroups(rows) * columns;
    const address = this.#take(bytes);
    this.placements.push({ tensor: stored(tensor), address, rows, columns });
    return this.#fix(address, address + bytes);
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
