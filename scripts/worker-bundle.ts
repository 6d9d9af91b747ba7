/** Bundles the workers that run ONNX Runtime: for the build, and on the fly for the tests that import the sources. */
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { build, type BuildResult } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from './setup.js';

const sources = join(root, 'src/inference/engines/onnxruntime/worker');
const runtime = join(root, 'node_modules/onnxruntime-web/dist');
const builds = ['wasm', 'jspi', 'webgpu'];
const wasmFiles = ['', '.jspi', '.asyncify'].map((variant) => `ort-wasm-simd-threaded${variant}.wasm`);

/**
 * A worker cannot use the page's import map, so its bundle holds all that it needs but the WebAssembly.
 * @param names as `worker-wasm`
 */
function bundleWorkers(names: string[], outdir: string, write: boolean): Promise<BuildResult> {
  return build({
    entryPoints: names.map((name) => join(sources, `${name}.ts`)),
    outdir,
    write,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    // Only Node takes the branches that import these.
    external: ['module', 'worker_threads', 'node:*'],
  });
}

/** Writes the workers. */
export async function buildWorkers(outdir: string): Promise<void> {
  await bundleWorkers(
    builds.map((name) => `worker-${name}`),
    outdir,
    true,
  );
}

/** Lets a page of another origin use the files, as a CDN does. */
const headers = { 'access-control-allow-origin': '*' };

/** The web-test-runner plugin that serves the same files beside the sources. */
export function inferenceAssetsPlugin(): TestRunnerPlugin {
  const workers = new Map<string, Promise<string>>();
  const bundle = async (name: string): Promise<string> =>
    (await bundleWorkers([name], sources, false)).outputFiles?.[0].text ?? '';
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
      if (!path.startsWith('/src/inference/engines/onnxruntime/worker/')) return undefined;
      const worker = /^(worker-\w+)\.js$/.exec(file)?.[1];
      if (!worker) return undefined;
      let code = workers.get(worker);
      if (!code) workers.set(worker, (code = bundle(worker)));
      return { body: await code, type: 'js', headers };
    },
    /** What is bundled already has no imports to resolve. */
    resolveImport: ({ context }) => (/\/worker-\w+\.js$/.test(context.path) ? '' : undefined),
  };
}
