import { expandTensor, isInOrder, permuteInSteps } from '../weights.js';
import type { WeightPlacement } from './wasm-program-format.js';

/**
 * Writes weights where a program expects them, in small steps, between which the caller may do something else.
 * @param memory of the program
 * @param model the file that holds the weights
 * @throws {RangeError} when one lies beyond the memory or the file
 */
export function* placeWeights(
  memory: ArrayBuffer,
  model: ArrayBuffer,
  placements: readonly WeightPlacement[],
): Generator<void, void> {
  for (const { tensor, address, axes, order } of placements) {
    const length = axes.reduce((product, size) => product * size, 1);
    const place = new Float32Array(memory, address, length);
    const values = expandTensor(model, tensor);
    if (isInOrder(order)) {
      place.set(values);
      yield;
    } else {
      yield* permuteInSteps(place, padded(values, length), axes, order);
    }
  }
}

function padded(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const whole = new Float32Array(length);
  whole.set(values);
  return whole;
}
