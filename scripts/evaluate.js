/**
 * Measures how well the built package reads digits, in a headless browser: `npm run evaluate -- --help`.
 */
import { writeFileSync } from 'node:fs';
import { Presets, SingleBar } from 'cli-progress';
import { calibrate } from './evaluate/calibration.js';
import { createJobs } from './evaluate/jobs.js';
import { parseOptions, usage, UsageError } from './evaluate/options.js';
import { openProductPage } from './evaluate/product-page.js';
import { measureRejection, refusedShare } from './evaluate/rejection.js';
import { formatCalibration, formatRejection, formatReport, formatRobustness } from './evaluate/report.js';
import { summarize } from './evaluate/statistics.js';

/** @import { Job } from './evaluate/jobs.js' */
/** @import { Options } from './evaluate/options.js' */
/** @import { ProductPage } from './evaluate/product-page.js' */
/** @import { Answer } from './evaluate/statistics.js' */

const ways = {
  service: 'through the inference service, in batches of up to 100',
  recognize: 'through recognize(strokes)',
  pad: 'drawn on <digit-recognizer> with a pointer',
  picture: 'as pictures through recognize(ImageData)',
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
 * @param {Options} options
 * @returns {Promise<boolean>} whether every run has given an answer
 */
async function evaluate(options) {
  const jobs = await createJobs(options);
  const page = await openProductPage(options);
  try {
    const setting = { model: options.model, backend: page.backend, browser: page.browser };
    const results = [];
    /** @type {{ name: string, answers: Answer[] }[]} */
    const digits = [];
    const conditions = [];
    for (const job of jobs) {
      const answers = await runWithProgress(job, page);
      const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
      const title = `${job.name}, ${ways[job.through]}: model ${options.model} on ${page.backend}, ${page.browser}`;
      const { name, through, labels } = job;
      if (labels && job.condition) {
        const { total, right, failed, accuracy, interval } = summarize(labels, answers);
        conditions.push({ ...job.condition, accuracy });
        results.push({ name, through, ...job.condition, total, right, failed, accuracy, interval });
      } else if (labels) {
        const summary = summarize(labels, answers);
        const calibration = options.calibration ? calibrate(labels, answers) : null;
        console.log(`\n${formatReport(title, summary, errors)}`);
        if (calibration) console.log(formatCalibration(calibration));
        digits.push({ name, answers });
        const labelled = answers.map((answer, index) => ({ label: labels[index], ...answer }));
        results.push({ name, through, ...summary, ...(calibration && { calibration }), answers: labelled });
      } else {
        const counts = { total: job.count, refused: refusedShare(answers), failed: errors.length };
        const comparisons = digits.map((each) => ({
          name: each.name,
          rejection: measureRejection(each.answers, answers),
        }));
        console.log(`\n${formatRejection(title, counts, comparisons)}`);
        results.push({ name, through, ...counts, comparisons, answers });
      }
    }
    if (conditions.length > 0) {
      const pictures = `MNIST test images, ${ways.picture}: model ${options.model} on ${page.backend}, ${page.browser}`;
      console.log(`\n${formatRobustness(pictures, conditions)}`);
    }
    if (options.json) writeFileSync(options.json, `${JSON.stringify({ ...setting, results })}\n`);
    return results.every(({ failed }) => failed === 0);
  } finally {
    await page.close();
  }
}

try {
  // npm runs scripts in the package's folder; paths count from where the person stands.
  const options = parseOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (options.help) console.log(usage);
  else if (!(await evaluate(options))) process.exitCode = 1;
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = 1;
}
