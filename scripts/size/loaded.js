/** What a page loads of the built package, in several ways of using it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../setup.js';

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size bytes, each file compressed on its own */

/** @param {readonly Uint8Array[]} files @returns {Size} */
export function sizeOf(files) {
  const sum = (/** @type {(file: Uint8Array) => number} */ size) =>
    files.reduce((total, file) => total + size(file), 0);
  return {
    raw: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum(
      (file) =>
        brotliCompressSync(file, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: file.length,
          },
        }).length,
    ),
  };
}

/**
 * A consumer's script, bundled and minified: what is loaded at once, without what is only imported when it is used.
 * @param {string} code that imports from 'digit-recognizer'
 * @returns {Promise<Uint8Array[]>}
 */
async function bundle(code) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: { 'digit-recognizer': join(root, 'dist') },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    outdir: 'results/bundle',
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
  /** @type {Set<string>} */
  const loaded = new Set();
  /** @param {string} path */
  const load = (path) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: other, kind } of metafile.outputs[path].imports) if (kind === 'import-statement') load(other);
  };
  load(
    /** @type {string} */ (
      Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === '<stdin>')
    ),
  );
  return outputFiles.filter(({ path }) => loaded.has(relative(root, path))).map(({ contents }) => contents);
}

const elements = ['digit-recognizer', 'digit-pad', 'digit-preview', 'digit-predictions'];

/**
 * @param {string} model
 * @returns {Promise<{ name: string, size: Size }[]>}
 */
export async function measureLoaded(model) {
  const folder = join(root, 'dist/cdn');
  const names = readdirSync(join(folder, 'assets'));
  /** @param {string} kind as `program` @param {string} extension */
  const asset = (kind, extension) => {
    const found = names.filter((name) => name.startsWith(`${model}${kind}-`) && name.endsWith(extension));
    if (found.length !== 1)
      throw new Error(`dist/cdn/assets has ${found.length} files of ${model}${kind}${extension}.`);
    return readFileSync(join(folder, 'assets', found[0]));
  };
  const weights = asset('', '.onnx');
  const webgpu = asset('.webgpu', '.json');
  const script = readFileSync(join(folder, 'digit-recognizer.js'));
  const recognize = await bundle(`export { recognize } from 'digit-recognizer';`);

  const alone = await Promise.all(
    elements.map(async (name) => {
      const code = await bundle(`import 'digit-recognizer/define/${name}.js';`);
      const files = name === 'digit-recognizer' ? [...code, weights] : code;
      return { name: `<${name}> alone, from npm`, size: sizeOf(files) };
    }),
  );
  return [
    { name: 'CDN file', size: sizeOf([script]) },
    { name: 'WebGPU program', size: sizeOf([webgpu]) },
    { name: 'model', size: sizeOf([weights]) },
    { name: 'first prediction by <digit-recognizer>', size: sizeOf([script, weights]) },
    { name: 'both backends', size: sizeOf([script, weights, webgpu]) },
    { name: 'recognize() alone: script', size: sizeOf(recognize) },
    { name: 'recognize() alone', size: sizeOf([...recognize, weights]) },
    ...alone,
  ];
}
