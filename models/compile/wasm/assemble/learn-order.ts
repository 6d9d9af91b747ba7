/**
 * Finds out in which order ONNX Runtime adds, by asking it for the value between two layers and calculating it in each of
 * the orders that come into question, until every bit is the same. Nothing of how ONNX Runtime works has to be known.
 */
import { calculate, type SumOrder } from './calculate.js';
import { UnknownLayerError, type Layer } from './layers.js';

/** A layer, and the order of its sums; layers without products have one order only. */
export interface OrderedLayer {
  readonly layer: Layer;
  readonly order: SumOrder;
}

/** Gives the value after a layer, as stock ONNX Runtime computes it, for one input of the model. */
export type Ask = (layer: Layer) => Promise<Float32Array>;

/** Matrix products are added in parts that fit the processor's caches, powers of two; or in one part. */
const partialSums = [32, 64, 128, 256, 512, 1024];

/**
 * @param input of the model
 * @throws {UnknownLayerError} naming the layer that ONNX Runtime computes otherwise than any order gives
 */
export async function learnOrders(layers: readonly Layer[], input: Float32Array, ask: Ask): Promise<OrderedLayer[]> {
  const ordered: OrderedLayer[] = [];
  let given = input;
  for (const layer of layers) {
    const answer = await ask(layer);
    const order = orders(layer).find((candidate) => isSame(calculate(layer, given, candidate), answer));
    if (!order)
      throw new UnknownLayerError(
        `ONNX Runtime computes the ${layer.kind} "${layer.name}" in an order that is not known.`,
      );
    ordered.push({ layer, order });
    given = answer;
  }
  return ordered;
}

function orders(layer: Layer): SumOrder[] {
  if (!('weight' in layer)) return [{ partial: 1, bias: 'last' }];
  const depth = layer.weight.values.length / layer.output.channels;
  const parts = [depth, ...partialSums.filter((partial) => partial < depth)];
  // A convolution's bias comes last: its sums are those of a matrix product without one.
  const places = layer.kind === 'dense' ? (['last', 'first'] as const) : (['last'] as const);
  return parts.flatMap((partial) => places.map((bias) => ({ partial, bias })));
}

function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
