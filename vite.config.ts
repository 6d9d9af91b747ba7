/// <reference types="vitest/config" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { defineConfig, type ConfigEnv, type UserConfig } from 'vite';
import type { BrowserInstanceOption } from 'vitest/node';
import {
  declareSideEffects,
  minifyStyles,
  packageAssets,
  separateFiles,
  workerSources,
} from './scripts/build/package-assets.js';
import { withoutPage } from './test/support/without-page.js';

const root = import.meta.dirname;
const source = (path: string): string => join(root, 'src', path);

const { exports, sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { default: string }>;
  sideEffects: string[];
};

/** A module of the package as its source: `./dist/define.js` is `define`. */
const moduleName = (path: string): string => path.replace(/^\.\/dist\/|\.js$/g, '');

/** Modules that do something when they are imported, as the package declares them. */
const withSideEffects = new RegExp(
  `/src/(${sideEffects.map((path) => moduleName(path).replace('*', '[\\w-]+')).join('|')})\\.ts$`,
);

/**
 * What both builds of the package have in common. They are built like code for a server, since Vite then leaves alone
 * what the bundlers of others look for: `import()` without a preload helper, and `new URL('…', import.meta.url)`.
 */
const packageBuild: UserConfig = {
  root,
  base: './',
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, resolve: { conditions: ['browser', 'module', 'production'] } },
};

/** Plain ES modules, one for each module of the sources. */
const modules: UserConfig = {
  ...packageBuild,
  plugins: [packageAssets(), minifyStyles(), declareSideEffects(withSideEffects)],
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
      external: [/^lit(\/|$)/, /^react(\/|$)/, 'svelte', 'vue'],
      output: {
        preserveModules: true,
        preserveModulesRoot: source(''),
        // Docstrings are in the types; in the modules they would be a fifth of what is installed.
        comments: { jsdoc: false },
        // What comes from other packages; npm packs no folder named node_modules.
        entryFileNames: ({ name }) => `${name.replace(/^(_virtual\/.*\/|node_modules\/@?)/, 'bundled/')}.js`,
        assetFileNames: 'cdn/assets/[name]-[hash][extname]',
      },
    },
  },
};

/**
 * Has Chromium compile every function while the file arrives, on another thread, instead of one by one when it is first
 * called: https://v8.dev/blog/explicit-compile-hints. Nearly all of them are called as the tag starts.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/**
 * What the file for script tags fetches only when it is used: a language, what runs programs on WebGPU, the program of
 * the other model, what reads pictures and numbers, explains an answer, makes PNGs, plays strokes
 * and keeps profiles.
 */
const separated = new RegExp(
  `/src/(${[
    'messages/[\\w-]+',
    'inference/engines/webgpu/load-webgpu-program',
    'model/first-layer',
    'generated/wasm-programs/reference',
    'drawing/draw-png',
    'drawing/replay-times',
    'learning/profile-database',
    'sources/pictures',
    'recognition/numbers',
    'elements/digit-preview/preview-views',
  ].join('|')})\\.ts$`,
);

/** One file for script tags. The names of its assets change with their content, so that browsers may keep them. */
const cdnFile = (input: string, output: string): UserConfig => ({
  ...packageBuild,
  plugins: [packageAssets(), minifyStyles(), separateFiles(separated), declareSideEffects(withSideEffects)],
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

/** The package by its name: in development its sources, for the site what is built of them. */
const packageAlias = (folder: string, extension: string): UserConfig => ({
  resolve: {
    alias: [
      { find: /^digit-recognizer$/, replacement: join(root, folder, `index${extension}`) },
      { find: /^digit-recognizer\/([\w-]+)$/, replacement: join(root, folder, `$1${extension}`) },
    ],
  },
});

/** The demo page: in development from the sources, for the site beside the built package. */
const demo: UserConfig = {
  root: join(root, 'demo'),
  base: './',
  appType: 'mpa',
  publicDir: false,
  plugins: [workerSources()],
  // The page has the tag that a page of a user has; the sources take the place of the file that it names.
  resolve: { alias: [{ find: '/cdn/digit-recognizer.js', replacement: source('cdn.ts') }] },
  server: { fs: { allow: [root] } },
  preview: { port: 4173 },
  build: { outDir: join(root, 'site'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
};

/** Every story is a test: it is rendered, played, and checked by axe, for users with different settings. */
async function storyTests(): Promise<UserConfig> {
  const { storybookTest } = await import('@storybook/addon-vitest/vitest-plugin');
  const { playwright } = await import('@vitest/browser-playwright');
  const { browserArguments, ensureBrowser } = await import('./scripts/browser.js');
  const launchOptions = { executablePath: ensureBrowser(), args: browserArguments };
  const chromium = (name: string, contextOptions: BrowserContextOptions): BrowserInstanceOption => ({
    browser: 'chromium',
    name,
    provider: playwright({ launchOptions, contextOptions }),
  });
  return {
    ...packageAlias('src', '.ts'),
    logLevel: 'error',
    // Else a dependency that a story has newly got is found in the middle of a run, and breaks it.
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

/** Tests of what needs no page; they know the names that web-test-runner gives a test in a browser. */
const unitTests: UserConfig = {
  root,
  resolve: { alias: { '@open-wc/testing': 'vitest' } },
  test: { include: withoutPage, globals: true, isolate: false, testTimeout: 30_000 },
};

/** Storybook adds its own settings to these. */
const storybook = (command: ConfigEnv['command']): UserConfig =>
  command === 'serve' ? { ...packageAlias('src', '.ts'), plugins: [workerSources()] } : packageAlias('dist', '.js');

/**
 * One configuration for all that Vite does. The mode chooses: `modules`, `cdn` and `cdn-onnxruntime` build the package,
 * `test` tests the stories, `unit` what needs no page; any other is the demo page.
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
