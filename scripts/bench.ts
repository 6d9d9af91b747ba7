/**
 * Measures the built package against stock onnxruntime-web and TensorFlow.js, in a headless browser:
 * `npm run bench -- --help`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { compareWays, replaceComparison, toHtml, toMarkdown } from './bench/comparison.js';
import type { Context } from './bench/context.js';
import { formatOutcome, isMet, type Outcome } from './bench/figures.js';
import { launch, nameOf } from './bench/launch.js';
import { parseOptions, usage, type Options } from './bench/options.js';
import { createPages, isolatedPages } from './bench/pages.js';
import { measureBackends } from './bench/parts/backends.js';
import { measureEquality, measureFloor, measurePredict, measureThroughput } from './bench/parts/contestants.js';
import { measureMemoryUse } from './bench/parts/memory.js';
import { measureDraw, measurePaint } from './bench/parts/paint.js';
import { measurePictures } from './bench/parts/pictures.js';
import { measureStart } from './bench/parts/start.js';
import { serveFiles } from './bench/serve-files.js';
import { root, run } from './setup.js';
import { ensureBuilt, runCommand, writeResults } from './shared/command-line.js';

type Part = Options['parts'][number] | 'floor';

const parts: Record<Part, { title: string; measure: (context: Context) => Promise<Outcome> }> = {
  start: { title: 'To the first prediction, in fresh contexts', measure: measureStart },
  predict: { title: 'One prediction and 64', measure: measurePredict },
  paint: { title: 'Drawing on <digit-recognizer>', measure: measurePaint },
  draw: { title: 'Strokes of 2,000 points on <digit-recognizer>', measure: measureDraw },
  pictures: { title: 'Pictures, from pixels to 28x28', measure: measurePictures },
  memory: { title: 'Memory', measure: measureMemoryUse },
  throughput: { title: 'Throughput, MNIST test images', measure: measureThroughput },
  equality: { title: 'WASM program and onnxruntime-web, bit for bit', measure: measureEquality },
  backends: { title: 'WebGPU program and WASM program, the same digits', measure: measureBackends },
  floor: { title: 'The physical minimum', measure: measureFloor },
};

/** How busy the machine is: runnable processes, averaged over the last minute, and CPU cores. */
const load = () => ({ processes: Number(loadavg()[0].toFixed(2)), processors: cpus().length });

type Measurement = Outcome & { part: Part; loadBefore: object; loadAfter: object };

function write({ model, quick, json, throttle }: Options, browser: string, measurements: readonly Measurement[]): void {
  const parts = measurements.map(({ bars = [], ...measurement }) => ({
    ...measurement,
    bars: bars.map((bar) => ({ ...bar, met: isMet(bar) })),
  }));
  const machine = { processor: cpus()[0]?.model, processors: cpus().length };
  writeResults('bench', { model, quick, throttle, browser, machine, parts }, json);
}

function publish(browser: string, measurements: readonly Measurement[]): void {
  const comparison = compareWays(measurements, { browser, processors: cpus().length });
  for (const [name, table] of [
    ['README.md', toMarkdown(comparison)],
    ['demo/index.html', toHtml(comparison)],
  ]) {
    const file = join(root, name);
    writeFileSync(file, replaceComparison(readFileSync(file, 'utf8'), table));
    run('npx', ['prettier', '--write', '--log-level', 'warn', name]);
    console.log(`The comparison is in ${name}.`);
  }
}

/** @returns whether all answers were right */
async function bench(options: Options): Promise<boolean> {
  ensureBuilt();
  const names: Part[] = [...options.parts, ...(options.floor ? (['floor'] as const) : [])];
  const pages = await createPages(options.model, options.against);
  using server = await serveFiles(pages, { isolated: isolatedPages });
  const measurements: Measurement[] = [];
  let browserName = '';
  for (const part of names) {
    const { title, measure } = parts[part];
    await using browser = await launch(options);
    browserName = await nameOf(browser);
    const loadBefore = load();
    const report = (message: string) => console.error(`  ${part}: ${message}`);
    const outcome = await measure({ options, server, browser, report });
    const loadAfter = load();
    measurements.push({ part, loadBefore, loadAfter, ...outcome });
    const slowed = options.throttle > 1 ? ` ${options.throttle}x slowed,` : '';
    const busy = `load ${loadBefore.processes} to ${loadAfter.processes} on ${loadAfter.processors} processors`;
    console.log(`\n${formatOutcome(`${title}: model ${options.model}, ${browserName},${slowed} ${busy}`, outcome)}`);
    // After each part, so that results are kept when a later one fails.
    write(options, browserName, measurements);
  }
  const right = measurements.every(({ failed }) => !failed);
  if (options.publish && right) publish(browserName, measurements);
  return right;
}

await runCommand(usage, parseOptions, bench);
