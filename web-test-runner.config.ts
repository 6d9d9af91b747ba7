import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { BrowserLauncher, TestRunnerConfig, TestRunnerGroupConfig } from '@web/test-runner';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { browserArguments, ensureBrowser, softwareWebGpuArguments } from './scripts/browser.js';
import { inferenceAssetsPlugin } from './scripts/worker-bundle.js';
import { blankPagePlugin, ReusingLauncher } from './test/support/browsers/reusing-launcher.js';
import { faultyAssetsPlugin } from './test/support/faults.js';
import { pageCommandsPlugin } from './test/support/page-commands.js';
import { failureReporter, resultsReporter } from './test/support/reporters.js';
import { hydratingPage, plainPage, serverRenderPlugin } from './test/support/server-render.js';
import { withoutPage } from './test/support/without-page.js';

/** @param concurrency pages at once, each in a browser context and a window of its own: all have the focus */
const chromium = (concurrency: number, additionalArguments: readonly string[] = []): BrowserLauncher =>
  new ReusingLauncher(
    { executablePath: ensureBrowser(), args: [...browserArguments, ...additionalArguments] },
    { hasTouch: true, viewport: { width: 800, height: 600 } },
    concurrency,
  );

/** onnxruntime-web imports these inside branches that only Node takes. */
const nodeImportsPlugin: TestRunnerPlugin = {
  name: 'node-imports',
  resolveImport: ({ source }) => (/^(node:.*|module|worker_threads)$/.test(source) ? source : undefined),
};

const photographs = 'test/imaging/photographs.test.ts';

/** Large pictures, or thousands of them, through one module each. */
const longRunning = ['test/imaging/mnist-round-trip.test.ts', photographs];

const without = (patterns: readonly string[]): string[] => patterns.map((pattern) => `!${pattern}`);

/**
 * The tests by how they are run; an element's tests run a second time on server-rendered markup.
 * @param coverage whether what needs no page is measured in one; thousands of pictures would take minutes under the
 *   counters, which learn nothing from them
 */
export function testGroups(coverage = false) {
  const others = ['test/**/*.webgpu.test.ts', 'test/{node,e2e}/**', ...longRunning, ...(coverage ? [] : withoutPage)];
  // One browser for the groups of tests that run in it. Half of the time a page waits, for a frame or a worker.
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
    // A software adapter is work for a core, so one page at a time.
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
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
  ],
  reporters: [failureReporter(), resultsReporter()],
  coverageConfig: {
    include: ['src/**/*.ts'],
    // Workers run outside of the page that measures; the e2e and WebGPU tests drive them.
    exclude: ['src/inference/engines/onnxruntime/worker/**'],
    threshold: { lines: 90, statements: 0, branches: 0, functions: 0 },
    reporters: ['text-summary', 'lcovonly'],
  },
} satisfies Partial<TestRunnerConfig>;
