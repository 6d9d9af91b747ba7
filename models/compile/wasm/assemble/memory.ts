/** Allocates a program's memory. */
import { stored } from '../../weights.js';
import type { ProgramContent } from '../content.js';
import { FLOAT, type KernelCall } from '../kernels/kernel.js';
import { canLoad, repeatList, type Placement } from '../kernels/load.js';
import { arrange, wholeGroups } from '../layout.js';
import { hasBorder, paddedPlane, UnsupportedLayerError, type Constant, type Layer, type Volume } from './layers.js';

/** Addresses are multiples of this power of two: a cache line. */
const ALIGNMENT = 64;

/** Where a value is, in bytes. */
export interface Location {
  /** Addresses of its first number, and of its border's first number. */
  readonly address: number;
  readonly corner: number;
  /** Strides of rows and channels. */
  readonly row: number;
  readonly plane: number;
}

/** A bump allocator. */
export class Memory {
  #top = 0;
  readonly #data: { address: number; bytes: Uint8Array }[] = [];
  readonly placements: Placement[] = [];
  /** Calls that complete lists. */
  readonly lists: KernelCall[] = [];
  /** Ranges that must be unchanged when a run starts. */
  readonly #fixed: { address: number; end: number }[] = [];

  /** Allocates a value, with a border if its consumer needs one. */
  value({ channels, plane }: Volume, consumer: Layer | null): Location {
    const isBordered = hasBorder(consumer);
    const [rows, columns] = isBordered ? paddedPlane(consumer) : plane;
    const [top, left] = isBordered ? consumer.padding : [0, 0];
    const row = FLOAT * columns;
    // Kernels write whole groups of channels.
    const corner = this.#take(wholeGroups(channels) * rows * row);
    const address = corner + top * row + FLOAT * left;
    if (isBordered) this.#fixBorder(corner, address, { channels, plane }, [rows, columns]);
    return { address, corner, row, plane: rows * row };
  }

  /** Allocates filters or rows of a matrix, one per output. */
  weights(constant: Constant, outputs: number): { address: number; end: number } {
    return this.#constant(constant, outputs);
  }

  /** Allocates one number per output and returns their address. */
  bias(constant: Constant | null, outputs: number): number {
    // Without a bias, adding 0 changes nothing: a sum that starts at +0 is never -0.
    return this.#constant(constant ?? { values: new Float32Array(outputs), tensor: null }, outputs).address;
  }

  /** Allocates a list of integers that repeats its start, each time with `step` added, when weights are loaded. */
  list(start: readonly number[], repeats: number, step: number): { address: number; end: number } {
    const bytes = new Uint8Array(Int32Array.from(start).buffer);
    const address = this.#take(repeats * bytes.length);
    const end = address + repeats * bytes.length;
    this.#data.push({ address, bytes });
    if (repeats > 1) this.lists.push(repeatList({ address, next: address + bytes.length, end, step }));
    return this.#fix(address, end);
  }

  content(modelBytes: number): ProgramContent {
    const model = { address: this.#take(modelBytes), length: modelBytes };
    const read = new Uint8Array(this.#top);
    for (const { address, end } of this.#fixed) read.fill(1, address, end);
    return { top: this.#top, data: this.#data, model, read };
  }

  /** Allocates a constant, loaded from the model's file if it is stored there, else from the program. */
  #constant({ values, tensor }: Omit<Constant, 'stored'>, rows: number): { address: number; end: number } {
    if (!tensor) return this.#store(new Uint8Array(arrange(values, rows).buffer));
    if (!canLoad(tensor)) throw new UnsupportedLayerError(`The scale of ${tensor.name} is not per output.`);
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
