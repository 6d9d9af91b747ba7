/**
 * Measures how well the built package reads digits, in a headless browser: `npm run evaluate -- --help`.
 */
import { writeFileSync } from 'node:fs';
import { Presets, SingleBar } from 'cli-progress';
import { runCommand } from './command-line.js';
import { describeModels, writeCard } from './evaluate/card.js';
import { createJobs } from './evaluate/jobs.js';
import { measureNumbers } from './evaluate/numbers.js';
import { parseOptions, usage } from './evaluate/options.js';
import { openProductPage } from './evaluate/product-page.js';
import {
  formatCalibration,
  formatConditions,
  formatNumbers,
  formatRejection,
  formatReport,
} from './evaluate/report.js';
import { toMeasurement, toRecord } from './evaluate/results.js';

/** @import { Job } from './evaluate/jobs.js' */
/** @import { NumbersResult } from './evaluate/numbers.js' */
/** @import { Options } from './evaluate/options.js' */
/** @import { ProductPage } from './evaluate/product-page.js' */
/** @import { Measurement, Outcome } from './evaluate/results.js' */
/** @import { Answer } from './evaluate/statistics.js' */

const ways = {
  service: 'through the inference service, in batches of up to 100',
  recognize: 'through recognize(strokes)',
  pad: 'drawn on <digit-recognizer> with a pointer',
  picture: 'as pictures through recognize(ImageData)',
  photograph: 'as JPEG files through recognize(Blob)',
  canvas: 'painted on a canvas, through recognize(canvas)',
};

/**
 * @param {Job} job
 * @param {ProductPage} page
 * @returns {Promise<Answer[]>}
 */
async function runWithProgress(job, page) {
  const bar = new SingleBar(
    {
      format: `${job.name}  {bar}  {value} of {total}, {eta_formatted} left`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(job.count, 0);
  try {
    return await job.run(page, (count) => bar.increment(count));
  } finally {
    bar.stop();
  }
}

/**
 * @param {readonly Job[]} jobs
 * @param {string} model
 * @param {Options} options
 * @returns {Promise<{ measurement: Measurement, numbers: NumbersResult[] }>}
 */
async function measure(jobs, model, { backend, numbers: files, limit, through }) {
  const page = await openProductPage({ model, backend });
  try {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const job of jobs) outcomes.push({ job, answers: await runWithProgress(job, page) });
    const numbers = [];
    for (const file of files) numbers.push(...(await measureNumbers(page, file, limit, through)));
    return { measurement: toMeasurement({ model, backend: page.backend, browser: page.browser }, outcomes), numbers };
  } finally {
    await page.close();
  }
}

/**
 * @param {Measurement} measurement
 * @param {Options} options
 */
function print({ model, backend, browser, digits, nondigits, conditions }, { calibration }) {
  const setting = `model ${model} on ${backend}, ${browser}`;
  for (const each of digits) {
    const errors = each.answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
    console.log(`\n${formatReport(`${each.name}, ${ways[each.through]}: ${setting}`, each, errors)}`);
    if (calibration) console.log(formatCalibration(each.calibration));
  }
  for (const each of nondigits) {
    console.log(`\n${formatRejection(`${each.name}, ${ways[each.through]}: ${setting}`, each, each.comparisons)}`);
  }
  for (const [family, title] of /** @type {const} */ ([
    ['distorted', `MNIST test images, ${ways.picture}`],
    ['redrawn', 'Drawn digits, drawn again'],
    ['photographed', `MNIST test images, photographed on paper, ${ways.photograph}`],
  ])) {
    const own = conditions.filter((condition) => condition.family === family);
    if (own.length > 0) console.log(`\n${formatConditions(`${title}: ${setting}`, own)}`);
  }
}

/** @param {Measurement} measurement */
const isWhole = ({ digits, nondigits, conditions }) =>
  [...digits, ...nondigits, ...conditions].every(({ failed }) => failed === 0);

/**
 * @param {Options} options
 * @returns {Promise<boolean>} whether every run has given an answer
 */
async function evaluate(options) {
  const jobs = await createJobs(options);
  const descriptions = options.card ? await describeModels(options.models) : [];
  /** @type {Measurement[]} */
  const measurements = [];
  /** @type {{ model: string, numbers: NumbersResult[] }[]} */
  const numbersRead = [];
  for (const model of options.models) {
    const { measurement, numbers } = await measure(jobs, model, options);
    print(measurement, options);
    const { backend, browser } = measurement;
    if (numbers.length > 0) console.log(`\n${formatNumbers(`model ${model} on ${backend}, ${browser}`, numbers)}`);
    measurements.push(measurement);
    numbersRead.push({ model, numbers });
  }
  if (options.json)
    writeFileSync(
      options.json,
      `${JSON.stringify({ measurements: measurements.map(toRecord), numbers: numbersRead })}\n`,
    );
  const whole = measurements.every(isWhole);
  if (options.card && whole) {
    for (const line of writeCard(descriptions, measurements, options)) console.log(line);
  } else if (options.card) {
    console.error('The model card was not written: some runs have failed, as listed above.');
  }
  return whole;
}

await runCommand({ usage, parseOptions, run: evaluate });
