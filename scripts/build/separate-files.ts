/** Splits the file for script tags. */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { build as bundle } from 'esbuild';
import type { Plugin } from 'vite';
import { minifyCode } from './minify-code.js';
import { minifySourcesInEsbuild } from './minify-sources.js';

/**
 * Makes a file of its own among the assets of what the one file for script tags imports only when it is used. It holds
 * all that it needs: one that imported the first file could load that a second time, from an address that a CDN
 * redirects. So only modules that share no state and no public class with the others can be separated.
 * @param modules matches their paths
 */
export function separateFiles(modules: RegExp): Plugin {
  return {
    name: 'separate-files',
    apply: 'build',
    enforce: 'pre',
    resolveDynamicImport: {
      async handler(specifier, importer) {
        if (typeof specifier !== 'string' || !importer) return null;
        const path = join(dirname(importer), specifier).replace(/\.js$/, '.ts');
        if (!modules.test(path)) return null;
        const { outputFiles } = await bundle({
          entryPoints: [path],
          write: false,
          bundle: true,
          format: 'esm',
          target: 'es2022',
          minify: true,
          charset: 'utf8',
          plugins: [minifySourcesInEsbuild],
          logLevel: 'warning',
        });
        const source = await minifyCode(outputFiles[0].text, 'own');
        const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
        const fileName = `assets/${basename(path, '.ts')}-${hash}.js`;
        this.emitFile({ type: 'asset', fileName, source });
        return { id: `./${fileName}`, external: 'relative' };
      },
    },
  };
}
