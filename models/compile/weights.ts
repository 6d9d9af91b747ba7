/**
 * A model's weights: its constant tensors, which programs read from the model file. They are thus stored once, in the
 * model's encoding, for both programs and for stock ONNX Runtime.
 */
import { expandTensor, type StoredTensor } from '../../src/model/weights.js';
import type { OnnxInitializer, OnnxModel, OnnxNode } from './onnx.js';

/** A tensor in the model's file, and its values. */
export interface WeightTensor extends StoredTensor {
  /** Name of the expanded tensor in the graph. */
  readonly name: string;
  readonly values: Float32Array;
}

export interface Weights {
  /** The model's file. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly tensors: readonly WeightTensor[];
}

/** Tensors below this many bytes are embedded in the programs: a reference would take as much space. */
const LEAST_BYTES = 64;

/**
 * Finds the model's constants in its file. Supports float32 tensors, float16 tensors expanded by Cast, and int8 and uint4
 * tensors expanded by Cast and Mul with a scale per entry of one axis: dense, in pairs (uint4), or as entries with
 * distances (which Cast and CumSum convert to indices for ScatterElements); others are embedded in the programs.
 */
export function collectWeights(file: Uint8Array, model: OnnxModel): Weights {
  const copy = Uint8Array.from(file);
  const tensors = model.initializers.flatMap((initializer) => {
    const tensor = describeTensor(initializer, model, copy.buffer);
    return tensor ? [{ ...tensor, values: expandTensor(copy.buffer, tensor) }] : [];
  });
  // A scale is part of the tensor that it multiplies.
  const scales = new Set(tensors.map(({ scale }) => scale?.offset));
  return { file: copy, tensors: tensors.filter(({ offset }) => !scales.has(offset)) };
}

/** Returns a program's reference to a tensor in the file. */
export function stored({ offset, encoding, shape, scale, distances }: WeightTensor): StoredTensor {
  return { offset, encoding, shape, ...(scale && { scale }), ...(distances && { distances }) };
}

function describeTensor(
  { name, type, shape, range }: OnnxInitializer,
  model: OnnxModel,
  file: ArrayBuffer,
): (StoredTensor & { name: string }) | null {
  if (!range || range.bytes < LEAST_BYTES) return null;
  const { offset } = range;
  if (type === 'float32') return { name, offset, encoding: type, shape };
  if (type !== 'float16' && type !== 'int8' && type !== 'uint8') return null;
  const expanded = consumerOf(model, name, 'Cast')?.outputs[0];
  if (expanded === undefined) return null;
  if (type === 'float16') return { name: expanded, offset, encoding: type, shape };
  const sparse = type === 'int8' ? describeSparse(expanded, model, file) : null;
  const paired = type === 'uint8' ? describePairs(expanded, model, file) : null;
  if (type === 'uint8' && !paired) return null;
  const whole = sparse?.shape ?? paired?.shape ?? shape;
  const product = consumerOf(model, sparse?.name ?? paired?.name ?? expanded, 'Mul');
  const factor = model.initializers.find((other) => product?.inputs.includes(other.name));
  if (!product || !factor?.range || factor.type !== 'float32' || factor.shape.length !== whole.length) return null;
  const axis = factor.shape.findIndex((size) => size > 1);
  if (axis < 0 || factor.shape.some((size, index) => size !== (index === axis ? whole[axis] : 1))) return null;
  return {
    name: product.outputs[0],
    offset,
    encoding: type === 'uint8' ? 'uint4' : type,
    shape: whole,
    scale: { offset: factor.range.offset, axis },
    ...(sparse && { distances: sparse.distances }),
  };
}

/** Returns a tensor's only consumer if it is this operator. */
function consumerOf({ nodes }: OnnxModel, tensor: string, operator: string): OnnxNode | undefined {
  const consumers = nodes.filter(({ inputs }) => inputs.includes(tensor));
  return consumers.length === 1 && consumers[0].operator === operator ? consumers[0] : undefined;
}

/** Returns the node that computes a tensor if it is this operator. */
function producerOf({ nodes }: OnnxModel, tensor: string | undefined, operator: string): OnnxNode | undefined {
  return nodes.find((node) => node.outputs[0] === tensor && node.operator === operator);
}

/** Returns the integers of a constant tensor of int64, such as a shape. */
function integers({ initializers }: OnnxModel, tensor: string | undefined, file: ArrayBuffer): number[] | null {
  const initializer = initializers.find(({ name }) => name === tensor);
  if (initializer?.type !== 'int64' || !initializer.range) return null;
  const { offset, bytes } = initializer.range;
  return [...new BigInt64Array(file.slice(offset, offset + bytes))].map(Number);
}

/** Whether a tensor is a constant with this float32 as its only value. */
function isFloat({ initializers }: OnnxModel, tensor: string, value: number, file: ArrayBuffer): boolean {
  const { type, range } = initializers.find(({ name }) => name === tensor) ?? {};
  return type === 'float32' && range?.bytes === 4 && new DataView(file).getFloat32(range.offset, true) === value;
}

/**
 * Describes a tensor stored as pairs (a + 8) + 16 (b + 8): Floor of a sixteenth is b + 8, the rest is a + 8; Concat and
 * Reshape put them side by side, and Sub takes 8 from each.
 * @param sums the name of the pairs, expanded to float32
 */
function describePairs(sums: string, model: OnnxModel, file: ArrayBuffer): { name: string; shape: number[] } | null {
  const first = model.nodes.find(({ operator, inputs }) => operator === 'Sub' && inputs[0] === sums);
  const product = producerOf(model, first?.inputs[1], 'Mul');
  const second = producerOf(model, product?.inputs[0], 'Floor');
  const ratio = producerOf(model, second?.inputs[0], 'Div');
  const both = first && consumerOf(model, first.outputs[0], 'Concat');
  const reshape = both && consumerOf(model, both.outputs[0], 'Reshape');
  const difference = reshape && consumerOf(model, reshape.outputs[0], 'Sub');
  const shape = integers(model, reshape?.inputs[1], file);
  if (!product || !second || ratio?.inputs[0] !== sums || !difference || !shape) return null;
  if (both.inputs.join() !== [...first.outputs, ...second.outputs].join()) return null;
  const isNumber = (tensor: string, value: number) => isFloat(model, tensor, value, file);
  if (!isNumber(ratio.inputs[1], 16) || !isNumber(product.inputs[1], 16) || !isNumber(difference.inputs[1], 8))
    return null;
  return { name: difference.outputs[0], shape };
}

/**
 * Describes a sparse tensor: name and shape of the dense one, and where the distances are stored.
 * @param entries the name of the entries, expanded to float32
 */
function describeSparse(
  entries: string,
  model: OnnxModel,
  file: ArrayBuffer,
): { name: string; shape: number[]; distances: NonNullable<StoredTensor['distances']> } | null {
  const scatter = consumerOf(model, entries, 'ScatterElements');
  if (scatter?.inputs[2] !== entries || !producerOf(model, scatter.inputs[0], 'ConstantOfShape')) return null;
  const indices = producerOf(model, scatter.inputs[1], 'CumSum');
  const distancesName = producerOf(model, indices?.inputs[0], 'Cast')?.inputs[0];
  const distances = model.initializers.find(({ name }) => name === distancesName);
  const reshape = consumerOf(model, scatter.outputs[0], 'Reshape');
  const shape = integers(model, reshape?.inputs[1], file);
  if (!reshape || !shape || distances?.type !== 'uint8' || !distances.range) return null;
  return {
    name: reshape.outputs[0],
    shape,
    distances: { offset: distances.range.offset, count: distances.shape[0] },
  };
}
