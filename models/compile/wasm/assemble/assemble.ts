/**
 * Assembles a program that computes layers one after the other, with our own kernels but in ONNX Runtime's order of
 * additions: a WebAssembly module without imports that exports `memory`, `load` and `run`.
 */
import binaryen from 'binaryen';
import { pagesFor } from '../binary.js';
import type { Program, ProgramContent } from '../content.js';
import { call, define, kernelsOf, type KernelCall } from '../kernels/kernel.js';
import { loadTensor } from '../kernels/load.js';
import { layerCall, padCall } from './layer-call.js';
import { hasBorder, volumeLength, type Chain, type Volume } from './layers.js';
import type { OrderedLayer } from './learn-order.js';
import { Memory } from './memory.js';

/**
 * @param layers of the chain, in order
 * @param outputs of the chain
 * @param modelBytes size of the model's file
 * @throws {UnsupportedLayerError} if the file stores weights in an unsupported way
 */
export function assemble(layers: readonly OrderedLayer[], outputs: Chain['outputs'], modelBytes: number): Program {
  const memory = new Memory();
  const calls: KernelCall[] = [];
  const first = layers[0].layer;
  const input = memory.value(first.input, null);
  let value = input;
  if (hasBorder(first)) {
    value = memory.value(first.input, first);
    calls.push(padCall(first.input, input, value));
  }
  const values = layers.map((ordered, index) => {
    const output = memory.value(ordered.layer.output, layers[index + 1]?.layer ?? null);
    calls.push(layerCall(ordered, value, output, memory));
    value = output;
    return output;
  });
  const content = memory.content(modelBytes);
  const loads = [
    ...memory.placements.map((placement) => loadTensor(placement, content.model.address)),
    ...memory.lists,
  ];
  const range = (address: number, volume: Volume) => ({ address, length: volumeLength(volume) });
  return {
    module: writeModule(loads, calls, content),
    content,
    input: range(input.address, first.input),
    outputs: Object.fromEntries(
      outputs.map(({ name, layer }) => [name, range(values[layer].address, layers[layer].layer.output)]),
    ),
  };
}

function writeModule(loads: readonly KernelCall[], calls: readonly KernelCall[], { top, data }: ProgramContent) {
  const pages = pagesFor(top);
  const segments = data.map(({ address, bytes }) => {
    const escaped = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    return `(data (i32.const ${address}) "${escaped}")`;
  });
  const module = binaryen.parseText(`(module
    (memory (export "memory") ${pages} ${pages})
    ${segments.join('\n')}
    ${kernelsOf([...loads, ...calls])
      .map(define)
      .join('\n')}
    (func (export "load") ${loads.map(call).join('\n')})
    (func (export "run") (result i32) ${calls.map(call).join('\n')} (i32.const 0)))`);
  try {
    module.setFeatures(binaryen.Features.MVP | binaryen.Features.SIMD128);
    binaryen.setOptimizeLevel(2);
    binaryen.setShrinkLevel(1);
    module.optimize();
    if (!module.validate()) throw new Error('The program is not valid WebAssembly.');
    return Uint8Array.from(module.emitBinary());
  } finally {
    module.dispose();
  }
}
