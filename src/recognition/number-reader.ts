import type { Box, NormalizationSteps, NormalizedImage, Segmentation } from '../imaging/index.js';
import { bestRuns, possibleRuns, type Run } from './best-runs.js';
import { interpret, judge, refuse, type Network, type ReadOptions } from './interpret.js';
import { energyThresholds } from './energy-thresholds.js';
import { IMAGES_PER_BATCH, readPictures } from './read-pictures.js';
import type { PlacedRecognition, Recognition } from './recognition.js';
import { nextTask } from '../utils/index.js';

/** A run of pieces read as one digit: its image and the network's answer. */
interface Reading {
  readonly image: NormalizedImage;
  /** The answer for the digit alone. */
  readonly recognition: Recognition;
}

/** Maximum time, in milliseconds, without letting the page handle input: longer tasks are noticed. */
const MAX_TASK = 50;

/** Returns a function that, if the current task has taken long, waits for the next one, unless aborted. */
function createPauses(signal: AbortSignal | undefined): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < MAX_TASK) return;
    await nextTask();
    signal?.throwIfAborted();
    started = performance.now();
  };
}

/** Reads numbers, and caches the readings of the last one: while the user draws on, most of them stay the same. */
export class NumberReader {
  #readings = new Map<string, Reading>();
  #network: Network | null = null;
  #withFeatures = false;
  readonly #images = new WeakMap<Recognition, NormalizedImage>();

  /**
   * Reads the digits of a number, from left to right.
   *
   * @param segmentation null if there is no ink
   * @param prepare milliseconds that segmenting took
   */
  async read(
    segmentation: Segmentation | null,
    prepare: number,
    network: Network,
    options: ReadOptions = {},
  ): Promise<PlacedRecognition[]> {
    if (!segmentation) return [];
    // Readings without a profile have no features.
    if (network !== this.#network || Boolean(options.profile) !== this.#withFeatures) this.#readings.clear();
    this.#network = network;
    this.#withFeatures = Boolean(options.profile);
    const pause = createPauses(options.signal);
    const timings = { prepare, infer: 0 };
    const started = performance.now();
    const runs = possibleRuns(segmentation).map((run) => ({ ...run, key: segmentation.key(run.first, run.last) }));
    const readings = new Map<string, Reading>();
    for (const { key } of runs) {
      const known = this.#readings.get(key);
      if (known) readings.set(key, known);
    }
    const fresh = runs.filter(({ key }) => !readings.has(key));
    // Image by image and batch by batch, so that the request can be aborted, and the page stays responsive.
    for (let start = 0; start < fresh.length; start += IMAGES_PER_BATCH) {
      const batch: { key: string; image: NormalizedImage }[] = [];
      for (const { key, first, last } of fresh.slice(start, start + IMAGES_PER_BATCH)) {
        await pause();
        batch.push({ key, image: segmentation.image(first, last) });
      }
      const prepared = performance.now();
      const images = batch.map(({ image }) => image.pixels);
      const outputs = await readPictures(images, network, options);
      timings.infer += performance.now() - prepared;
      batch.forEach(({ key, image }, index) => {
        readings.set(key, { image, recognition: interpret(outputs[index], image.pixels, network, timings) });
      });
    }
    timings.prepare += performance.now() - started - timings.infer;
    this.#readings = readings;
    const reading = ({ first, last }: Run): Reading | undefined => readings.get(segmentation.key(first, last));
    const recognition = (run: Run): Recognition | null => reading(run)?.recognition ?? null;
    const chosen = bestRuns(segmentation, recognition, network.leastEnergy).map((run) => reading(run)!);
    const energies = chosen.map(({ recognition }) => recognition.energy);
    const thresholds = energyThresholds(energies, network.leastEnergy);
    return chosen.map(({ image, recognition }, index) => {
      const own = refuse({ ...recognition, timings }, thresholds[index]);
      const placed = { ...judge(own, thresholds[index], options), box: image.box! };
      this.#images.set(placed, image);
      return placed;
    });
  }

  /** Returns the steps that led to the image of a digit read here. */
  steps(recognition: Recognition, sheet?: Box): NormalizationSteps | null {
    return this.#images.get(recognition)?.steps?.(sheet) ?? null;
  }
}
