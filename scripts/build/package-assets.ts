/** What Vite and Rollup do with the files that the package fetches when they are used. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Plugin } from 'vite';
import { bundleWorker, workerSource } from '../worker-bundle.js';

/** A file that a module names as bundlers know it; one of another package is not followed by a dot. */
const assetUrl = /new URL\('(\.[^']+)', import\.meta\.url\)\.href/g;

/**
 * Emits the files that modules name by `new URL('./file', import.meta.url)`, each once, whichever build emits it. In the
 * output stands the same expression with the name that the file has got, for bundlers to find it again.
 */
export function packageAssets(): Plugin {
  return {
    name: 'package-assets',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: assetUrl },
      async handler(code, id) {
        const references = new Map<string, string>();
        for (const [, url] of code.matchAll(assetUrl)) {
          const path = join(dirname(id), url);
          const source = existsSync(path) ? await readFile(path) : await bundleWorker(path);
          references.set(url, this.emitFile({ type: 'asset', name: basename(path), source }));
        }
        return {
          code: code.replace(assetUrl, (_, url: string) => `import.meta.ROLLUP_FILE_URL_${references.get(url)}`),
          map: null,
        };
      },
    },
    resolveFileUrl: ({ relativePath }) => `new URL('${relativePath}', import.meta.url).href`,
  };
}

/**
 * Says of the sources what package.json says of the built modules: which do something when they are imported.
 * @param sideEffects matches their paths
 */
export function declareSideEffects(sideEffects: RegExp): Plugin {
  return {
    name: 'declare-side-effects',
    apply: 'build',
    transform: { filter: { id: sideEffects }, handler: () => ({ moduleSideEffects: true, map: null }) },
  };
}

/** In the dev server: a module names the workers as they are called in the package, where they are JavaScript. */
export function workerSources(): Plugin {
  return {
    name: 'worker-sources',
    apply: 'serve',
    enforce: 'pre',
    resolveId: (id) => workerSource(id),
  };
}

/**
 * Keeps the messages of every language but English out of the one file for script tags: each language is a file of its
 * own among the assets, fetched when a page uses it.
 */
export function languageFiles(): Plugin {
  return {
    name: 'language-files',
    apply: 'build',
    enforce: 'pre',
    resolveDynamicImport: {
      async handler(specifier, importer) {
        if (typeof specifier !== 'string' || !importer?.endsWith('/messages/languages.ts')) return null;
        const language = basename(specifier, '.js');
        const source = await readFile(join(dirname(importer), `${language}.ts`), 'utf8');
        const { code } = await transform(source, { loader: 'ts', minify: true, format: 'esm', charset: 'utf8' });
        const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8);
        const fileName = `assets/${language}-${hash}.js`;
        this.emitFile({ type: 'asset', fileName, source: code });
        return { id: `./${fileName}`, external: 'relative' };
      },
    },
  };
}
