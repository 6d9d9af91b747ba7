/** Bundles a consumer's script with the built package. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../setup.js';

/**
 * Bundles and minifies a consumer's script, and writes nothing.
 * @param options `outdir`: folder that the outputs are named in; `splitting`: whether what is imported on use becomes
 *   separate files, as most bundlers do
 * @returns the outputs, and the names of those that are loaded at once; the others are imported on use
 */
export async function bundleConsumer(code: string, { outdir = 'results/bundle', splitting = true } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: { 'digit-recognizer': join(root, 'dist') },
    absWorkingDir: root,
    bundle: true,
    splitting,
    outdir,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'error',
  });
  const { outputs } = metafile;
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: other, kind } of outputs[path].imports) if (kind === 'import-statement') load(other);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === '<stdin>') load(path);
  return { files: outputFiles, outputs, loaded };
}
