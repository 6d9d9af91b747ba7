/** Describes a network's layers for the card. Pure. */
import { rollups, sum } from 'd3-array';
import { IMAGE_SIDE } from '../../../src/model/shapes.js';
import { countMultiplyAdds, product, readLayers, type Layer } from '../../shared/network.js';

export interface LayerFacts {
  /** For example, `conv 3×3`. */
  readonly name: string;
  readonly activation: string | null;
  /** Shape of the output without the batch: `[channels, height, width]`, or `[length]`. */
  readonly shape: readonly number[];
  readonly parameters: number;
}

function nameOf(layer: Layer): string {
  switch (layer.kind) {
    case 'convolution':
      return `conv ${layer.weight.shape.slice(2).join('×')}`;
    case 'max-pool':
      return `max-pool ${layer.size}×${layer.size}`;
    case 'average':
      return 'global average';
    default:
      return layer.kind;
  }
}

/** @throws {TypeError} when the file has an operator that is not known here */
export function describeNetwork(file: Uint8Array) {
  const layers = readLayers(file);
  const tensors = layers.flatMap((layer) => ('weight' in layer ? [layer.weight, layer.bias] : []));
  const facts: LayerFacts[] = [{ name: 'input', activation: null, shape: [1, IMAGE_SIDE, IMAGE_SIDE], parameters: 0 }];
  for (const layer of layers) {
    const last = facts[facts.length - 1];
    const { shape } = layer;
    if (layer.kind === 'flatten' && product(last.shape) === last.shape[0]) facts[facts.length - 1] = { ...last, shape };
    else {
      const parameters = 'weight' in layer ? product(layer.weight.shape) + product(layer.bias.shape) : 0;
      facts.push({ name: nameOf(layer), activation: 'relu' in layer && layer.relu ? 'ReLU' : null, shape, parameters });
    }
  }
  const counts = rollups(
    tensors,
    (own) => sum(own, ({ shape }) => product(shape)),
    ({ encoding }) => encoding,
  );
  return {
    /** With the input, and without flattening where it changes nothing. */
    layers: facts,
    /** For one picture. */
    multiplyAdds: countMultiplyAdds(layers),
    /** Storage type of most weights. */
    storage: counts.toSorted(([, a], [, b]) => b - a)[0][0],
    /** Number of weights that are 0 and not stored. */
    zeros: sum(tensors, ({ shape, distances }) => (distances ? product(shape) - distances.count : 0)),
  };
}

export type NetworkFacts = ReturnType<typeof describeNetwork>;
