/** Both programs of a model in one page, as the product's service runs them. */
import { InferenceService } from '../../../src/index.js';
import { load } from './contestants/contestant.js';
import { compareAnswers } from './same-digits.js';
import { modelName } from './start/model-name.js';

/** @import { DigitComparison } from './same-digits.js' */

const imageLength = 784;
const digits = 10;

const webgpu = new InferenceService({ model: modelName, backend: 'webgpu' });
const wasm = new InferenceService({ model: modelName, backend: 'wasm' });

/** MNIST's test images, 0..1. */
const images = Float32Array.from(new Uint8Array(await load('images.bin')), (value) => value / 255);

/**
 * Lets both read some of the images.
 * @param {{ first: number, count: number, tolerance: number }} parameters
 * @returns {Promise<DigitComparison>}
 * @throws {Error} when the browser has no WebGPU
 */
export async function compareBackends({ first, count, tolerance }) {
  const pictures = images.subarray(first * imageLength, (first + count) * imageLength);
  const [own, other] = await Promise.all([webgpu.infer(pictures, count), wasm.infer(pictures, count)]);
  if (webgpu.backend !== 'webgpu' || wasm.backend !== 'wasm') throw new Error('A backend was not obeyed.');
  return compareAnswers(own, other, { length: digits, tolerance });
}
