/** Bundles the workers that run ONNX Runtime: for the build, and on the fly for the tests that import the sources. */
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from './setup.js';

const sources = join(root, 'src/inference/engines/onnxruntime/worker');
const runtime = join(root, 'node_modules/onnxruntime-web/dist');
const wasmFiles = ['', '.jspi', '.asyncify'].map((variant) => `ort-wasm-simd-threaded${variant}.wasm`);

/**
 * The source of a worker that is named as it is called in the package.
 * @param path as `…/worker/worker-wasm.js`, a file or a URL
 */
export function workerSource(path: string): string | null {
  const name = /\/engines\/onnxruntime\/worker\/(worker-\w+)\.js$/.exec(path)?.[1];
  return name ? join(sources, `${name}.ts`) : null;
}

/**
 * A worker cannot use the page's import map, so its bundle holds all that it needs but the WebAssembly.
 * @param path as `…/worker/worker-wasm.js`
 * @throws {Error} when there is no such worker
 */
export async function bundleWorker(path: string): Promise<string> {
  const source = workerSource(path);
  if (!source) throw new Error(`${path} is neither a file nor a worker.`);
  const { outputFiles } = await build({
    entryPoints: [source],
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    // Only Node takes the branches that import these.
    external: ['module', 'worker_threads', 'node:*'],
  });
  return outputFiles[0].text;
}

/** Lets a page of another origin use the files, as a CDN does. */
const headers = { 'access-control-allow-origin': '*' };

/** The web-test-runner plugin that serves the same files beside the sources. */
export function inferenceAssetsPlugin(): TestRunnerPlugin {
  const workers = new Map<string, Promise<string>>();
  return {
    name: 'inference-assets',
    async serve({ path }) {
      const file = basename(path);
      // Where a bundler would put what `new URL('onnxruntime-web/…', import.meta.url)` names.
      if (path.startsWith('/src/onnxruntime-web/') && wasmFiles.includes(file)) {
        // The server gives it to Koa, which takes bytes as well, though the types say text.
        const body = (await readFile(join(runtime, file))) as unknown as string;
        return { body, type: 'application/wasm', headers };
      }
      // Not one under /faults/, which other plugins answer.
      if (!path.startsWith('/src/') || !workerSource(path)) return undefined;
      let code = workers.get(file);
      if (!code) workers.set(file, (code = bundleWorker(path)));
      return { body: await code, type: 'js', headers };
    },
    /** What is bundled already has no imports to resolve. */
    resolveImport: ({ context }) => (/\/worker-\w+\.js$/.test(context.path) ? '' : undefined),
  };
}
