/** Compiles a model for WebGPU: record in a browser, normalize, connect with the weights file, verify in a browser. */
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Route } from 'playwright-core';
import { softwareWebGpuArguments } from '../../../scripts/shared/browser-options.js';
import { launchChromium } from '../../../scripts/shared/launch-chromium.js';
import { LARGEST_BATCH } from '../../../src/model/shapes.js';
import type { WebGpuProgram } from '../../../src/model/webgpu-program-format.js';
import type { Weights } from '../weights.js';
import { connectWeights, emit } from './emit.js';
import { normalize } from './normalize.js';

export interface WebGpuCompilation {
  /** The ONNX file. */
  readonly model: Uint8Array;
  readonly weights: Weights;
  /** Most images in one run. */
  readonly largestBatch?: number;
}

/** No server listens there: this process serves all files by routing. Browsers treat the origin as secure. */
const origin = 'http://localhost';
const runtimeFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
const runtimePath = '/onnxruntime/';
const urls = { runtime: `${origin}${runtimePath}ort.webgpu.min.mjs`, model: `${origin}/model` };

/**
 * Compiles a program for every batch size up to the largest, and compares it with ONNX Runtime.
 *
 * Cannot compile models with several inputs, with inputs or outputs of other types than float32, with dynamic
 * dimensions other than the first, with operators that ONNX Runtime does not run on WebGPU, or whose kernels depend on
 * the number of images.
 * @throws {Error} saying what cannot be compiled, or where the program differs
 */
export async function compileWebGpu({
  model,
  weights,
  largestBatch = LARGEST_BATCH,
}: WebGpuCompilation): Promise<WebGpuProgram> {
  const browser = await launchChromium(softwareWebGpuArguments);
  try {
    const script = await bundle();
    // Separate pages, since the recorder patches the page's WebGPU permanently.
    const recorder = await openPage(await browser.newPage(), { '/page.js': script, '/model': model });
    const recording = await recorder.evaluate(
      async ({ script, ...rest }) => {
        const { recordModel } = (await import(script)) as typeof import('./page.js');
        return recordModel(rest.urls, rest.largestBatch);
      },
      { script: '/page.js', urls, largestBatch },
    );
    await recorder.close();
    const { program: unconnected, leastBatch } = normalize(recording);
    const program = connectWeights(unconnected, weights);

    const files = { '/program': emit(program), '/weights': weights.file };
    const verifier = await openPage(await browser.newPage(), { '/page.js': script, '/model': model, ...files });
    await verifier.evaluate(
      async ({ script, ...rest }) => {
        const { verifyProgram } = (await import(script)) as typeof import('./page.js');
        return verifyProgram(rest.urls, rest.leastBatch);
      },
      { script: '/page.js', urls: { ...urls, program: '/program', weights: '/weights' }, leastBatch },
    );
    return program;
  } catch (cause) {
    // Errors from the page include its call stack.
    const [, reason] = /^page\.evaluate: (?:Error: )?(.*)/.exec((cause as Error).message) ?? [];
    throw reason ? new Error(reason, { cause }) : cause;
  } finally {
    await browser.close();
  }
}

async function bundle(): Promise<Uint8Array> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return outputFiles[0].contents;
}

/** Opens an empty page, serving these files and ONNX Runtime's. */
async function openPage(page: Page, files: Record<string, Uint8Array>): Promise<Page> {
  await page.route('**/*', (route: Route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/')
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Compiler</title>' });
    if (pathname.startsWith(runtimePath)) {
      const contentType = pathname.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
      return route.fulfill({ path: join(runtimeFolder, pathname.slice(runtimePath.length)), contentType });
    }
    const body = files[pathname];
    if (!body) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: pathname.endsWith('.js') ? 'text/javascript' : '', body: Buffer.from(body) });
  });
  await page.goto(`${origin}/`);
  return page;
}
