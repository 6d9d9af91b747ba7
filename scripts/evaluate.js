/**
 * Measures how well the built package reads digits, in a headless browser: `npm run evaluate -- --help`.
 */
import { writeFileSync } from 'node:fs';
import { Presets, SingleBar } from 'cli-progress';
import { createJobs } from './evaluate/jobs.js';
import { parseOptions, usage, UsageError } from './evaluate/options.js';
import { openProductPage } from './evaluate/product-page.js';
import { formatReport } from './evaluate/report.js';
import { summarize } from './evaluate/statistics.js';

/** @import { Job } from './evaluate/jobs.js' */
/** @import { Options } from './evaluate/options.js' */
/** @import { ProductPage } from './evaluate/product-page.js' */
/** @import { Answer } from './evaluate/statistics.js' */

const ways = {
  service: 'through the inference service, in batches of up to 100',
  recognize: 'through recognize(strokes)',
  pad: 'drawn on <digit-recognizer> with a pointer',
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
  bar.start(job.labels.length, 0);
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
    for (const job of jobs) {
      const answers = await runWithProgress(job, page);
      const summary = summarize(job.labels, answers);
      const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
      const title = `${job.name}, ${ways[job.through]}: model ${options.model} on ${page.backend}, ${page.browser}`;
      console.log(`\n${formatReport(title, summary, errors)}`);
      const labelled = answers.map((answer, index) => ({ label: job.labels[index], ...answer }));
      results.push({ name: job.name, through: job.through, ...summary, answers: labelled });
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
