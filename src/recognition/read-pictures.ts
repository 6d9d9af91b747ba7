import { IMAGE_LENGTH, LARGEST_BATCH } from '../model/shapes.js';
import type { Network, Output, ReadOptions } from './interpret.js';

/**
 * Runs a network on images, in as few requests as possible. With a profile, the output includes the features by which
 * the profile compares drawings; for a model without features, these are its logits.
 *
 * @param images 784 values each
 */
export async function readPictures(
  images: readonly Float32Array[],
  network: Network,
  { signal, profile }: ReadOptions,
): Promise<Output[]> {
  const outputs: Output[] = [];
  for (let start = 0; start < images.length; start += LARGEST_BATCH) {
    const batch = images.slice(start, start + LARGEST_BATCH);
    const pixels = new Float32Array(batch.length * IMAGE_LENGTH);
    batch.forEach((image, index) => pixels.set(image, index * IMAGE_LENGTH));
    outputs.push(...(await readBatch(pixels, batch.length, network, Boolean(profile), signal ? { signal } : {})));
  }
  return outputs;
}

async function readBatch(
  pixels: Float32Array,
  count: number,
  network: Network,
  withFeatures: boolean,
  options: { readonly signal?: AbortSignal },
): Promise<Output[]> {
  if (!withFeatures) {
    const logits = await network.infer(pixels, count, options);
    return parts(logits, count).map((own) => ({ logits: own, features: null }));
  }
  const { logits, features } = await network.run(pixels, count, { ...options, features: true });
  const values = parts(features ?? logits, count);
  return parts(logits, count).map((own, index) => ({
    logits: own,
    // Copies, so that keeping one recognition does not keep a whole batch in memory.
    features: { model: network.modelId, values: values[index].slice() },
  }));
}

function parts(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, index) => values.subarray(index * length, (index + 1) * length));
}
