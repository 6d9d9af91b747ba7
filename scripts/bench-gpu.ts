/**
 * `npm run bench:gpu`: runs the WebGPU programs of both models on this machine's GPU, through Dawn, Chromium's WebGPU
 * implementation. Compares their digits with those of the WASM programs on all 10,000 test images of MNIST, times one
 * picture and 64, prints a table, and writes results/bench-gpu.json. The exit code is 1 where there is no GPU, or a digit
 * differs.
 *
 * The npm package `webgpu` (Dawn for Node) is fetched on first use: nothing else needs it. It also takes a software adapter
 * that the Vulkan loader is pointed to, such as SwiftShader, which comes with Chromium:
 * `VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm run bench:gpu`.
 *
 * --quick  200 images and few runs, to check that everything works
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { IMAGE_LENGTH, LARGEST_BATCH } from '../src/model/shapes.js';
import { formatOutcome, toFigure, type Figure, type Outcome } from './bench/figures.js';
import { compareAnswers } from './bench/page/compare.js';
import { judgeBackends, tolerance } from './bench/parts/backends.js';
import { writeResults } from './command-line.js';
import { loadMnistTest } from './evaluate/mnist.js';
import { root } from './setup.js';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
const dawn = 'webgpu@0.6.2';
const dawnFolder = join(root, 'node_modules/.cache/dawn');
const models = ['compact', 'reference'] as const;

/** Dawn's `navigator.gpu`. */
async function createGpu(): Promise<GPU> {
  const script = join(dawnFolder, 'node_modules/webgpu/index.js');
  if (!existsSync(script)) {
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', dawnFolder, dawn], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
  const { create } = (await import(pathToFileURL(script).href)) as { create: (flags: string[]) => GPU };
  return create([]);
}

/** Milliseconds of each run, after one that is not counted. */
async function time(run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn <= (quick ? 5 : 200); turn++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.slice(1);
}

/** The built package. */
const { InferenceService } = (await import(
  pathToFileURL(join(root, 'dist/index.js')).href
)) as typeof import('../src/index.js');

async function measure(model: (typeof models)[number], images: Float32Array): Promise<Outcome> {
  const services = (['webgpu', 'wasm'] as const).map((backend) => new InferenceService({ model, backend }));
  for (const service of services) service.retain();
  const count = images.length / IMAGE_LENGTH;
  const [own, other] = await Promise.all(services.map((service) => service.infer(images, count)));
  const comparison = compareAnswers(own, other, { tolerance });
  const figures: Figure[] = [];
  for (const batch of [1, LARGEST_BATCH]) {
    const pictures = images.subarray(0, batch * IMAGE_LENGTH);
    for (const service of services) {
      const times = await time(() => service.infer(pictures, batch));
      figures.push(toFigure(`${service.backend}: ${batch === 1 ? 'one picture' : `${batch} pictures`}`, 'ms', times));
    }
  }
  for (const service of services) service.release();
  return { figures, ...judgeBackends(count, comparison) };
}

const gpu = await createGpu();
const adapter = await gpu.requestAdapter();
if (!adapter) {
  console.error('Dawn finds no GPU on this machine: nothing was measured.');
  process.exit(1);
}
// Node's fetch has no file URLs.
const fetchFromNetwork = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const { url } = new Request(input);
  return url.startsWith('file:') ? new Response(await readFile(new URL(url))) : fetchFromNetwork(input, init);
};
// Node 20 has no navigator.
Object.defineProperty(globalThis, 'navigator', {
  value: Object.create(globalThis.navigator ?? null, { gpu: { value: gpu } }) as Navigator,
});
const { vendor, architecture, device, description } = adapter.info;
const card = [vendor, architecture, device, description].filter(Boolean).join(', ');
const samples = loadMnistTest().slice(0, quick ? 200 : undefined);
const images = Float32Array.from(Buffer.concat(samples.map(({ pixels }) => pixels)), (value) => value / 255);
const outcomes: Record<string, Outcome> = {};
for (const model of models) {
  outcomes[model] = await measure(model, images);
  console.log(formatOutcome(`${model}, on ${card}`, outcomes[model]));
}
writeResults('bench-gpu', { card, dawn, outcomes });
// Dawn keeps Node alive.
process.exit(Object.values(outcomes).some(({ failed }) => failed) ? 1 : 0);
