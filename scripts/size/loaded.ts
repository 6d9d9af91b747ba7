/** What a page loads of the built package, for each way of using it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { sum } from 'd3-array';
import { globSync } from 'tinyglobby';
import { root } from '../setup.js';
import { bundleConsumer } from './bundle-consumer.js';

/** The files that a page loads for each way of using the package, as glob patterns. */
const loads: Readonly<Record<string, readonly string[]>> = {
  'CDN file': ['dist/cdn/digit-recognizer.js'],
  'WebGPU program': ['dist/cdn/assets/load-webgpu-program-*.js', 'dist/cdn/assets/compact.webgpu-*.json'],
  model: ['dist/cdn/assets/compact-*.onnx'],
  'first prediction by <digit-recognizer>': ['dist/cdn/digit-recognizer.js', 'dist/cdn/assets/compact-*.onnx'],
  'both backends': [
    'dist/cdn/digit-recognizer.js',
    'dist/cdn/assets/compact-*.onnx',
    'dist/cdn/assets/load-webgpu-program-*.js',
    'dist/cdn/assets/compact.webgpu-*.json',
  ],
  'first picture: its reading': ['dist/cdn/assets/pictures-*.js'],
  'first number: its reading': ['dist/cdn/assets/numbers-*.js'],
  'recognize() alone: script': ['results/size/recognize/*.js'],
  'recognize() alone': ['results/size/recognize/*.js', 'dist/cdn/assets/compact-*.onnx'],
  '<digit-recognizer> alone, from npm': ['results/size/digit-recognizer/*.js', 'dist/cdn/assets/compact-*.onnx'],
  '<digit-pad> alone, from npm': ['results/size/digit-pad/*.js'],
  '<digit-preview> alone, from npm': ['results/size/digit-preview/*.js'],
  '<digit-predictions> alone, from npm': ['results/size/digit-predictions/*.js'],
};

/** In bytes, each file compressed on its own. */
export const sizeOf = (files: readonly Uint8Array[]) => ({
  raw: sum(files, (file) => file.length),
  gzip: sum(files, (file) => gzipSync(file, { level: 9 }).length),
  brotli: sum(files, (file) => brotliCompressSync(file).length),
});

const elements = ['digit-recognizer', 'digit-pad', 'digit-preview', 'digit-predictions'];

/** Scripts of consumers, by the names of their folders in results/size. */
const consumers = {
  recognize: "export { recognize } from 'digit-recognizer';",
  ...Object.fromEntries(elements.map((name) => [name, `import 'digit-recognizer/define/${name}.js';`])),
};

/** Writes what a consumer's script loads at once. */
async function writeLoaded(name: string, code: string): Promise<void> {
  const folder = join(root, 'results/size', name);
  const { files, loaded } = await bundleConsumer(code, { outdir: folder });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of files) if (loaded.has(relative(root, path))) writeFileSync(path, contents);
}

/** @throws {Error} when a file is missing */
export async function measureLoaded() {
  await Promise.all(Object.entries(consumers).map(([name, code]) => writeLoaded(name, code)));
  return Object.entries(loads).map(([name, patterns]) => {
    const files = patterns.flatMap((pattern) => {
      const found = globSync(pattern, { cwd: root, absolute: true });
      if (found.length === 0) throw new Error(`${pattern} matches no file. Run: npm run build`);
      return found;
    });
    return { name, size: sizeOf(files.map((file) => readFileSync(file))) };
  });
}
