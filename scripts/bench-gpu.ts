/** Runs the WebGPU programs on this machine's GPU: `npm run bench:gpu -- --help`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IMAGE_LENGTH, LARGEST_BATCH } from '../src/model/shapes.js';
import { formatOutcome, toFigure, type Figure, type Outcome } from './bench/figures.js';
import { compareAnswers } from './bench/page/compare.js';
import { judgeBackends, tolerance } from './bench/parts/backends.js';
import { loadMnistTest } from './evaluate/mnist.js';
import { root } from './setup.js';
import { ensureBuilt, flag, parseCommandLine, runCommand, writeResults } from './shared/command-line.js';

const usage = `Runs the WebGPU programs of both models on this machine's GPU, through Dawn, Chromium's WebGPU implementation. Compares
their digits with those of the WASM programs on all 10,000 test images of MNIST, times one picture and ${LARGEST_BATCH}, prints a
table, and writes results/bench-gpu.json. Build the package first: npm run build

Usage: npm run bench:gpu -- [options]

  --quick               200 images and few runs, to check that everything works
  --help                this text

The npm package webgpu (Dawn for Node) is fetched on first use: nothing else needs it. It also takes a software adapter
that the Vulkan loader is pointed to, such as SwiftShader, which comes with Chromium:
VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm run bench:gpu

The exit code is 1 if there is no GPU, or a digit differs.`;

const parseOptions = (args: string[]) => parseCommandLine({ args, options: { help: flag, quick: flag } }).values;

type Service = typeof import('../src/index.js').InferenceService;

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
async function time(run: () => Promise<unknown>, turns: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.slice(1);
}

async function measure(
  InferenceService: Service,
  model: (typeof models)[number],
  images: Float32Array,
  turns: number,
): Promise<Outcome> {
  const services = (['webgpu', 'wasm'] as const).map((backend) => new InferenceService({ model, backend }));
  for (const service of services) service.retain();
  const count = images.length / IMAGE_LENGTH;
  const [own, other] = await Promise.all(services.map((service) => service.infer(images, count)));
  const comparison = compareAnswers(own, other, { tolerance });
  const figures: Figure[] = [];
  for (const batch of [1, LARGEST_BATCH]) {
    const pictures = images.subarray(0, batch * IMAGE_LENGTH);
    for (const service of services) {
      const times = await time(() => service.infer(pictures, batch), turns);
      figures.push(toFigure(`${service.backend}: ${batch === 1 ? 'one picture' : `${batch} pictures`}`, 'ms', times));
    }
  }
  for (const service of services) service.release();
  return { figures, ...judgeBackends(count, comparison) };
}

/** Gives Node what the package needs of a browser. */
function installGlobals(gpu: GPU): void {
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
}

/** @returns whether all digits are the same */
async function benchGpu({ quick }: ReturnType<typeof parseOptions>): Promise<boolean> {
  ensureBuilt();
  const { InferenceService } = (await import(
    pathToFileURL(join(root, 'dist/index.js')).href
  )) as typeof import('../src/index.js');
  const gpu = await createGpu();
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('Dawn finds no GPU on this machine: nothing was measured.');
  installGlobals(gpu);
  const { vendor, architecture, device, description } = adapter.info;
  const card = [vendor, architecture, device, description].filter(Boolean).join(', ');
  const samples = loadMnistTest().slice(0, quick ? 200 : undefined);
  const images = Float32Array.from(Buffer.concat(samples.map(({ pixels }) => pixels)), (value) => value / 255);
  const outcomes: Record<string, Outcome> = {};
  for (const model of models) {
    outcomes[model] = await measure(InferenceService, model, images, quick ? 5 : 200);
    console.log(formatOutcome(`${model}, on ${card}`, outcomes[model]));
  }
  writeResults('bench-gpu', { card, dawn, outcomes });
  return Object.values(outcomes).every(({ failed }) => !failed);
}

await runCommand(usage, parseOptions, benchGpu);
// Dawn keeps Node alive.
process.exit();
