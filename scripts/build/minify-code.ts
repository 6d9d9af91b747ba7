import { minify, type MinifyOptions } from 'terser';
import type { Plugin } from 'vite';

/** Licenses, and what browsers and bundlers look for. */
const comments = /^\**!|@license|@preserve|@vite-ignore|webpackIgnore|allFunctionsCalledOnLoad/;

const levels = {
  /** For this package's code, where nothing calls a function expression with `new`, or asks for its `length`. */
  own: { compress: { passes: 3, keep_fargs: false, unsafe_arrows: true } },
  /** For code of other packages. More passes take seconds, and gain nothing. */
  safe: {},
  /** For code that users bundle: they need its names in stack traces, and their bundler its annotations. */
  whitespace: { compress: false, mangle: false },
} satisfies Record<string, MinifyOptions>;

/** Minifies code with Terser, which finds a few percent more than Rolldown or esbuild. */
export async function minifyCode(code: string, level: keyof typeof levels): Promise<string> {
  const result = await minify(code, {
    module: true,
    ecma: 2020,
    ...levels[level],
    format: { comments, preserve_annotations: true },
  });
  return result.code!;
}

/** Minifies the chunks of a build. */
export function minifyChunks(level: keyof typeof levels): Plugin {
  return {
    name: 'minify-chunks',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = await minifyCode(chunk.code, level);
      }
    },
  };
}
