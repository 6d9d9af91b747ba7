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
 * Finds the model's constants in its file. Supports float32 tensors, float16 tensors expanded by Cast, and int8 tensors
 * expanded by Cast and Mul with a scale per entry of one axis, dense or as entries with distances (which Cast and
 * CumSum convert to indices for ScatterElements); others are embedded in the programs.
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
  { name, type, shape, place }: OnnxInitializer,
  model: OnnxModel,
  file: ArrayBuffer,
): (StoredTensor & { name: string }) | null {
  if (!place || place.bytes < LEAST_BYTES) return null;
  const { offset } = place;
  if (type === 'float32') return { name, offset, encoding: type, shape };
  if (type !== 'float16' && type !== 'int8') return null;
  const expanded = consumerOf(model, name, 'Cast')?.outputs[0];
  if (expanded === undefined) return null;
  if (type === 'float16') return { name: expanded, offset, encoding: type, shape };
  const sparse = describeSparse(expanded, model, file);
  const whole = sparse?.shape ?? shape;
  const product = consumerOf(model, sparse?.name ?? expanded, 'Mul');
  const factor = model.initializers.find((other) => product?.inputs.includes(other.name));
  if (!product || !factor?.place || factor.type !== 'float32' || factor.shape.length !== whole.length) return null;
  const axis = factor.shape.findIndex((size) => size > 1);
  if (axis < 0 || factor.shape.some((size, index) => size !== (index === axis ? whole[axis] : 1))) return null;
  return {
    name: product.outputs[0],
    offset,
    encoding: type,
    shape: whole,
    scale: { offset: factor.place.offset, axis },
    ...(sparse && { distances: sparse.distances }),
  };
}

/** Returns a tensor's only consumer if it is this operator. */
function consumerOf({ nodes }: OnnxModel, tensor: string, operator: string): OnnxNode | undefined {
  const consumers = nodes.filter(({ inputs }) => inputs.includes(tensor));
  return consumers.length === 1 && consumers[0].operator === operator ? consumers[0] : undefined;
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
  const producerOf = (tensor: string | undefined, operator: string) =>
    model.nodes.find((node) => node.outputs[0] === tensor && node.operator === operator);
  const initializer = (tensor: string | undefined) => model.initializers.find(({ name }) => name === tensor);
  const scatter = consumerOf(model, entries, 'ScatterElements');
  if (scatter?.inputs[2] !== entries || !producerOf(scatter.inputs[0], 'ConstantOfShape')) return null;
  const distancesName = producerOf(producerOf(scatter.inputs[1], 'CumSum')?.inputs[0], 'Cast')?.inputs[0];
  const distances = initializer(distancesName);
  const reshape = consumerOf(model, scatter.outputs[0], 'Reshape');
  const shape = initializer(reshape?.inputs[1]);
  if (!reshape || distances?.type !== 'uint8' || !distances.place || shape?.type !== 'int64' || !shape.place)
    return null;
  const { offset, bytes } = shape.place;
  return {
    name: reshape.outputs[0],
    shape: [...new BigInt64Array(file.slice(offset, offset + bytes))].map(Number),
    distances: { offset: distances.place.offset, count: distances.shape[0] },
  };
}
