/// <reference types="vitest/config" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import sirv from 'sirv';
import { defineConfig, type ConfigEnv, type Plugin, type UserConfig } from 'vite';
import type { BrowserInstanceOption } from 'vitest/node';
import { minifyChunks } from './scripts/build/minify-code.js';
import { minifySources } from './scripts/build/minify-sources.js';
import { packageAssets, workerSources } from './scripts/build/package-assets.js';
import { separateFiles } from './scripts/build/separate-files.js';
import { declareSideEffects } from './scripts/build/side-effects.js';
import { withoutPage } from './test/support/without-page.js';

const root = import.meta.dirname;
const source = (path: string): string => join(root, 'src', path);

const { exports, sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { default: string }>;
  sideEffects: string[];
};

/** Returns the name of a module of the package: `define` for `./dist/define.js`. */
const moduleName = (path: string): string => path.replace(/^\.\/dist\/|\.js$/g, '');

/** Modules with side effects, as declared by the package. */
const withSideEffects = new RegExp(
  `/src/(${sideEffects.map((path) => moduleName(path).replace('*', '[\\w-]+')).join('|')})\\.ts$`,
);

/**
 * Common options of the package's builds. They are server builds, in which Vite does not touch the patterns that
 * users' bundlers look for: `import()` without a preload helper, and `new URL('…', import.meta.url)`.
 */
const packageBuild: UserConfig = {
  root,
  base: './',
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, resolve: { conditions: ['browser', 'module', 'production'] } },
};

/** Plain ES modules, one per source module. */
const modules: UserConfig = {
  ...packageBuild,
  plugins: [packageAssets(), minifySources(), declareSideEffects(withSideEffects), minifyChunks('whitespace')],
  build: {
    ssr: true,
    ssrEmitAssets: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: Object.fromEntries(
        Object.values(exports)
          .map((each) => moduleName(typeof each === 'string' ? each : each.default))
          .filter((name) => !/[*.]|^cdn/.test(name))
          .map((name) => [name, source(`${name}.ts`)]),
      ),
      external: [/^lit(-html)?(\/|$)/, /^react(\/|$)/, 'svelte', 'vue'],
      // Comments with the modules' names, which their files have, too.
      experimental: { attachDebugInfo: 'none' },
      output: {
        preserveModules: true,
        preserveModulesRoot: source(''),
        // Docstrings are in the type declarations; in the modules, they would be a fifth of the installed size.
        comments: { jsdoc: false },
        // Code from other packages; npm packs no folder named node_modules.
        entryFileNames: ({ name }) => `${name.replace(/^(_virtual\/.*\/|node_modules\/@?)/, 'bundled/')}.js`,
        assetFileNames: 'cdn/assets/[name]-[hash][extname]',
      },
    },
  },
};

/**
 * Makes Chromium compile all functions while the file is loading, on another thread, instead of each one when it is
 * first called: https://v8.dev/blog/explicit-compile-hints. Nearly all of them are called when the tag starts.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/**
 * Code that the file for script tags fetches on first use: languages, WebGPU, the program of the other model, pictures,
 * numbers, explanations, PNGs, replays and stored profiles.
 */
const separated = new RegExp(
  `/src/(${[
    'messages/[\\w-]+',
    'inference/engines/webgpu/load-webgpu-program',
    'model/first-layer',
    'generated/wasm-programs/reference',
    'drawing/draw-png',
    'drawing/replay-times',
    'learning/kept-profile',
    'sources/pictures',
    'recognition/numbers',
    'elements/digit-preview/preview-views',
  ].join('|')})\\.ts$`,
);

/** One file for script tags. Its assets' names contain a hash, so that browsers may cache them indefinitely. */
const cdnFile = (input: string, output: string): UserConfig => ({
  ...packageBuild,
  resolve: {
    alias: {
      // It contains that code anyway.
      './import-profiles.js': source('elements/digit-recognizer/import-profiles.cdn.ts'),
    },
  },
  plugins: [
    packageAssets(),
    minifySources(),
    separateFiles(separated),
    declareSideEffects(withSideEffects),
    minifyChunks('own'),
  ],
  build: {
    ssr: true,
    ssrEmitAssets: true,
    outDir: 'dist/cdn',
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    rolldownOptions: {
      input: source(input),
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

/** Resolves the package's name: to its sources in development, to the built package for the site. */
const packageAlias = (folder: string, extension: string): UserConfig => ({
  resolve: {
    alias: [
      { find: /^digit-recognizer$/, replacement: join(root, folder, `index${extension}`) },
      { find: /^digit-recognizer\/([\w-]+)$/, replacement: join(root, folder, `$1${extension}`) },
    ],
  },
});

/** Serves the figures that the page refers to by `../models`, which is outside of the development server's root. */
const serveFigures = (): Plugin => ({
  name: 'serve-figures',
  configureServer: ({ middlewares }) => {
    middlewares.use('/models/figures', sirv(join(root, 'models/figures'), { dev: true }));
  },
});

/** The demo page: from the sources in development, with the built package for the site. */
const demo: UserConfig = {
  root: join(root, 'demo'),
  base: './',
  appType: 'mpa',
  publicDir: false,
  plugins: [workerSources(), serveFigures()],
  // The page has the same script tag as a user's page; here, its file is replaced by the sources.
  resolve: { alias: [{ find: '/cdn/digit-recognizer.js', replacement: source('cdn.ts') }] },
  server: { fs: { allow: [root] } },
  preview: { port: 4173 },
  build: { outDir: join(root, 'site'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
};

/** Every story is a test: it is rendered, played, and checked by axe, with different user settings. */
async function storyTests(): Promise<UserConfig> {
  const { storybookTest } = await import('@storybook/addon-vitest/vitest-plugin');
  const { playwright } = await import('@vitest/browser-playwright');
  const { browserArguments } = await import('./scripts/shared/browser-options.js');
  const { ensureBrowser } = await import('./scripts/shared/find-browser.js');
  const launchOptions = { executablePath: ensureBrowser(), args: browserArguments };
  const chromium = (name: string, contextOptions: BrowserContextOptions): BrowserInstanceOption => ({
    browser: 'chromium',
    name,
    provider: playwright({ launchOptions, contextOptions }),
  });
  return {
    ...packageAlias('src', '.ts'),
    logLevel: 'error',
    // Otherwise, a story's new dependency is discovered in the middle of a run, and breaks it.
    optimizeDeps: { force: true },
    plugins: [workerSources(), storybookTest({ configDir: '.storybook' })],
    test: {
      testTimeout: 60_000,
      fileParallelism: false,
      onConsoleLog: (log) => !log.startsWith('Lit is in dev mode'),
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        viewport: { width: 1024, height: 800 },
        instances: [
          chromium('light', { colorScheme: 'light' }),
          chromium('dark', { colorScheme: 'dark', reducedMotion: 'reduce' }),
          chromium('forced colors', { forcedColors: 'active' }),
        ],
      },
    },
  };
}

/** Tests that need no page, with the globals that web-test-runner provides in a browser. */
const unitTests: UserConfig = {
  root,
  resolve: { alias: { '@open-wc/testing': 'vitest' } },
  test: { include: withoutPage, globals: true, isolate: false, testTimeout: 30_000 },
};

/** Storybook adds its own settings to these. */
const storybook = (command: ConfigEnv['command']): UserConfig =>
  command === 'serve' ? { ...packageAlias('src', '.ts'), plugins: [workerSources()] } : packageAlias('dist', '.js');

/**
 * The configuration for everything that Vite does, by mode: `modules`, `cdn` and `cdn-onnxruntime` build the package,
 * `test` runs the stories, `unit` the tests that need no page; any other mode is for the demo page.
 */
export default defineConfig(({ mode, command }) => {
  if (process.env.STORYBOOK) return storybook(command);
  switch (mode) {
    case 'modules':
      return modules;
    case 'cdn':
      return cdnFile('cdn.ts', 'digit-recognizer.js');
    case 'cdn-onnxruntime':
      return cdnFile('cdn-onnxruntime.ts', 'onnxruntime.js');
    case 'test':
      return storyTests();
    case 'unit':
      return unitTests;
    default:
      return demo;
  }
});
