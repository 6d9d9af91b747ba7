/** Reads a feed-forward network as a chain of supported layers. Pure functions. */
import type { OnnxInitializer, OnnxModel, OnnxNode, OnnxValue } from '../../onnx.js';
import type { StoredTensor } from '../../../../src/model/weights.js';
import { stored, type WeightTensor } from '../../weights.js';

/** Rows and columns. */
export type Plane = readonly [number, number];

/** The shape of a value between layers, for one image. The numbers of a matrix product are channels of 1x1. */
export interface Volume {
  readonly channels: number;
  readonly plane: Plane;
}

/** A layer's constant: read from the model's file, or embedded if it is small. */
export interface Constant {
  readonly values: Float32Array;
  readonly tensor: WeightTensor | null;
  /** How the file stores it, in either case. */
  readonly stored: StoredTensor;
}

interface LayerBase {
  readonly input: Volume;
  readonly output: Volume;
  /** The output's name in the model. */
  readonly name: string;
}

export interface Convolution extends LayerBase {
  readonly kind: 'convolution';
  /** `[output channels, input channels, ...kernel]` */
  readonly weight: Constant;
  readonly bias: Constant | null;
  readonly kernel: Plane;
  readonly dilations: Plane;
  readonly strides: Plane;
  /** Zero rows above and columns before the input. */
  readonly padding: Plane;
  /** The same below and after. */
  readonly paddingAfter: Plane;
  readonly relu: boolean;
}

export interface MaxPool extends LayerBase {
  readonly kind: 'max-pool';
  readonly kernel: Plane;
  readonly strides: Plane;
}

/** The mean of each channel. */
export interface Average extends LayerBase {
  readonly kind: 'average';
}

/** A matrix product. */
export interface Dense extends LayerBase {
  readonly kind: 'dense';
  /** `[output channels, input length]` */
  readonly weight: Constant;
  readonly bias: Constant | null;
  readonly relu: boolean;
}

export type Layer = Convolution | MaxPool | Average | Dense;

/** A sequence of layers, at least one, and its outputs. */
export interface Chain {
  readonly layers: readonly Layer[];
  /** The model's outputs, each with the index of the layer that computes it. */
  readonly outputs: readonly { readonly name: string; readonly layer: number }[];
}

/** A model is not a chain of supported layers. */
export class UnsupportedLayerError extends Error {
  override readonly name = 'UnsupportedLayerError';

  constructor(reason: string) {
    super(`${reason} Stock ONNX Runtime runs such a model as it is: give the recognizer its URL.`);
  }
}

/** Returns how many numbers a value has. */
export function volumeLength({ channels, plane }: Volume): number {
  return channels * plane[0] * plane[1];
}

/** Returns the size of a convolution's padded input. */
export function paddedPlane({ input, padding, paddingAfter }: Convolution): Plane {
  return [padding[0] + input.plane[0] + paddingAfter[0], padding[1] + input.plane[1] + paddingAfter[1]];
}

/** Whether a layer's input needs a border of zeros. */
export function hasBorder(layer: Layer | null): layer is Convolution {
  return layer?.kind === 'convolution' && [...layer.padding, ...layer.paddingAfter].some((size) => size > 0);
}

/**
 * Reads a model as a chain of layers.
 * @param tensors the model's weights
 * @throws {UnsupportedLayerError} naming the unsupported operator
 */
export function readLayers(model: OnnxModel, tensors: readonly WeightTensor[], file: Uint8Array): Chain {
  let value = model.input.name;
  let volume = readVolume(model.input);
  const constants = new Set(model.initializers.map(({ name }) => name));
  const layers: Layer[] = [];
  /** Index of the layer that computes a value, by the value's name. */
  const layerIndices = new Map<string, number>();
  for (const node of model.nodes) {
    // Operators that expand weights are applied when the weights are loaded.
    if (node.inputs.every((name) => constants.has(name))) {
      constants.add(node.outputs[0]);
      continue;
    }
    if (node.inputs[0] !== value) throw refuse(node, 'it does not continue the chain');
    [value] = node.outputs;
    const last = layers.at(-1);
    if (node.operator === 'Relu' && last?.name === node.inputs[0] && 'relu' in last && !last.relu) {
      layers[layers.length - 1] = { ...last, relu: true, name: value };
      layerIndices.delete(last.name);
    } else if (node.operator === 'Flatten') {
      expectAttributes(node, { axis: [1] });
      volume = { channels: volumeLength(volume), plane: [1, 1] };
    } else {
      const layer = readLayer(node, volume, (name) => findConstant(name, model.initializers, tensors, file));
      layers.push(layer);
      volume = layer.output;
    }
    layerIndices.set(value, layers.length - 1);
  }
  const outputs = model.outputs.map((name) => {
    const layer = layerIndices.get(name) ?? -1;
    if (layer < 0) throw new UnsupportedLayerError(`No supported layer computes its output ${name}.`);
    if (hasBorder(layers[layer + 1] ?? null)) {
      throw new UnsupportedLayerError(`The layer after its output ${name} needs zeros around it.`);
    }
    return { name, layer };
  });
  if (Math.max(...outputs.map(({ layer }) => layer)) < layers.length - 1) {
    throw new UnsupportedLayerError('Its last operator computes none of its outputs.');
  }
  return { layers, outputs };
}

/** Returns the shape of one image: the first axis is the batch. */
function readVolume({ name, shape }: OnnxValue): Volume {
  const [, channels, height, width] = shape;
  if (shape.length !== 4) throw new UnsupportedLayerError(`Its input "${name}" is not an image.`);
  if (channels === null || height === null || width === null) {
    const sizes = shape.map((size) => size ?? '?').join(', ');
    throw new UnsupportedLayerError(
      `Only the first axis of its input "${name}" may have any size; its shape is [${sizes}].`,
    );
  }
  return { channels, plane: [height, width] };
}

function readLayer(node: OnnxNode, input: Volume, constant: (name: string) => Constant | null): Layer {
  const [, weightName, biasName] = node.inputs;
  const name = node.outputs[0];
  const bias = biasName ? constant(biasName) : null;
  const readWeight = (): Constant => {
    const weight = constant(weightName);
    if (!weight || (biasName && !bias)) throw refuse(node, 'its weights are not supported constants');
    return weight;
  };
  switch (node.operator) {
    case 'Conv': {
      const weight = readWeight();
      const shape = weight.tensor?.shape ?? [];
      if (shape.length !== 4) throw refuse(node, 'it does not have two dimensions, or has very few weights');
      const kernel: Plane = [shape[2], shape[3]];
      expectAttributes(node, { group: [1], kernel_shape: kernel, strides: null, dilations: null, pads: null });
      const [top, left, bottom, right] = attribute(node, 'pads', [0, 0, 0, 0]);
      const window = {
        kernel,
        dilations: attribute(node, 'dilations', [1, 1]) as unknown as Plane,
        strides: attribute(node, 'strides', [1, 1]) as unknown as Plane,
        padding: [top, left] as const,
        paddingAfter: [bottom, right] as const,
      };
      if (shape[1] !== input.channels) throw refuse(node, 'its weights do not fit its input');
      const output = { channels: shape[0], plane: slide(input.plane, window) };
      return { kind: 'convolution', name, input, output, weight, bias, ...window, relu: false };
    }
    case 'MaxPool': {
      expectAttributes(node, {
        kernel_shape: null,
        strides: null,
        pads: [0, 0, 0, 0],
        ceil_mode: [0],
        dilations: [1, 1],
      });
      const kernel = attribute(node, 'kernel_shape', []) as unknown as Plane;
      if (kernel.length !== 2) throw refuse(node, 'it does not have two dimensions');
      const strides = attribute(node, 'strides', [1, 1]) as unknown as Plane;
      const window = { kernel, strides, dilations: [1, 1], padding: [0, 0], paddingAfter: [0, 0] } as const;
      const output = { channels: input.channels, plane: slide(input.plane, window) };
      return { kind: 'max-pool', name, input, output, kernel, strides };
    }
    case 'GlobalAveragePool':
      expectAttributes(node, {});
      return { kind: 'average', name, input, output: { channels: input.channels, plane: [1, 1] } };
    case 'Gemm': {
      expectAttributes(node, { transB: [1], transA: [0], alpha: [1], beta: [1] });
      const weight = readWeight();
      const [outputs, inputs] = weight.tensor?.shape ?? [];
      if (
        attribute(node, 'transB', [0])[0] !== 1 ||
        inputs !== volumeLength(input) ||
        volumeLength(input) !== input.channels
      )
        throw refuse(node, 'its weights are not transposed, or do not fit its input');
      return { kind: 'dense', name, input, output: { channels: outputs, plane: [1, 1] }, weight, bias, relu: false };
    }
    default:
      throw refuse(node);
  }
}

type Window = Pick<Convolution, 'kernel' | 'dilations' | 'strides' | 'padding' | 'paddingAfter'>;

/** Returns the output plane of a sliding window. */
function slide(plane: Plane, { kernel, dilations, strides, padding, paddingAfter }: Window): Plane {
  const positions = (axis: 0 | 1) => {
    const free = padding[axis] + plane[axis] + paddingAfter[axis] - dilations[axis] * (kernel[axis] - 1) - 1;
    return Math.floor(free / strides[axis]) + 1;
  };
  return [positions(0), positions(1)];
}

function findConstant(
  wanted: string,
  initializers: readonly OnnxInitializer[],
  tensors: readonly WeightTensor[],
  file: Uint8Array,
): Constant | null {
  const tensor = tensors.find(({ name }) => name === wanted);
  if (tensor) return { values: tensor.values, tensor, stored: stored(tensor) };
  const small = initializers.find(({ name }) => name === wanted);
  if (small?.type !== 'float32' || !small.range) return null;
  const { offset, bytes } = small.range;
  return {
    values: new Float32Array(Uint8Array.from(file.subarray(offset, offset + bytes)).buffer),
    tensor: null,
    stored: { offset, encoding: small.type, shape: small.shape },
  };
}

function attribute({ attributes }: OnnxNode, name: string, otherwise: readonly number[]): readonly number[] {
  return attributes.get(name) ?? otherwise;
}

/** @param known by name: the only supported value, or null if any is */
function expectAttributes(node: OnnxNode, known: Readonly<Record<string, readonly number[] | null>>): void {
  for (const [name, value] of node.attributes) {
    const expected = known[name];
    if (expected === undefined || (expected && expected.join() !== value.join())) {
      throw refuse(node, `its attribute ${name}${expected ? ` is ${value.join()}, not ${expected.join()}` : ''}`);
    }
  }
}

function refuse({ operator, outputs }: OnnxNode, detail?: string): UnsupportedLayerError {
  return new UnsupportedLayerError(`${operator} (${outputs[0]}) is not supported${detail ? `: ${detail}` : ''}.`);
}
