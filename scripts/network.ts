/** A network's layers, from its ONNX file: to describe it, and to rebuild it with another library. Pure. */
import { sum } from 'd3-array';
import { readOnnx } from '../models/compile/onnx.js';
import {
  readLayers as readChain,
  UnknownLayerError,
  type Layer as Link,
} from '../models/compile/wasm/assemble/layers.js';
import { collectWeights } from '../models/compile/weights.js';
import type { StoredTensor } from '../src/model/weights.js';

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
 * @throws {UnknownLayerError} when it has a layer that is not known here
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
    if (!holds) throw new UnknownLayerError(`The layer ${link.name} pads, strides or dilates in an unusual way.`);
  };
  switch (link.kind) {
    case 'convolution': {
      const [size] = link.kernel;
      const pads = [...link.padding, ...link.paddingAfter];
      require([...link.strides, ...link.dilations].every((each) => each === 1));
      require(pads.every((pad) => pad === pads[0]) && (pads[0] === 0 || 2 * pads[0] === size - 1));
      return { kind: link.kind, padding: pads[0] ? 'same' : 'valid', ...weights(link) };
    }
    case 'max-pool': {
      const [size] = link.kernel;
      require([...link.kernel, ...link.strides].every((each) => each === size));
      return { kind: link.kind, size };
    }
    case 'average':
      return { kind: link.kind };
    case 'dense':
      return { kind: link.kind, ...weights(link) };
  }
}

function weights({ name, weight, bias, relu }: Extract<Link, { weight: unknown }>): Weighted {
  if (!bias) throw new UnknownLayerError(`The layer ${name} has no bias.`);
  return { weight: weight.stored, bias: bias.stored, relu };
}

/** Multiply-adds for one picture, by direct convolution. */
export const countMultiplyAdds = (layers: readonly Layer[]): number =>
  sum(layers, (layer) => ('weight' in layer ? product(layer.weight.shape) * product(layer.shape.slice(1)) : 0));
