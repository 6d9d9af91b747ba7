/**
 * Reference implementations of layers, for every possible order of additions: the last bits of float32 sums depend on
 * it. Pure functions. Values are channels first.
 */
import { LANES } from '../kernels/kernel.js';
import {
  paddedPlane,
  volumeLength,
  type Average,
  type Convolution,
  type Dense,
  type Layer,
  type MaxPool,
} from './layers.js';

/**
 * `partial` products at a time are summed in order, starting at 0; these sums are added in order, after or before the
 * bias.
 */
export interface SumOrder {
  readonly partial: number;
  readonly bias: 'first' | 'last';
}

/** Computes a layer's output. */
export function calculate(layer: Layer, input: Float32Array, order: SumOrder): Float32Array {
  switch (layer.kind) {
    case 'convolution':
      return convolve(layer, input, order);
    case 'max-pool':
      return maxPool(layer, input);
    case 'average':
      return average(layer, input);
    case 'dense':
      return multiply(layer, input, order);
  }
}

/** Returns a filter's taps for the output's corner, as indices into the padded input. */
export function taps(layer: Convolution): number[] {
  const [rows, columns] = paddedPlane(layer);
  const { kernel, dilations } = layer;
  const [height, width] = kernel;
  return Array.from({ length: layer.input.channels * height * width }, (_, tap) => {
    const column = tap % width;
    const row = Math.floor(tap / width) % height;
    const channel = Math.floor(tap / (width * height));
    return (channel * rows + row * dilations[0]) * columns + column * dilations[1];
  });
}

function convolve(layer: Convolution, input: Float32Array, order: SumOrder): Float32Array {
  const padded = pad(layer, input);
  const [, columns] = paddedPlane(layer);
  const offsets = taps(layer);
  const { output, strides } = layer;
  const [height, width] = output.plane;
  return Float32Array.from({ length: volumeLength(output) }, (_, index) => {
    const corner = (Math.floor(index / width) % height) * strides[0] * columns + (index % width) * strides[1];
    const filter = Math.floor(index / (height * width));
    const first = filter * offsets.length;
    const product = (tap: number) => layer.weight.values[first + tap] * padded[corner + offsets[tap]];
    return finish(layer, filter, order, offsets.length, product);
  });
}

function multiply(layer: Dense, input: Float32Array, order: SumOrder): Float32Array {
  return Float32Array.from({ length: layer.output.channels }, (_, row) => {
    const product = (column: number) => layer.weight.values[row * input.length + column] * input[column];
    return finish(layer, row, order, input.length, product);
  });
}

/** Sums products, and applies bias and activation. */
function finish(
  { bias, relu }: Convolution | Dense,
  channel: number,
  order: SumOrder,
  length: number,
  product: (index: number) => number,
): number {
  const constant = bias?.values[channel] ?? 0;
  let total = order.bias === 'first' ? constant : 0;
  for (let start = 0; start < length; start += order.partial) {
    const end = Math.min(start + order.partial, length);
    let sum = 0;
    for (let index = start; index < end; index++) sum = Math.fround(sum + Math.fround(product(index)));
    total = Math.fround(total + sum);
  }
  if (order.bias === 'last') total = Math.fround(total + constant);
  return relu ? Math.max(0, total) : total;
}

function pad(layer: Convolution, input: Float32Array): Float32Array {
  const [rows, columns] = paddedPlane(layer);
  const [height, width] = layer.input.plane;
  const padded = new Float32Array(layer.input.channels * rows * columns);
  for (let row = 0; row < layer.input.channels * height; row++) {
    const to = Math.floor(row / height) * rows + (row % height) + layer.padding[0];
    padded.set(input.subarray(row * width, (row + 1) * width), to * columns + layer.padding[1]);
  }
  return padded;
}

function maxPool({ input: { plane }, output, kernel, strides }: MaxPool, input: Float32Array): Float32Array {
  const [height, width] = output.plane;
  return Float32Array.from({ length: volumeLength(output) }, (_, index) => {
    const channel = Math.floor(index / (height * width));
    const row = (Math.floor(index / width) % height) * strides[0];
    const column = (index % width) * strides[1];
    const corner = (channel * plane[0] + row) * plane[1] + column;
    const window = Array.from(
      { length: kernel[0] * kernel[1] },
      (_, tap) => input[corner + Math.floor(tap / kernel[1]) * plane[1] + (tap % kernel[1])],
    );
    return Math.max(...window);
  });
}

/** As ONNX Runtime does, with SIMD: each of four lanes has a sum, and these are added in pairs. */
function average({ input: { channels, plane } }: Average, input: Float32Array): Float32Array {
  const length = plane[0] * plane[1];
  const whole = length - (length % LANES);
  return Float32Array.from({ length: channels }, (_, channel) => {
    const values = input.subarray(channel * length, (channel + 1) * length);
    const lanes = new Float32Array(LANES);
    for (let index = 0; index < whole; index++) lanes[index % LANES] += values[index];
    let sum = Math.fround(Math.fround(lanes[0] + lanes[2]) + Math.fround(lanes[1] + lanes[3]));
    for (let index = whole; index < length; index++) sum = Math.fround(sum + values[index]);
    return sum / length;
  });
}
