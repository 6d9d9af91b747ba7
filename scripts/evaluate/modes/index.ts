/**
 * What `npm run evaluate` can measure. A mode generates jobs from the command line, none if it was not asked
 * for. To add one, add a file here, its name below, and its option.
 */
import type { Job } from '../job.js';
import type { Options } from '../options.js';
import { learningJobs, nondigitJobs, redrawingJobs, strokeJobs } from './drawings.js';
import { mnistJobs, photographJobs, robustnessJobs } from './mnist.js';
import { numberJobs } from './numbers.js';
import { pictureJobs, rawJobs } from './pictures.js';

const modes: readonly ((options: Options) => Iterable<Job>)[] = [
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
export const createJobs = (options: Options): Job[] => modes.flatMap((mode) => [...mode(options)]);
