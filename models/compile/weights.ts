/**
 * The weights of a model: its constant tensors, which programs take out of the model's own file. So they are stored
 * once, in the encoding that the model has, for both programs and for stock ONNX Runtime.
 */
import { expandTensor, type StoredTensor } from '../../src/inference/weights.js';
import type { OnnxInitializer, OnnxModel } from './onnx.js';

/** A tensor of the model's file, and its values. */
export interface WeightTensor extends StoredTensor {
  /** The name by which the model's operators know the expanded tensor. */
  readonly name: string;
  readonly values: Float32Array;
}

export interface Weights {
  /** The model's file. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly tensors: readonly WeightTensor[];
}

/** Tensors below this many bytes are left to the programs: naming them costs as much as they do. */
const LEAST_BYTES = 64;

/**
 * Finds the model's constants in its file. Recognised are float32 tensors, float16 tensors that a Cast expands, and int8
 * tensors that a Cast and a Mul with a scale per entry of one axis expand; others stay with the programs.
 */
export function collectWeights(file: Uint8Array, model: OnnxModel): Weights {
  const copy = Uint8Array.from(file);
  const tensors = model.initializers.flatMap((initializer) => {
    const tensor = describeTensor(initializer, model);
    return tensor ? [{ ...tensor, values: expandTensor(copy.buffer, tensor) }] : [];
  });
  // A scale is part of the tensor that it multiplies.
  const scales = new Set(tensors.map(({ scale }) => scale?.offset));
  return { file: copy, tensors: tensors.filter(({ offset }) => !scales.has(offset)) };
}

function describeTensor(
  initializer: OnnxInitializer,
  { initializers, nodes }: OnnxModel,
): (StoredTensor & { name: string }) | null {
  const { name, type, shape, place } = initializer;
  if (type === 'other' || !place || place.bytes < LEAST_BYTES) return null;
  const { offset } = place;
  if (type === 'float32') return { name, offset, encoding: type, shape };
  const consumer = (tensor: string, operator: string) => {
    const consumers = nodes.filter(({ inputs }) => inputs.includes(tensor));
    return consumers.length === 1 && consumers[0].operator === operator ? consumers[0] : undefined;
  };
  const expanded = consumer(name, 'Cast')?.outputs[0];
  if (expanded === undefined) return null;
  if (type === 'float16') return { name: expanded, offset, encoding: type, shape };
  const product = consumer(expanded, 'Mul');
  const factor = initializers.find((other) => product?.inputs.includes(other.name));
  if (!product || !factor?.place || factor.type !== 'float32' || factor.shape.length !== shape.length) return null;
  const axis = factor.shape.findIndex((size) => size > 1);
  if (axis < 0 || factor.shape.some((size, index) => size !== (index === axis ? shape[axis] : 1))) return null;
  return { name: product.outputs[0], offset, encoding: type, shape, scale: { offset: factor.place.offset, axis } };
}
