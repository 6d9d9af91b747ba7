/**
 * Makes everything that is published: plain ES modules with types in dist/, the CDN file with its assets in dist/cdn/,
 * the workers for stock ONNX Runtime, and custom-elements.json.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build as bundle, transform } from 'esbuild';
import { build } from 'vite';
import { root, run } from './setup.js';
import { buildWorkers } from './worker-bundle.js';

/**
 * Has Chromium compile every function while the file arrives, on another thread, instead of one by one when it is first
 * called: https://v8.dev/blog/explicit-compile-hints. Nearly all of them are called as the tag starts.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/** Builds the package. */
export async function buildPackage() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('npx', ['tsc', '--project', 'tsconfig.build.json']);
  await includeContext();
  const workers = join(root, 'dist/inference/engines/onnxruntime/worker');
  await buildWorkers(workers);
  const models = await buildCdnFile('cdn.js', 'digit-recognizer.js');
  const runtime = await buildCdnFile('cdn-onnxruntime.js', 'onnxruntime.js');
  shareAssets('dist/inference/files/assets.js', '../../../models/', models);
  shareAssets('dist/inference/engines/onnxruntime/onnx-runtime-assets.js', './worker/', runtime);
  rmSync(workers, { recursive: true });
  run('npx', ['cem', 'analyze', '--quiet', '--config', 'custom-elements-manifest.config.js']);
}

/** Puts the code of `@lit/context` where the elements import it from. */
async function includeContext() {
  const module = join(root, 'dist/elements/shared/lit-context.js');
  await bundle({
    entryPoints: [module],
    outfile: module,
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
}

/**
 * Bundles one module of dist/ into one file of dist/cdn/. App mode keeps assets out of it; their names change with their
 * content, so that browsers may keep them for ever.
 * @param {string} input
 * @param {string} output
 * @returns {Promise<Map<string, string>>} the names of the assets by the names of the files that they were made from
 */
async function buildCdnFile(input, output) {
  const result = await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    plugins: [languageFiles()],
    build: {
      outDir: 'dist/cdn',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: {
        input: join(root, 'dist', input),
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          codeSplitting: false,
          entryFileNames: output,
          assetFileNames: 'assets/[name]-[hash][extname]',
          postBanner: COMPILE_HINT,
        },
      },
    },
  });
  const { output: files } = /** @type {import('vite').Rollup.RollupOutput} */ (result);
  return new Map(
    files.flatMap((file) => (file.type === 'asset' ? file.originalFileNames : []).map((name) => [name, file.fileName])),
  );
}

/**
 * Keeps the words of every language but English out of the CDN file: each language is a file among the assets, fetched
 * when a page uses it.
 * @returns {import('vite').Plugin}
 */
function languageFiles() {
  const assets = join(root, 'dist/cdn/assets');

  /** @param {string} path of a language's module @returns {Promise<string>} the name of its file */
  const write = async (path) => {
    const { code } = await transform(readFileSync(path, 'utf8'), { minify: true, format: 'esm', charset: 'utf8' });
    const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8);
    const name = `${basename(path, '.js')}-${hash}.js`;
    mkdirSync(assets, { recursive: true });
    writeFileSync(join(assets, name), code);
    return name;
  };

  return {
    name: 'language-files',
    async transform(code, id) {
      if (!id.endsWith('/messages/languages.js')) return null;
      const imports = [...code.matchAll(/import\('(\.\/[a-z-]+\.js)'\)/gi)];
      const names = await Promise.all(imports.map(([, source]) => write(join(dirname(id), source))));
      const text = imports.reduce(
        (rest, [whole], index) =>
          rest.replace(
            whole,
            `import(/* @vite-ignore */ new URL(/* @vite-ignore */ 'assets/${names[index]}', import.meta.url).href)`,
          ),
        code,
      );
      return { code: text, map: null };
    },
  };
}

/**
 * Lets a module use the assets of the CDN file, so that the package holds each of them once.
 * @param {string} module that names files in a folder
 * @param {string} folder as the module writes it
 * @param {Map<string, string>} assets
 */
function shareAssets(module, folder, assets) {
  const path = join(root, module);
  const cdn = relative(dirname(path), join(root, 'dist/cdn'));
  const names = new Map([...assets].map(([original, name]) => [basename(original), name]));
  const parts = readFileSync(path, 'utf8').split(`'${folder}`);
  const code = parts.slice(1).map((part) => {
    const [file] = part.split("'", 1);
    const name = names.get(basename(file));
    if (!name) throw new Error(`The CDN file has no asset for ${folder}${file}.`);
    return `'${cdn}/${name}${part.slice(file.length)}`;
  });
  writeFileSync(path, [parts[0], ...code].join(''));
}

if (process.argv[1] === import.meta.filename) await buildPackage();
