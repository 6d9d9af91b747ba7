/** A network as layers, from its ONNX file: to build it anew with another library, and to count its multiply-adds. Pure. */
import { readOnnx } from '../../models/compile/onnx.js';
import { collectWeights, stored } from '../../models/compile/weights.js';

/** @import { OnnxModel, OnnxNode } from '../../models/compile/onnx.js' */
/** @import { StoredTensor } from '../../src/model/weights.js' */

/**
 * A layer; `shape` is that of one picture's answer, channels first.
 *
 * @typedef {{ kind: 'convolution', weight: StoredTensor, bias: StoredTensor, padding: 'same' | 'valid', relu: boolean }
 *   | { kind: 'max-pool', size: number }
 *   | { kind: 'average' }
 *   | { kind: 'flatten' }
 *   | { kind: 'dense', weight: StoredTensor, bias: StoredTensor, relu: boolean }} LayerKind
 * @typedef {LayerKind & { shape: number[] }} Layer
 */

/** @param {OnnxNode} node @param {string} detail */
function refuse({ operator, outputs }, detail) {
  return new TypeError(`The bench cannot build ${operator} (${outputs[0]}): ${detail}.`);
}

/** @param {OnnxNode} node @param {string} name @param {number[]} otherwise @returns {number[]} */
const attribute = ({ attributes }, name, otherwise) => [...(attributes.get(name) ?? otherwise)];

/**
 * Reads the layers of a feed-forward network in which each node takes the answer of the one before.
 * @param {Uint8Array} file
 * @returns {Layer[]}
 * @throws {TypeError} where it holds something that is not known here
 */
export function readLayers(file) {
  const model = readOnnx(file);
  const tensors = storedTensors(file, model);
  /** @param {OnnxNode} node @param {number} input */
  const tensor = (node, input) => {
    const found = tensors.get(node.inputs[input]);
    if (!found) throw refuse(node, `${node.inputs[input]} is no tensor of the file`);
    return found;
  };
  let value = model.input.name;
  let shape = model.input.shape.slice(1).map(Number);
  /** @type {Layer[]} */
  const layers = [];
  const constants = new Set(model.initializers.map(({ name }) => name));
  for (const node of model.nodes) {
    // What expands the weights is done by who loads them.
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
    const kind = readLayer(node, tensor, shape);
    shape = answerShape(kind, shape);
    layers.push({ ...kind, shape });
  }
  if (value !== model.outputs[0]) throw new TypeError('The network does not end in its output.');
  return layers;
}

/** @param {Uint8Array} file @param {OnnxModel} model @returns {Map<string, StoredTensor>} by the name of the expanded tensor */
function storedTensors(file, model) {
  /** @type {Map<string, StoredTensor>} */
  const tensors = new Map();
  for (const { name, type, shape, place } of model.initializers) {
    if (type === 'float32' && place) tensors.set(name, { offset: place.offset, encoding: type, shape });
  }
  for (const tensor of collectWeights(file, model).tensors) tensors.set(tensor.name, stored(tensor));
  return tensors;
}

/**
 * @param {OnnxNode} node
 * @param {(node: OnnxNode, input: number) => StoredTensor} tensor
 * @param {readonly number[]} shape of what it takes
 * @returns {LayerKind}
 */
function readLayer(node, tensor, shape) {
  switch (node.operator) {
    case 'Conv': {
      const weight = tensor(node, 1);
      const size = weight.shape[2];
      const pads = attribute(node, 'pads', [0, 0, 0, 0]);
      const known = weight.shape[3] === size && weight.shape[1] === shape[0] && pads.every((pad) => pad === pads[0]);
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

/** @param {LayerKind} layer @param {readonly number[]} shape of what it takes @returns {number[]} */
function answerShape(layer, [channels, ...sides]) {
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
      return [sides.reduce((product, side) => product * side, channels)];
    case 'dense':
      return [layer.weight.shape[0]];
  }
}

/**
 * The multiplications, each with its addition, of one run: direct convolution, nothing saved by an algorithm.
 * @param {readonly Layer[]} layers
 */
export function countMultiplyAdds(layers) {
  return layers.reduce((sum, layer) => {
    if (!('weight' in layer)) return sum;
    const weights = layer.weight.shape.reduce((product, size) => product * size, 1);
    const places = layer.shape.slice(1).reduce((product, side) => product * side, 1);
    return sum + weights * places;
  }, 0);
}
