/** What Vite and Rolldown do with the files that the package fetches when they are used. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build as bundle, transform, type Plugin as EsbuildPlugin } from 'esbuild';
import { minify } from 'terser';
import type { Plugin } from 'vite';
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
 * Applies package.json's `sideEffects`, which names built modules, to the sources.
 * @param sideEffects matches their paths
 */
export function declareSideEffects(sideEffects: RegExp): Plugin {
  return {
    name: 'declare-side-effects',
    apply: 'build',
    transform: { filter: { id: sideEffects }, handler: () => ({ moduleSideEffects: true, map: null }) },
  };
}

/** The text of a style sheet in a module: without expressions, as all of them are. */
const styleSheet = /(?<=\bcss(?: \*\/ )?)`((?:[^`$\\]|\$(?!\{))*)`/g;

/** A module of styles with its style sheets minified. */
async function minifyStyleSheets(code: string): Promise<string> {
  const sheets = [...code.matchAll(styleSheet)].map(([, sheet]) => sheet);
  const minified = await Promise.all(sheets.map((sheet) => transform(sheet, { loader: 'css', minify: true })));
  return code.replace(styleSheet, () => `\`${minified.shift()!.code.trimEnd()}\``);
}

const stylesModule = /\.styles\.ts$/;

/** Minifies the style sheets of the elements, which are separate modules. */
export function minifyStyles(): Plugin {
  return {
    name: 'minify-styles',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: stylesModule },
      handler: async (code) => ({ code: await minifyStyleSheets(code), map: null }),
    },
  };
}

const minifyStylesInEsbuild: EsbuildPlugin = {
  name: 'minify-styles',
  setup: (build) =>
    build.onLoad({ filter: stylesModule }, async ({ path }) => ({
      contents: await minifyStyleSheets(await readFile(path, 'utf8')),
      loader: 'ts',
    })),
};

/** Has Terser minify the minified chunks: it finds half a kilobyte more, gzipped. */
export function minifyAgain(): Plugin {
  return {
    name: 'minify-again',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code } = await minify(chunk.code, {
          module: true,
          ecma: 2020,
          compress: { passes: 3 },
          format: { comments: /allFunctionsCalledOnLoad/ },
        });
        if (code) chunk.code = code;
      }
    },
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
          plugins: [minifyStylesInEsbuild],
          logLevel: 'warning',
        });
        const source = outputFiles[0].text;
        const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
        const fileName = `assets/${basename(path, '.ts')}-${hash}.js`;
        this.emitFile({ type: 'asset', fileName, source });
        return { id: `./${fileName}`, external: 'relative' };
      },
    },
  };
}
