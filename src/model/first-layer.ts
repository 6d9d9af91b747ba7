import { readOnnxGraph, type OnnxGraph, type OnnxNode, type OnnxTensor } from './onnx-graph.js';
import { expandTensor, type StoredTensor } from './weights.js';

/** A convolution layer, as `Conv` in ONNX. Pairs are rows, then columns. */
export interface Convolution {
  /** Number of feature maps. */
  readonly filters: number;
  /** Size of the kernel. */
  readonly kernel: readonly [number, number];
  /** One kernel per filter, row-major. */
  readonly weights: Float32Array;
  /** One per filter. */
  readonly bias: Float32Array;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** How the image is padded with zeros. */
  readonly padding:
    'SAME_UPPER' | 'SAME_LOWER' | { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Whether a ReLU follows: values below 0 become 0. */
  readonly rectified: boolean;
}

interface Constant {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Encodings of stored weights, by TensorProto.DataType. */
const encodings = new Map<number, StoredTensor['encoding'] | 'uint8'>([
  [1, 'float32'],
  [2, 'uint8'],
  [3, 'int8'],
  [10, 'float16'],
]);

/**
 * Finds the first convolution in a model for single-channel images, with quantized weights or not.
 * @throws {RangeError} saying why it cannot be read
 */
export function readFirstLayer(file: Uint8Array): Convolution {
  const graph = readOnnxGraph(file);
  const node = graph.nodes.find(({ operator, inputs }) => operator === 'Conv' && graph.inputs.includes(inputs[0]));
  if (!node) throw new RangeError('no convolution reads the picture itself.');
  const constantOf = constantsOf(graph);
  const { shape, values } = constantOf(node.inputs[1]);
  const [filters, channels, rows, columns] = shape;
  if (shape.length !== 4 || channels !== 1) {
    throw new RangeError(`its weights have the shape [${shape.join(', ')}]; [filters, 1, rows, columns] can be shown.`);
  }
  const pair = (name: string): readonly [number, number] => {
    const [row = 1, column = 1] = node.attributes.get(name)?.numbers ?? [];
    return [row, column];
  };
  return {
    filters,
    kernel: [rows, columns],
    weights: values,
    bias: node.inputs[2] ? constantOf(node.inputs[2]).values : new Float32Array(filters),
    strides: pair('strides'),
    dilations: pair('dilations'),
    padding: paddingOf(node),
    rectified: graph.nodes.some(({ operator, inputs }) => operator === 'Relu' && inputs[0] === node.outputs[0]),
  };
}

function paddingOf({ attributes }: OnnxNode): Convolution['padding'] {
  const automatic = attributes.get('auto_pad')?.text;
  if (automatic === 'SAME_UPPER' || automatic === 'SAME_LOWER') return automatic;
  const pads = attributes.get('pads')?.numbers ?? [0, 0, 0, 0];
  return { before: pads.slice(0, 2), after: pads.slice(2) };
}

/** Returns a function that returns a constant tensor: stored, or computed from stored ones as in quantized models. */
function constantsOf(graph: OnnxGraph): (name: string) => Constant {
  // A chain of nodes that use a tensor twice would double the work with each node.
  const known = new Map<string, Constant>();
  const constantOf = (name: string): Constant => {
    const constant = known.get(name) ?? compute(graph, name, constantOf);
    known.set(name, constant);
    return constant;
  };
  return constantOf;
}

/** @param constantOf returns the constants that it is computed from */
function compute(graph: OnnxGraph, name: string, constantOf: (name: string) => Constant): Constant {
  const stored = graph.initializers.get(name);
  if (stored) return expand(stored);
  const node = graph.nodes.find(({ outputs }) => outputs.includes(name));
  const inputs = (): Constant[] => (node?.inputs ?? []).filter(Boolean).map(constantOf);
  switch (node?.operator) {
    case 'Constant': {
      const tensor = node.attributes.get('value')?.tensor;
      if (tensor) return expand(tensor);
      break;
    }
    case 'Identity':
    case 'Cast':
      return inputs()[0];
    case 'Mul': {
      const [first, second] = inputs();
      return multiply(first, second);
    }
    case 'DequantizeLinear': {
      const [values, scale, zero] = inputs();
      return multiply(zero ? combine(values, zero, (value, middle) => value - middle) : values, scale);
    }
  }
  throw new RangeError(`its weights come from ${node ? `the operator ${node.operator}` : 'outside of the model'}.`);
}

function expand({ type, shape, bytes }: OnnxTensor): Constant {
  const encoding = encodings.get(type);
  if (!encoding) throw new RangeError(`its weights are stored as ONNX type ${type}.`);
  if (encoding === 'uint8') return { shape, values: Float32Array.from(bytes) };
  return { shape, values: expandTensor(bytes.slice().buffer, { offset: 0, encoding, shape }) };
}

const multiply = (a: Constant, b: Constant): Constant =>
  a.values.length < b.values.length ? multiply(b, a) : combine(a, b, (value, factor) => value * factor);

/** Combines two tensors elementwise: `b` has one value, one per entry of the first axis of `a`, or as many as `a`. */
function combine(a: Constant, b: Constant, operation: (a: number, b: number) => number): Constant {
  const { shape, values } = a;
  const repeat = values.length / b.values.length;
  if (![values.length, shape[0], 1].includes(b.values.length))
    throw new RangeError('its weights are scaled in an unknown way.');
  return { shape, values: values.map((value, index) => operation(value, b.values[Math.floor(index / repeat)])) };
}
