import { DIGITS, IMAGE_LENGTH, LARGEST_BATCH } from '../model/shapes.js';
import type { Box, NormalizationSteps, NormalizedImage, Segmentation } from '../imaging/index.js';
import { bestRuns, possibleRuns, type Run } from './best-runs.js';
import { decide, interpret, type DecisionOptions, type Network } from './interpret.js';
import type { Recognition } from './recognition.js';

/** One digit of several. */
export interface PlacedRecognition extends Recognition {
  /** Its ink, in the units of the source. */
  readonly box: Box;
}

/** A run of pieces as one digit: how it looks, and what the network says of that. */
interface Reading {
  readonly image: NormalizedImage;
  readonly recognition: Recognition;
}

/** How a picture is read. */
export interface ReadOptions extends DecisionOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Reads numbers, and remembers what it has read of the last one: while a person draws on, most of it is the same. */
export class NumberReader {
  #readings = new Map<string, Reading>();
  #network: Network | null = null;
  readonly #images = new WeakMap<Recognition, NormalizedImage>();

  /**
   * The digits of a number, from left to right.
   *
   * @param segmentation null where there is no ink
   * @param prepare milliseconds that segmenting took
   */
  async read(
    segmentation: Segmentation | null,
    prepare: number,
    network: Network,
    { signal, ...decision }: ReadOptions = {},
  ): Promise<PlacedRecognition[]> {
    if (!segmentation) return [];
    if (network !== this.#network) this.#readings.clear();
    this.#network = network;
    const started = performance.now();
    const runs = possibleRuns(segmentation).map((run) => ({ ...run, key: segmentation.key(run.first, run.last) }));
    const fresh = runs
      .filter(({ key }) => !this.#readings.has(key))
      .map(({ key, first, last }) => ({ key, image: segmentation.image(first, last) }));
    const prepared = performance.now();
    const answers = await readAll(
      fresh.map(({ image }) => image.pixels),
      network,
      signal,
    );
    const timings = { prepare: prepare + prepared - started, infer: performance.now() - prepared };
    const added = new Map(
      fresh.map(({ key, image }, index) => {
        const recognition = interpret(answers[index], image.pixels, network, timings);
        return [key, { image, recognition }];
      }),
    );
    const readings = new Map(runs.map(({ key }) => [key, (added.get(key) ?? this.#readings.get(key))!]));
    this.#readings = readings;
    const reading = ({ first, last }: Run): Reading | undefined => readings.get(segmentation.key(first, last));
    const recognition = (run: Run): Recognition | null => reading(run)?.recognition ?? null;
    return bestRuns(segmentation, recognition, network.leastEnergy).map((run) => {
      const { image, recognition } = reading(run)!;
      const placed = { ...decide(recognition, decision), box: image.box!, timings };
      this.#images.set(placed, image);
      return placed;
    });
  }

  /** How the picture of a digit that was read here was made. */
  steps(recognition: Recognition, sheet?: Box): NormalizationSteps | null {
    return this.#images.get(recognition)?.steps?.(sheet) ?? null;
  }
}

/** The logits of pictures, in as few requests as there can be. */
async function readAll(
  images: readonly Float32Array[],
  network: Network,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const logits: Float32Array[] = [];
  for (let start = 0; start < images.length; start += LARGEST_BATCH) {
    const batch = images.slice(start, start + LARGEST_BATCH);
    const pixels = new Float32Array(batch.length * IMAGE_LENGTH);
    batch.forEach((image, index) => pixels.set(image, index * IMAGE_LENGTH));
    const answer = await network.infer(pixels, batch.length, signal ? { signal } : {});
    batch.forEach((_, index) => logits.push(answer.subarray(index * DIGITS, (index + 1) * DIGITS)));
  }
  return logits;
}
