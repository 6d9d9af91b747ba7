/** Bundles the pages of the bench, each contestant in the same way: by Vite, minified, its assets beside it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { root } from '../setup.js';

const pages = fileURLToPath(new URL('page', import.meta.url));

/** Says when a script begins, whatever it holds. */
export const startMark = 'globalThis.scriptStart??=performance.now();';

/** The pages name the sources, for their types; what is measured is what is built. @type {import('vite').Plugin} */
const builtPackage = {
  name: 'built-package',
  enforce: 'pre',
  resolveId(id, importer) {
    if (!importer || !id.startsWith('.')) return null;
    const path = relative(join(root, 'src'), resolve(dirname(importer), id));
    return path.startsWith('..') ? null : join(root, 'dist', path);
  },
};

/**
 * @param {string} page as `start/program.js`, in the folder `page`
 * @returns {Promise<Map<string, Uint8Array>>} files by name, the page's script being `script.js`
 */
export async function bundlePage(page) {
  const result = await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [builtPackage],
    build: {
      write: false,
      copyPublicDir: false,
      target: 'es2022',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: {
        input: join(pages, page),
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          codeSplitting: false,
          entryFileNames: 'script.js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          postBanner: startMark,
        },
      },
    },
  });
  const { output } = /** @type {import('vite').Rollup.RollupOutput} */ (result);
  return new Map(output.map((file) => [file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source)]));
}

const require = createRequire(import.meta.url);

/** The files that TensorFlow.js chooses from, by its own names. @returns {Map<string, Uint8Array>} */
export function tensorflowFiles() {
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  const names = ['', '-simd', '-threaded-simd'].map((variant) => `tfjs-backend-wasm${variant}.wasm`);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
