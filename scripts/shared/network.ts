/** A network's layers, from its ONNX file: to describe it, and to rebuild it with another library. Pure. */
import { sum } from 'd3-array';
import { readOnnx } from '../../models/compile/onnx.js';
import {
  readLayers as readChain,
  UnsupportedLayerError,
  type Layer as Link,
} from '../../models/compile/wasm/assemble/layers.js';
import { collectWeights } from '../../models/compile/weights.js';
import type { StoredTensor } from '../../src/model/weights.js';

interface Weighted {
  readonly weight: StoredTensor;
  readonly bias: StoredTensor;
  readonly relu: boolean;
}

type LayerKind =
  | ({ readonly kind: 'convolution'; readonly padding: 'same' | 'valid' } & Weighted)
  | { readonly kind: 'max-pool'; readonly size: number }
  | { readonly kind: 'average' }
  | { readonly kind: 'flatten' }
  | ({ readonly kind: 'dense' } & Weighted);

/** `shape` is that of the output for one picture, channels first. */
export type Layer = LayerKind & { readonly shape: readonly number[] };

export const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

/**
 * Reads the layers of a network that is a chain of them.
 * @throws {TypeError} when it is not a network
 * @throws {UnsupportedLayerError} when it has a layer that is not supported here
 */
export function readLayers(file: Uint8Array): Layer[] {
  const model = readOnnx(file);
  const { layers } = readChain(model, collectWeights(file, model).tensors, file);
  return layers.flatMap((link, index): Layer[] => {
    const layer = describe(link);
    const { channels, plane } = link.output;
    if (layer.kind !== 'dense') return [{ ...layer, shape: [channels, ...plane] }];
    const flatten: Layer = { kind: 'flatten', shape: [link.input.channels] };
    return [...(layers[index - 1]?.kind === 'dense' ? [] : [flatten]), { ...layer, shape: [channels] }];
  });
}

/** Describes a layer in the terms of other libraries. */
function describe(link: Link): LayerKind {
  const require = (holds: boolean): void => {
    if (!holds) throw new UnsupportedLayerError(`The layer ${link.name} pads, strides or dilates in an unusual way.`);
  };
  const side = ({ kernel: [height, width] }: { kernel: readonly [number, number] }): number => {
    if (height !== width) throw new UnsupportedLayerError(`The window of the layer ${link.name} is not square.`);
    return height;
  };
  switch (link.kind) {
    case 'convolution': {
      const size = side(link);
      const pads = [...link.padding, ...link.paddingAfter];
      require([...link.strides, ...link.dilations].every((each) => each === 1));
      require(pads.every((pad) => pad === pads[0]) && (pads[0] === 0 || 2 * pads[0] === size - 1));
      return { kind: link.kind, padding: pads[0] ? 'same' : 'valid', ...weights(link) };
    }
    case 'max-pool': {
      const size = side(link);
      require(link.strides.every((each) => each === size));
      return { kind: link.kind, size };
    }
    case 'average':
      return { kind: link.kind };
    case 'dense':
      return { kind: link.kind, ...weights(link) };
  }
}

function weights({ name, weight, bias, relu }: Extract<Link, { weight: unknown }>): Weighted {
  if (!bias) throw new UnsupportedLayerError(`The layer ${name} has no bias.`);
  return { weight: weight.stored, bias: bias.stored, relu };
}

/** Multiply-adds for one picture, by direct convolution. */
export const countMultiplyAdds = (layers: readonly Layer[]): number =>
  sum(layers, (layer) => ('weight' in layer ? product(layer.weight.shape) * product(layer.shape.slice(1)) : 0));
