/**
 * What `npm run evaluate` can measure. A mode is a function from the command line to jobs, none where it was not asked
 * for. To add one, add a file here, its name below, and its option.
 */
import type { Job } from '../job.js';
import type { Options } from '../options.js';
import { learningJobs, nondigitJobs, redrawingJobs, strokeJobs } from './drawings.js';
import { mnistJobs, photographJobs, robustnessJobs } from './mnist.js';
import { numberJobs } from './numbers.js';
import { pictureJobs, rawJobs } from './pictures.js';

const modes: readonly ((options: Options) => Job[] | Promise<Job[]>)[] = [
  mnistJobs,
  strokeJobs,
  learningJobs,
  nondigitJobs,
  numberJobs,
  pictureJobs,
  rawJobs,
  robustnessJobs,
  photographJobs,
  redrawingJobs,
];

/** @throws {Error} when a data set cannot be read */
export async function createJobs(options: Options): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const mode of modes) jobs.push(...(await mode(options)));
  return jobs;
}
