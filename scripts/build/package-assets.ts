/** The files that the package fetches when they are used: models, programs and workers. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { minifyCode } from './minify-code.js';
import { bundleWorker, workerSource } from '../worker-bundle.js';

/** A file that a module names as bundlers know it; one of another package is not followed by a dot. */
const assetUrl = /new URL\('(\.[^']+)', import\.meta\.url\)\.href/g;

/**
 * Emits the files that modules name by `new URL('./file', import.meta.url)`, each once, whichever build emits it. The
 * output contains the same expression with the emitted file's name, for users' bundlers to find it.
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
          const source = existsSync(path) ? await readFile(path) : await minifyCode(await bundleWorker(path), 'safe');
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

/** In the dev server: a module names the workers as they are called in the package, where they are JavaScript. */
export function workerSources(): Plugin {
  return {
    name: 'worker-sources',
    apply: 'serve',
    enforce: 'pre',
    resolveId: (id) => workerSource(id),
  };
}
