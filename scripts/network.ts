/** A network as layers, from its ONNX file: to describe it, and to build it anew with another library. Pure. */
import { readOnnx, type OnnxModel, type OnnxNode } from '../models/compile/onnx.js';
import { collectWeights, stored } from '../models/compile/weights.js';
import type { StoredTensor } from '../src/model/weights.js';

interface Weighted {
  readonly weight: StoredTensor;
  readonly bias: StoredTensor;
  relu: boolean;
}

type LayerKind =
  | ({ readonly kind: 'convolution'; readonly padding: 'same' | 'valid' } & Weighted)
  | { readonly kind: 'max-pool'; readonly size: number }
  | { readonly kind: 'average' }
  | { readonly kind: 'flatten' }
  | ({ readonly kind: 'dense' } & Weighted);

/** `shape` is that of one picture's answer, channels first. */
export type Layer = LayerKind & { readonly shape: readonly number[] };

export const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

const refuse = ({ operator, outputs }: OnnxNode, detail: string) =>
  new TypeError(`The operator ${operator} (${outputs[0]}) cannot be described: ${detail}.`);

const attribute = ({ attributes }: OnnxNode, name: string, otherwise: number[]): number[] => [
  ...(attributes.get(name) ?? otherwise),
];

/**
 * Reads the layers of a feed-forward network in which each node takes the answer of the one before.
 * @throws {TypeError} where it holds something that is not known here
 */
export function readLayers(file: Uint8Array): Layer[] {
  const model = readOnnx(file);
  const tensors = storedTensors(file, model);
  const tensor = (node: OnnxNode, input: number) => {
    const found = tensors.get(node.inputs[input]);
    if (!found) throw refuse(node, `${node.inputs[input]} is not a tensor of the file`);
    return found;
  };
  let value = model.input.name;
  let shape: readonly number[] = model.input.shape.slice(1).map(Number);
  const layers: Layer[] = [];
  const constants = new Set(model.initializers.map(({ name }) => name));
  for (const node of model.nodes) {
    // Nodes that expand the weights belong to whoever loads them.
    if (node.inputs.every((name) => constants.has(name))) {
      constants.add(node.outputs[0]);
      continue;
    }
    if (node.inputs[0] !== value) throw refuse(node, `it does not take ${value}`);
    value = node.outputs[0];
    const last = layers.at(-1);
    if (node.operator === 'Relu') {
      if (!last || !('relu' in last)) throw refuse(node, 'it does not follow a layer with weights');
      last.relu = true;
      continue;
    }
    const kind = readLayer(node, tensor);
    shape = answerShape(kind, shape);
    layers.push({ ...kind, shape });
  }
  if (value !== model.outputs[0]) throw new TypeError('The network does not end in its output.');
  return layers;
}

/** By the name of the expanded tensor. */
function storedTensors(file: Uint8Array, model: OnnxModel): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, type, shape, place } of model.initializers) {
    if (type === 'float32' && place) tensors.set(name, { offset: place.offset, encoding: type, shape });
  }
  for (const tensor of collectWeights(file, model).tensors) tensors.set(tensor.name, stored(tensor));
  return tensors;
}

function readLayer(node: OnnxNode, tensor: (node: OnnxNode, input: number) => StoredTensor): LayerKind {
  switch (node.operator) {
    case 'Conv': {
      const weight = tensor(node, 1);
      const size = weight.shape[2];
      const pads = attribute(node, 'pads', [0, 0, 0, 0]);
      const known = attribute(node, 'group', [1])[0] === 1 && pads.every((pad) => pad === pads[0]);
      const unit = [...attribute(node, 'strides', [1, 1]), ...attribute(node, 'dilations', [1, 1])];
      if (!known || unit.some((each) => each !== 1) || (pads[0] !== 0 && 2 * pads[0] !== size - 1)) {
        throw refuse(node, 'its padding, strides, dilations or groups are not known here');
      }
      return { kind: 'convolution', weight, bias: tensor(node, 2), padding: pads[0] ? 'same' : 'valid', relu: false };
    }
    case 'MaxPool': {
      const [size, ...others] = [...attribute(node, 'kernel_shape', []), ...attribute(node, 'strides', [])];
      if (others.some((each) => each !== size) || attribute(node, 'pads', []).some((pad) => pad !== 0)) {
        throw refuse(node, 'its windows overlap or reach over the edge');
      }
      return { kind: 'max-pool', size };
    }
    case 'GlobalAveragePool':
      return { kind: 'average' };
    case 'Flatten':
      return { kind: 'flatten' };
    case 'Gemm':
      if (attribute(node, 'transB', [0])[0] !== 1) throw refuse(node, 'its weights are not transposed');
      return { kind: 'dense', weight: tensor(node, 1), bias: tensor(node, 2), relu: false };
    default:
      throw refuse(node, 'it is not known here');
  }
}

/** @param shape of what the layer takes */
function answerShape(layer: LayerKind, [channels, ...sides]: readonly number[]): number[] {
  switch (layer.kind) {
    case 'convolution': {
      const [outputs, , size] = layer.weight.shape;
      return [outputs, ...sides.map((side) => (layer.padding === 'same' ? side : side - size + 1))];
    }
    case 'max-pool':
      return [channels, ...sides.map((side) => Math.floor(side / layer.size))];
    case 'average':
      return [channels, 1, 1];
    case 'flatten':
      return [product([channels, ...sides])];
    case 'dense':
      return [layer.weight.shape[0]];
  }
}

/** The multiplications, each with its addition, of one run: direct convolution, nothing saved by an algorithm. */
export const countMultiplyAdds = (layers: readonly Layer[]): number =>
  layers.reduce(
    (sum, layer) => sum + ('weight' in layer ? product(layer.weight.shape) * product(layer.shape.slice(1)) : 0),
    0,
  );
