/** Makes the published code smaller than Rolldown and esbuild do. */
import { readFile } from 'node:fs/promises';
import { transform, type Plugin as EsbuildPlugin } from 'esbuild';
import { minify } from 'terser';
import type { Plugin } from 'vite';

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

/** The same for what esbuild bundles. */
export const minifyStylesInEsbuild: EsbuildPlugin = {
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
