import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { BrowserLauncher, TestRunnerConfig, TestRunnerGroupConfig } from '@web/test-runner';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { browserArguments, softwareWebGpuArguments } from './scripts/shared/browser-options.js';
import { ensureBrowser } from './scripts/shared/find-browser.js';
import { inferenceAssetsPlugin } from './scripts/worker-bundle.js';
import { blankPagePlugin, ReusingLauncher } from './test/support/browsers/reusing-launcher.js';
import { packagedTemplatesPlugin } from './test/support/bundle.js';
import { faultyAssetsPlugin } from './test/support/faults.js';
import { pageCommandsPlugin } from './test/support/page-commands.js';
import { failureReporter, resultsReporter } from './test/support/reporters.js';
import { hydratingPage, plainPage, serverRenderPlugin } from './test/support/server-render.js';
import { withoutPage } from './test/support/without-page.js';

/** @param concurrency number of pages, each with its own browser context and window, so that all have focus */
const chromium = (concurrency: number, additionalArguments: readonly string[] = []): BrowserLauncher =>
  new ReusingLauncher(
    { executablePath: ensureBrowser(), args: [...browserArguments, ...additionalArguments] },
    { hasTouch: true, viewport: { width: 800, height: 600 } },
    concurrency,
  );

/** onnxruntime-web imports these in branches that run only in Node. */
const nodeImportsPlugin: TestRunnerPlugin = {
  name: 'node-imports',
  resolveImport: ({ source }) => (/^(node:.*|module|worker_threads)$/.test(source) ? source : undefined),
};

const photographs = 'test/imaging/photographs.test.ts';

/** Tests that put large pictures, or thousands of them, through one module. */
const longRunning = ['test/imaging/mnist-round-trip.test.ts', photographs];

const without = (patterns: readonly string[]): string[] => patterns.map((pattern) => `!${pattern}`);

/**
 * The tests by environment; those of elements run a second time on server-rendered markup.
 * @param coverage whether tests that need no page run in one, for coverage; long-running ones are left out, since they
 *   would take minutes without covering more
 */
export function testGroups(coverage = false) {
  const others = ['test/**/*.webgpu.test.ts', 'test/{node,e2e}/**', ...longRunning, ...(coverage ? [] : withoutPage)];
  // One browser for all groups that run in it. Pages wait half of the time, for a frame or a worker.
  const plainChromium = chromium(2);
  return {
    chromium: { name: 'chromium', files: ['test/**/*.test.ts', ...without(others)], browsers: [plainChromium] },
    serverRendered: {
      name: 'server-rendered',
      files: ['test/elements/**/*.test.ts', ...without(withoutPage)],
      browsers: [plainChromium],
      testRunnerHtml: hydratingPage,
    },
    longRunning: { name: 'long-running', files: coverage ? [photographs] : longRunning, browsers: [plainChromium] },
    // A software adapter occupies a core, so one page at a time.
    webgpu: { name: 'webgpu', files: ['test/**/*.webgpu.test.ts'], browsers: [chromium(1, softwareWebGpuArguments)] },
  } satisfies Readonly<Record<string, TestRunnerGroupConfig>>;
}

export const config = {
  nodeResolve: true,
  concurrency: 1,
  concurrentBrowsers: 2,
  testsFinishTimeout: 240_000,
  browserStartTimeout: 60_000,
  testFramework: { config: { timeout: 30_000 } },
  testRunnerHtml: plainPage,
  filterBrowserLogs: ({ args }) => !args.some((text) => String(text).startsWith('Lit is in dev mode')),
  plugins: [
    blankPagePlugin(),
    inferenceAssetsPlugin(),
    faultyAssetsPlugin(),
    pageCommandsPlugin(),
    serverRenderPlugin(),
    nodeImportsPlugin,
    packagedTemplatesPlugin(),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
  ],
  reporters: [failureReporter(), resultsReporter()],
  coverageConfig: {
    include: ['src/**/*.ts'],
    // Workers run outside the measured page; the e2e and WebGPU tests cover them.
    exclude: ['src/inference/engines/onnxruntime/worker/**'],
    threshold: { lines: 90, statements: 0, branches: 0, functions: 0 },
    reporters: ['text-summary', 'lcovonly'],
  },
} satisfies Partial<TestRunnerConfig>;
