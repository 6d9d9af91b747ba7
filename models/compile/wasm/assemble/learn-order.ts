/**
 * Finds ONNX Runtime's order of additions by comparing its value after each layer with that of every candidate order,
 * until all bits match. This requires no knowledge of ONNX Runtime's internals.
 */
import { calculate, type SumOrder } from './calculate.js';
import { UnsupportedLayerError, type Layer } from './layers.js';

/** A layer and its order of additions; layers without products have only one. */
export interface OrderedLayer {
  readonly layer: Layer;
  readonly order: SumOrder;
}

/** Returns the value after a layer, as computed by stock ONNX Runtime, for one input of the model. */
export type RunLayer = (layer: Layer) => Promise<Float32Array>;

/** Matrix products are summed in parts that fit the CPU's caches, powers of two, or in one part. */
const partialSums = [32, 64, 128, 256, 512, 1024];

/**
 * @param input of the model
 * @throws {UnsupportedLayerError} naming the layer that no order reproduces
 */
export async function learnOrders(
  layers: readonly Layer[],
  input: Float32Array,
  run: RunLayer,
): Promise<OrderedLayer[]> {
  const ordered: OrderedLayer[] = [];
  let value = input;
  for (const layer of layers) {
    const output = await run(layer);
    const order = orders(layer).find((candidate) => isSame(calculate(layer, value, candidate), output));
    if (!order)
      throw new UnsupportedLayerError(
        `ONNX Runtime computes the ${layer.kind} "${layer.name}" in an order that is not known.`,
      );
    ordered.push({ layer, order });
    value = output;
  }
  return ordered;
}

function orders(layer: Layer): SumOrder[] {
  if (!('weight' in layer)) return [{ partial: 1, bias: 'last' }];
  const depth = layer.weight.values.length / layer.output.channels;
  const parts = [depth, ...partialSums.filter((partial) => partial < depth)];
  // A convolution's bias comes last: it is computed as a matrix product without bias.
  const biasOrders = layer.kind === 'dense' ? (['last', 'first'] as const) : (['last'] as const);
  return parts.flatMap((partial) => biasOrders.map((bias) => ({ partial, bias })));
}

function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
