/** What one evaluation consists of: data sets, and the way each is read. */
import { basename } from 'node:path';
import { loadMnistTest } from './mnist.js';
import { spreadSamples } from './samples.js';
import { loadStrokeFile } from './stroke-file.js';

/** @import { Options } from './options.js' */
/** @import { ProductPage } from './product-page.js' */
/** @import { Answer } from './statistics.js' */

/** Few enough for a progress bar that moves, many enough that the way to the browser does not matter. */
const batchSize = 100;

/**
 * @typedef {object} Job
 * @property {string} name of the data set
 * @property {'service' | 'recognize' | 'pad'} through
 * @property {readonly number[]} labels
 * @property {(page: ProductPage, advance: (count: number) => void) => Promise<Answer[]>} run calls `advance` with the
 *   number of samples that were read since the last call
 */

/**
 * @template {{ label: number }} Sample
 * @param {string} name
 * @param {Job['through']} through
 * @param {readonly Sample[]} samples
 * @param {(page: ProductPage, batch: readonly Sample[]) => Promise<Answer[]>} read
 * @param {number} size samples per batch
 * @returns {Job}
 */
function createJob(name, through, samples, read, size) {
  return {
    name,
    through,
    labels: samples.map(({ label }) => label),
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
 * @param {Options} options
 * @returns {Promise<Job[]>}
 * @throws {Error} when a data set cannot be read
 */
export async function createJobs({ mnist, strokes, limit, through }) {
  const jobs = [];
  if (mnist) {
    const samples = spreadSamples(await loadMnistTest(), limit);
    jobs.push(createJob('MNIST test', 'service', samples, (page, batch) => page.readImages(batch), batchSize));
  }
  for (const path of strokes) {
    const samples = spreadSamples(await loadStrokeFile(path), limit);
    const name = basename(path).replace(/\.jsonl(\.gz)?$/, '');
    jobs.push(
      through === 'pad'
        ? createJob(name, through, samples, (page, batch) => page.drawOnPad(batch), 1)
        : createJob(name, through, samples, (page, batch) => page.readDrawings(batch), batchSize),
    );
  }
  return jobs;
}
