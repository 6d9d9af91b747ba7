/** Measures the built package's accuracy in a headless browser: `npm run evaluate -- --help`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { describeModels, writeCard } from './evaluate/card.js';
import { drawContactSheet, misread } from './evaluate/card/contact-sheet.js';
import type { Job } from './evaluate/job.js';
import { createJobs } from './evaluate/modes/index.js';
import { parseOptions, usage, type Options } from './evaluate/options.js';
import { openProductPage, type ProductPage } from './evaluate/product-page.js';
import { formatMeasurement } from './evaluate/report.js';
import { isWhole, toJson, toMeasurement, type Measurement, type Outcome } from './evaluate/results.js';
import type { Answer } from './evaluate/statistics.js';
import { root } from './setup.js';
import { runCommand } from './shared/command-line.js';

async function runWithProgress(job: Job, page: ProductPage): Promise<Answer[]> {
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
    const answers: Answer[] = [];
    for await (const batch of job.read(page)) {
      answers.push(...batch);
      bar.increment(batch.length);
    }
    return answers;
  } finally {
    bar.stop();
  }
}

async function measure(jobs: readonly Job[], model: string, { backend }: Options): Promise<Measurement> {
  await using page = await openProductPage({ model, backend });
  const outcomes: Outcome[] = [];
  for (const job of jobs) outcomes.push({ job, answers: await runWithProgress(job, page) });
  return toMeasurement({ model, backend: page.backend, browser: page.browser }, outcomes);
}

/** Writes a contact sheet of misread pictures, if there are any. */
function writeMisread(measurement: Measurement): void {
  const cells = misread(measurement);
  if (cells.length === 0) return;
  const file = join(root, `results/misread-${measurement.model}.svg`);
  mkdirSync(join(root, 'results'), { recursive: true });
  writeFileSync(file, drawContactSheet(`${measurement.model}: pictures that were misread`, cells));
  console.log(`${cells.length} pictures were misread: ${file}`);
}

/** @returns whether no run has failed */
async function evaluate(options: Options): Promise<boolean> {
  const jobs = createJobs(options);
  const descriptions = options.card ? await describeModels(options.models) : [];
  const measurements: Measurement[] = [];
  for (const model of options.models) {
    const measurement = await measure(jobs, model, options);
    console.log(`\n${formatMeasurement(measurement, options)}`);
    writeMisread(measurement);
    measurements.push(measurement);
  }
  if (options.json) {
    mkdirSync(dirname(options.json), { recursive: true });
    writeFileSync(options.json, toJson(measurements));
  }
  const whole = measurements.every(isWhole);
  if (options.card && whole) {
    for (const line of writeCard(descriptions, measurements, options)) console.log(line);
  } else if (options.card) {
    console.error('The model card was not written: some runs have failed, as listed above.');
  }
  return whole;
}

await runCommand(usage, parseOptions, evaluate);
