import { IMAGE_LENGTH, LARGEST_BATCH } from '../model/index.js';
import { mean, VIEW_COUNT, viewsOf } from './augmentation.js';
import type { Network, Output, ReadOptions } from './interpret.js';

/** Number of images whose views fit into a batch. */
export const IMAGES_PER_BATCH = Math.floor(LARGEST_BATCH / VIEW_COUNT);

/**
 * Runs a network on images, in as few requests as possible: on several views of each, whose logits are averaged. With a
 * profile, the output includes the features by which the profile compares drawings, those of the image itself; for a
 * model without features, these are its logits.
 *
 * @param images 784 values each
 */
export async function readPictures(
  images: readonly Float32Array[],
  network: Network,
  { signal, profile }: ReadOptions,
): Promise<Output[]> {
  const options = { features: Boolean(profile), ...(signal && { signal }) };
  const outputs: Output[] = [];
  for (let start = 0; start < images.length; start += IMAGES_PER_BATCH) {
    const views = images.slice(start, start + IMAGES_PER_BATCH).flatMap(viewsOf);
    const pixels = new Float32Array(views.length * IMAGE_LENGTH);
    views.forEach((view, index) => pixels.set(view, index * IMAGE_LENGTH));
    const answer = await network.run(pixels, views.length, options);
    const logits = split(answer.logits, views.length);
    const features = options.features ? split(answer.features ?? answer.logits, views.length) : null;
    for (let first = 0; first < views.length; first += VIEW_COUNT) {
      outputs.push({
        logits: mean(logits.slice(first, first + VIEW_COUNT)),
        // A copy, so that keeping one recognition does not keep a whole batch in memory.
        features: features && { model: network.modelId, values: features[first].slice() },
      });
    }
  }
  return outputs;
}

/** Splits values into `count` equal parts. */
function split(values: Float32Array, count: number): Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, index) => values.subarray(index * length, (index + 1) * length));
}
