/** The weights file: every constant tensor of a model once, in the encoding in which the model stores it. */
import { expandTensor, type StoredTensor } from '../../src/inference/weights.js';
import type { OnnxInitializer, OnnxModel } from './onnx.js';

/** A tensor of the weights file, and its values. */
export interface WeightTensor extends StoredTensor {
  /** The name by which the model's operators know the expanded tensor. */
  readonly name: string;
  readonly values: Float32Array;
}

export interface Weights {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly tensors: readonly WeightTensor[];
}

/** Tensors below this many bytes are left to the programs: naming them costs as much as they do. */
const LEAST_BYTES = 64;

/**
 * Puts the model's constants into one file. Recognised are float32 tensors, float16 tensors that a Cast expands, and
 * int8 tensors that a Cast and a Mul with a scale per entry of one axis expand; others stay with the programs.
 */
export function collectWeights({ initializers, nodes }: OnnxModel): Weights {
  const parts: { at: number; bytes: Uint8Array }[] = [];
  let length = 0;
  const place = (bytes: Uint8Array): number => {
    const at = length;
    parts.push({ at, bytes });
    length += Math.ceil(bytes.length / 4) * 4;
    return at;
  };
  const consumer = (name: string, operator: string) => {
    const consumers = nodes.filter(({ inputs }) => inputs.includes(name));
    return consumers.length === 1 && consumers[0].operator === operator ? consumers[0] : undefined;
  };
  const scaleNames = new Set<string>();
  const stored: (StoredTensor & { name: string })[] = [];
  const store = (initializer: OnnxInitializer): void => {
    const { name, type, shape, bytes } = initializer;
    if (type === 'other' || bytes.length < LEAST_BYTES) return;
    if (type === 'float32') {
      if (!scaleNames.has(name)) stored.push({ name, offset: place(bytes), encoding: type, shape });
      return;
    }
    const expanded = consumer(name, 'Cast')?.outputs[0];
    if (expanded === undefined) return;
    if (type === 'float16') {
      stored.push({ name: expanded, offset: place(bytes), encoding: type, shape });
      return;
    }
    const product = consumer(expanded, 'Mul');
    const factor = initializers.find((other) => other !== initializer && product?.inputs.includes(other.name));
    const axis = factor?.shape.findIndex((size) => size > 1) ?? -1;
    if (!product || factor?.type !== 'float32' || factor.shape.length !== shape.length) return;
    if (axis < 0 || factor.shape.some((size, index) => size !== (index === axis ? shape[axis] : 1))) return;
    scaleNames.add(factor.name);
    const offset = place(bytes);
    const scale = { offset: place(factor.bytes), axis };
    stored.push({ name: product.outputs[0], offset, encoding: type, shape, scale });
  };
  // Scales are known once the integers are: float32 comes last.
  for (const initializer of initializers.filter(({ type }) => type !== 'float32')) store(initializer);
  for (const initializer of initializers.filter(({ type }) => type === 'float32')) store(initializer);
  const file = new Uint8Array(length);
  for (const { at, bytes } of parts) file.set(bytes, at);
  return { file, tensors: stored.map((tensor) => ({ ...tensor, values: expandTensor(file.buffer, tensor) })) };
}
