import type { Box, NormalizationSteps, NormalizedImage, Segmentation } from '../imaging/index.js';
import { bestRuns, possibleRuns, type Run } from './best-runs.js';
import { interpret, judge, refuse, type Network, type ReadOptions } from './interpret.js';
import { energyThresholds } from './energy-thresholds.js';
import { readPictures } from './read-pictures.js';
import type { Recognition } from './recognition.js';

/** One digit of a number. */
export interface PlacedRecognition extends Recognition {
  /** Bounding box of its ink, in the units of the source. */
  readonly box: Box;
}

/** A run of pieces read as one digit: its image and the network's answer. */
interface Reading {
  readonly image: NormalizedImage;
  /** The answer for the digit alone. */
  readonly recognition: Recognition;
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
    const started = performance.now();
    const runs = possibleRuns(segmentation).map((run) => ({ ...run, key: segmentation.key(run.first, run.last) }));
    const fresh = runs
      .filter(({ key }) => !this.#readings.has(key))
      .map(({ key, first, last }) => ({ key, image: segmentation.image(first, last) }));
    const prepared = performance.now();
    const answers = await readPictures(
      fresh.map(({ image }) => image.pixels),
      network,
      options,
    );
    const timings = { prepare: prepare + prepared - started, infer: performance.now() - prepared };
    const added = new Map(
      fresh.map(({ key, image }, index) => {
        return [key, { image, recognition: interpret(answers[index], image.pixels, network, timings) }];
      }),
    );
    const readings = new Map(runs.map(({ key }) => [key, (added.get(key) ?? this.#readings.get(key))!]));
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
