/**
 * Makes everything that is published: plain ES modules with types in dist/, the ONNX Runtime workers and their wasm
 * beside them, the single CDN file with its assets in dist/cdn/, and custom-elements.json.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root, run } from './setup.js';
import { buildWorkers } from './worker-bundle.js';

/** Builds the package. */
export async function buildPackage() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('npx', ['tsc', '--project', 'tsconfig.build.json']);
  await buildWorkers(join(root, 'dist/inference/onnxruntime'));
  await buildCdnFile();
  run('npx', ['cem', 'analyze', '--quiet', '--config', 'custom-elements-manifest.config.js']);
}

/** One module file that registers the tags and exports everything public. App mode keeps assets out of the file. */
async function buildCdnFile() {
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    build: {
      outDir: 'dist/cdn',
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      sourcemap: true,
      rollupOptions: {
        input: join(root, 'dist/cdn.js'),
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          codeSplitting: false,
          entryFileNames: 'digit-recognizer.js',
          assetFileNames: 'assets/[name][extname]',
        },
      },
    },
  });
}

if (process.argv[1] === import.meta.filename) await buildPackage();
