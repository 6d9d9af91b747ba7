/** The layers of a network, as its ONNX graph has them. Pure. */

import { collectWeights } from '../../../models/compile/weights.js';
import { readOnnx } from '../../../models/compile/onnx.js';

/** @import { OnnxModel, OnnxNode } from '../../../models/compile/onnx.js' */
/** @import { WeightTensor } from '../../../models/compile/weights.js' */

/**
 * @typedef {object} Layer
 * @property {'input' | 'convolution' | 'max pooling' | 'global average' | 'flatten' | 'dense'} operation
 * @property {readonly number[]} kernel height and width; empty where there is none
 * @property {string | null} activation what follows it
 * @property {readonly number[]} shape of its output without the batch: `[channels, height, width]`, or `[length]`
 * @property {number} parameters
 * @property {number} multiplyAdds for one picture
 */

/** @param {readonly number[]} sizes */
const product = (sizes) => sizes.reduce((total, size) => total * size, 1);

/** @param {OnnxNode} node @param {string} name @param {readonly number[]} otherwise */
const attribute = (node, name, otherwise) => node.attributes.get(name) ?? otherwise;

/** A model, and its weights by the names that its operators have for them: they are stored small, and expanded before they are used. */
/** @typedef {OnnxModel & { weights: readonly WeightTensor[] }} WeightedModel */

/** @param {Uint8Array} file @returns {WeightedModel} */
export function readWeighted(file) {
  const model = readOnnx(file);
  return { ...model, weights: collectWeights(file, model).tensors };
}

/** @param {WeightedModel} model @param {string} name of a weight @returns {readonly number[]} */
function shapeOf({ weights, initializers }, name) {
  const found = [...weights, ...initializers].find((each) => each.name === name);
  if (!found) throw new Error(`The model's weight "${name}" is stored in a way that is not known here.`);
  return found.shape;
}

/**
 * Height and width after a window has passed.
 * @param {OnnxNode} node
 * @param {readonly number[]} shape `[channels, height, width]`
 * @param {readonly number[]} kernel
 */
function slide(node, [, ...sizes], kernel) {
  const pads = attribute(node, 'pads', [0, 0, 0, 0]);
  const strides = attribute(node, 'strides', [1, 1]);
  return sizes.map((size, axis) => Math.floor((size + pads[axis] + pads[axis + 2] - kernel[axis]) / strides[axis] + 1));
}

/**
 * @param {WeightedModel} model
 * @param {OnnxNode} node
 * @param {readonly number[]} shape of its input
 * @returns {Omit<Layer, 'activation'>}
 * @throws {Error} when its operator is not known here
 */
function describe(model, node, shape) {
  const free = { kernel: [], parameters: 0, multiplyAdds: 0 };
  const weighted = () => {
    const weight = shapeOf(model, node.inputs[1]);
    const biases = node.inputs.length > 2 ? product(shapeOf(model, node.inputs[2])) : 0;
    return { weight, parameters: product(weight) + biases };
  };
  switch (node.operator) {
    case 'Conv': {
      const { weight, parameters } = weighted();
      const kernel = weight.slice(2);
      const sizes = slide(node, shape, kernel);
      const multiplyAdds = product(weight) * product(sizes);
      return { operation: 'convolution', kernel, shape: [weight[0], ...sizes], parameters, multiplyAdds };
    }
    case 'Gemm': {
      const { weight, parameters } = weighted();
      const length = weight[attribute(node, 'transB', [0])[0] === 1 ? 0 : 1];
      return { operation: 'dense', kernel: [], shape: [length], parameters, multiplyAdds: product(weight) };
    }
    case 'MaxPool': {
      const kernel = attribute(node, 'kernel_shape', [1, 1]);
      return { ...free, operation: 'max pooling', kernel, shape: [shape[0], ...slide(node, shape, kernel)] };
    }
    case 'GlobalAveragePool':
      return { ...free, operation: 'global average', shape: [shape[0], 1, 1] };
    case 'Flatten':
      return { ...free, operation: 'flatten', shape: [product(shape)] };
    default:
      throw new Error(
        `The card cannot describe the operator ${node.operator}. Teach it to scripts/evaluate/card/layers.js.`,
      );
  }
}

/**
 * The layers from the input on, activations joined to what they follow, and flattening left out where it changes nothing.
 * @param {WeightedModel} model a chain of operators
 * @returns {Layer[]}
 * @throws {Error} when the model has an operator that is not known here
 */
export function readLayers(model) {
  const shape = model.input.shape.slice(1).map(Number);
  /** @type {Layer[]} */
  const layers = [{ operation: 'input', kernel: [], activation: null, shape, parameters: 0, multiplyAdds: 0 }];
  let tensor = model.input.name;
  for (const node of model.nodes) {
    // What does not take the tensor expands a weight.
    if (node.inputs[0] !== tensor) continue;
    [tensor] = node.outputs;
    const last = layers[layers.length - 1];
    if (node.operator === 'Relu') last.activation = 'ReLU';
    else if (node.operator === 'Flatten' && product(last.shape) === last.shape[0]) last.shape = [last.shape[0]];
    else layers.push({ ...describe(model, node, last.shape), activation: null });
  }
  return layers;
}

/**
 * How the weights are stored.
 * @param {WeightedModel} model
 * @returns {{ type: string, zeros: number }} the type that most of them have; how many are 0 and left out
 */
export function readStorage({ weights }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let zeros = 0;
  for (const { encoding, shape, distances } of weights) {
    counts.set(encoding, (counts.get(encoding) ?? 0) + product(shape));
    if (distances) zeros += product(shape) - distances.count;
  }
  const [type] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
  return { type, zeros };
}
