/** Selects the kernel for a layer, and its arguments. */
import { convolveKernel } from '../kernels/convolve.js';
import { callOf, FLOAT, type KernelCall } from '../kernels/kernel.js';
import { averageKernel, maxPoolKernel, multiplyKernel, padKernel } from '../kernels/other.js';
import { taps } from './calculate.js';
import { volumeLength, type Convolution, type Dense, type Volume } from './layers.js';
import type { OrderedLayer } from './learn-order.js';
import type { Memory, Location } from './memory.js';

/** Returns the call that copies a value to where it has a border. */
export function padCall({ channels, plane }: Volume, from: Location, to: Location): KernelCall {
  return callOf(padKernel, {
    input: from.address,
    output: to.address,
    channels,
    rows: plane[0],
    row: from.row,
    rowGap: to.row - from.row,
    channelGap: to.plane - plane[0] * to.row,
  });
}

/** Returns the call that computes a layer, and adds its constants to `memory`. */
export function layerCall(
  { layer, order }: OrderedLayer,
  input: Location,
  output: Location,
  memory: Memory,
): KernelCall {
  switch (layer.kind) {
    case 'convolution':
      return convolveCall(layer, FLOAT * order.partial, input, output, memory);
    case 'max-pool':
      return callOf(maxPoolKernel(layer.kernel, layer.strides), {
        input: input.address,
        output: output.address,
        channels: layer.output.channels,
        rows: layer.output.plane[0],
        columns: layer.output.plane[1],
        inputRow: input.row,
        inputPlane: input.plane,
        outputRow: output.row,
        outputPlane: output.plane,
      });
    case 'average': {
      const { channels, plane } = layer.input;
      return callOf(averageKernel(plane[0] * plane[1]), { input: input.address, output: output.address, channels });
    }
    case 'dense':
      return callOf(multiplyKernel(order.bias, layer.relu), {
        input: input.address,
        inputEnd: input.address + FLOAT * volumeLength(layer.input),
        output: output.address,
        ...weightsOf(layer, memory),
        partial: FLOAT * order.partial,
      });
  }
}

function convolveCall(
  layer: Convolution,
  partial: number,
  input: Location,
  output: Location,
  memory: Memory,
): KernelCall {
  const [rows, columns] = layer.output.plane;
  const [rowStride, columnStride] = layer.strides;
  const tile = columns === 1 ? 1 : 2;
  // Taps of all channels are those of the first one, moved by whole planes.
  const first = taps(layer).slice(0, layer.kernel[0] * layer.kernel[1]);
  const list = memory.list(
    first.map((tap) => FLOAT * tap),
    layer.input.channels,
    input.plane,
  );
  return callOf(convolveKernel({ tile, columnStride, relu: layer.relu }), {
    input: input.corner,
    output: output.address,
    ...weightsOf(layer, memory),
    taps: list.address,
    tapsEnd: list.end,
    partial,
    inputStep: rowStride * input.row,
    rows,
    lastTile: FLOAT * (columns - tile),
    outputRow: output.row,
    outputPlane: output.plane,
  });
}

function weightsOf({ weight, bias, output }: Convolution | Dense, memory: Memory) {
  const { address, end } = memory.weights(weight, output.channels);
  return { weights: address, weightsEnd: end, bias: memory.bias(bias, output.channels) };
}
