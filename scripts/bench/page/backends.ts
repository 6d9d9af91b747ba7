/** Both programs of a model in one page, as the product's service runs them. */
import { InferenceService } from '../../../src/index.js';
import { IMAGE_LENGTH } from '../../../src/model/shapes.js';
import { compareAnswers, type Comparison } from './compare.js';
import { loadImages, modelName } from './load.js';

const webgpu = new InferenceService({ model: modelName, backend: 'webgpu' });
const wasm = new InferenceService({ model: modelName, backend: 'wasm' });
const images = await loadImages();

// Otherwise the faster one, idle while the other still reads, would be disposed, and have no backend any more.
webgpu.retain();
wasm.retain();

/**
 * Has both read some of the images.
 * @throws {Error} when the browser has no WebGPU
 */
export async function compareBackends(first: number, count: number, tolerance: number): Promise<Comparison> {
  const pictures = images.subarray(first * IMAGE_LENGTH, (first + count) * IMAGE_LENGTH);
  const [own, other] = await Promise.all([webgpu.infer(pictures, count), wasm.infer(pictures, count)]);
  if (webgpu.backend !== 'webgpu' || wasm.backend !== 'wasm')
    throw new Error('Another backend was used than asked for.');
  return compareAnswers(own, other, { tolerance });
}
