/** What one evaluation consists of: data sets, and the way each is read. */
import { basename } from 'node:path';
import { createRandom, distortions, plainSheet, toBytes } from './distortions.js';
import { loadMnistTest } from './mnist.js';
import { photograph, scenes } from './photographs.js';
import { redrawings } from './redrawings.js';
import { spreadSamples } from './samples.js';
import { loadStrokeFile, parseNondigits, parseStrokes } from './stroke-file.js';

/** @import { Options } from './options.js' */
/** @import { ProductPage } from './product-page.js' */
/** @import { Drawing, DrawingSample, ImageSample } from './samples.js' */
/** @import { Answer } from './statistics.js' */

/** Few enough for a progress bar that moves, many enough that the way to the browser does not matter. */
const batchSize = 100;

/** How many images each distortion is tried on, unless told; for a model card, which measures both models, fewer. */
const distortedImages = 1000;
const distortedImagesForCard = 400;

/** How many images are photographed in each scene, unless told; a photograph is a thousand times as large. */
const photographedImages = 200;
const photographsPerBatch = 4;

/** How many drawings are drawn again in each way, unless told. */
const redrawnDigits = 200;

/**
 * What was done to the samples, and how strongly: pictures distorted, digits drawn in other ways, or photographed.
 * @typedef {{ family: 'distorted' | 'redrawn' | 'photographed', kind: string, unit: string, strength: number }} Condition
 */

/**
 * @typedef {object} Job
 * @property {string} name of the data set
 * @property {'service' | 'recognize' | 'pad' | 'picture' | 'canvas' | 'photograph'} through
 * @property {number} count of samples
 * @property {readonly number[] | null} labels null where nothing is a digit
 * @property {Condition | null} condition null where the samples are read as they are
 * @property {(page: ProductPage, advance: (count: number) => void) => Promise<Answer[]>} run calls `advance` with the
 *   number of samples that were read since the last call
 */

/**
 * @template Sample
 * @param {string} name
 * @param {Job['through']} through
 * @param {readonly Sample[]} samples
 * @param {Job['labels']} labels
 * @param {(page: ProductPage, batch: readonly Sample[]) => Promise<Answer[]>} read
 * @param {number} size samples per batch
 * @returns {Job}
 */
function createJob(name, through, samples, labels, read, size) {
  return {
    name,
    through,
    count: samples.length,
    labels,
    condition: null,
    run: async (page, advance) => {
      /** @type {Answer[]} */
      const answers = [];
      for (let start = 0; start < samples.length; start += size) {
        const batch = await read(page, samples.slice(start, start + size));
        answers.push(...batch);
        advance(batch.length);
      }
      return answers;
    },
  };
}

/**
 * @param {string} path
 * @param {Options['through']} through
 * @param {readonly Drawing[]} drawings
 * @param {Job['labels']} labels
 * @returns {Job}
 */
function createDrawingJob(path, through, drawings, labels) {
  const name = basename(path).replace(/\.jsonl(\.gz)?$/, '');
  return through === 'pad'
    ? createJob(name, through, drawings, labels, (page, batch) => page.drawOnPad(batch), 1)
    : createJob(name, through, drawings, labels, (page, batch) => page.readDrawings(batch), batchSize);
}

/** @param {readonly { label: number }[]} samples */
const labelsOf = (samples) => samples.map(({ label }) => label);

/**
 * One job for each distortion and strength, after one for the pictures as they are.
 * @param {readonly ImageSample[]} samples
 * @returns {Job[]}
 */
function createRobustnessJobs(samples) {
  const labels = labelsOf(samples);
  /** @param {string} name @param {(sample: ImageSample, index: number) => Float32Array} draw @param {Condition} condition */
  const create = (name, draw, condition) => {
    const indices = samples.map((_, index) => index);
    const read = (/** @type {ProductPage} */ page, /** @type {readonly number[]} */ batch) =>
      page.readPictures(batch.map((index) => toBytes(draw(samples[index], index))));
    return { ...createJob(name, 'picture', indices, labels, read, batchSize), condition };
  };
  return [
    create('as they are', ({ pixels }) => plainSheet(pixels), {
      family: 'distorted',
      kind: 'as they are',
      unit: '',
      strength: 0,
    }),
    ...distortions.flatMap(({ kind, unit, strengths, apply }) =>
      strengths.map((strength) =>
        create(`${kind} ${strength}`, ({ pixels }, index) => apply(pixels, strength, createRandom(index)), {
          family: 'distorted',
          kind,
          unit,
          strength,
        }),
      ),
    ),
  ];
}

/**
 * One job for each scene.
 * @param {readonly ImageSample[]} samples
 * @returns {Job[]}
 */
function createPhotographJobs(samples) {
  const labels = labelsOf(samples);
  const indices = samples.map((_, index) => index);
  return scenes.map(({ kind, scene }) => {
    const read = (/** @type {ProductPage} */ page, /** @type {readonly number[]} */ batch) =>
      page.readPhotographs(batch.map((index) => photograph(samples[index].pixels, scene, index)));
    return {
      ...createJob(kind, 'photograph', indices, labels, read, photographsPerBatch),
      condition: { family: 'photographed', kind, unit: '', strength: 0 },
    };
  });
}

/**
 * One job for each way of drawing and strength.
 * @param {readonly DrawingSample[]} samples
 * @returns {Job[]}
 */
function createRedrawingJobs(samples) {
  const labels = labelsOf(samples);
  return redrawings.flatMap(({ kind, unit, strengths, through, place, penWidth }) =>
    strengths.map((strength) => {
      const name = `${kind} ${strength}`;
      const placed = samples.map(({ strokes }, index) => place(strokes, strength, index));
      const job =
        through === 'canvas'
          ? createJob(name, through, placed, labels, (page, batch) => page.paint(batch, penWidth(strength)), batchSize)
          : createJob(name, through, placed, labels, (page, batch) => page.drawPlaced(batch), 1);
      return { ...job, condition: { family: 'redrawn', kind, unit, strength } };
    }),
  );
}

/**
 * @param {Options} options
 * @returns {Promise<Job[]>}
 * @throws {Error} when a data set cannot be read
 */
export async function createJobs({ mnist, strokes, nondigits, robustness, photographs, card, limit, through }) {
  const jobs = [];
  if (mnist) {
    const samples = spreadSamples(await loadMnistTest(), limit);
    const read = (/** @type {ProductPage} */ page, /** @type {readonly ImageSample[]} */ batch) =>
      page.readImages(batch);
    jobs.push(createJob('MNIST test', 'service', samples, labelsOf(samples), read, batchSize));
  }
  /** @type {DrawingSample[]} */
  const drawn = [];
  for (const path of strokes) {
    const samples = spreadSamples(await loadStrokeFile(path, parseStrokes), limit);
    jobs.push(createDrawingJob(path, through, samples, labelsOf(samples)));
    drawn.push(...samples);
  }
  for (const path of nondigits) {
    const drawings = spreadSamples(await loadStrokeFile(path, parseNondigits), limit);
    // A card tells how digits are read as people draw them; the pad has nothing to add about the rest, and takes long.
    jobs.push(createDrawingJob(path, card ? 'recognize' : through, drawings, null));
  }
  if (robustness) {
    const most = Math.min(limit, card ? distortedImagesForCard : distortedImages);
    jobs.push(...createRobustnessJobs(spreadSamples(await loadMnistTest(), most)));
  }
  if (photographs) {
    jobs.push(...createPhotographJobs(spreadSamples(await loadMnistTest(), Math.min(limit, photographedImages))));
  }
  if (card && drawn.length > 0) {
    jobs.push(...createRedrawingJobs(spreadSamples(drawn, Math.min(limit, redrawnDigits))));
  }
  return jobs;
}
