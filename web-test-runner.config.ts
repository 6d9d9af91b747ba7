import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  defaultReporter,
  type BrowserLauncher,
  type Reporter,
  type TestRunnerConfig,
  type TestRunnerGroupConfig,
  type TestSuiteResult,
} from '@web/test-runner';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { writeFileSync } from 'node:fs';
import { browserArguments, ensureBrowser, softwareWebGpuArguments } from './scripts/browser.js';
import { inferenceAssetsPlugin } from './scripts/worker-bundle.js';
import { faultyAssetsPlugin } from './test/support/faults.js';
import { pageCommandsPlugin } from './test/support/page-commands.js';
import { hydratingPage, plainPage, serverRenderPlugin } from './test/support/server-render.js';

const chromium = (additionalArguments: readonly string[] = []): BrowserLauncher =>
  playwrightLauncher({
    product: 'chromium',
    launchOptions: { executablePath: ensureBrowser(), args: [...browserArguments, ...additionalArguments] },
    createBrowserContext: ({ browser }) =>
      browser.newContext({ hasTouch: true, viewport: { width: 800, height: 600 } }),
  });

/** onnxruntime-web imports these inside branches that only Node takes. */
const nodeImportsPlugin: TestRunnerPlugin = {
  name: 'node-imports',
  resolveImport: ({ source }) => (/^(node:.*|module|worker_threads)$/.test(source) ? source : undefined),
};

/** Leaves the counts where `npm test` reads them. */
const countReporter: Reporter = {
  onTestRunFinished({ sessions }) {
    const path = process.env.TEST_COUNTS;
    if (!path) return;
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const count = (suite: TestSuiteResult | undefined): void => {
      for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
      for (const inner of suite?.suites ?? []) count(inner);
    };
    for (const session of sessions) {
      count(session.testResults);
      if (!session.passed && session.errors.length > 0) counts.failed += 1;
    }
    writeFileSync(path, JSON.stringify(counts));
  },
};

/** The tests by how they are run; an element's tests run a second time on server-rendered markup. */
export function testGroups() {
  // One browser for both groups of tests that run in it.
  const plainChromium = chromium();
  return {
    chromium: {
      name: 'chromium',
      files: ['test/**/*.test.ts', '!test/**/*.webgpu.test.ts', '!test/{node,e2e}/**'],
      browsers: [plainChromium],
    },
    serverRendered: {
      name: 'server-rendered',
      files: 'test/elements/**/*.test.ts',
      browsers: [plainChromium],
      testRunnerHtml: hydratingPage,
    },
    webgpu: { name: 'webgpu', files: 'test/**/*.webgpu.test.ts', browsers: [chromium(softwareWebGpuArguments)] },
  } satisfies Readonly<Record<string, TestRunnerGroupConfig>>;
}

export const config: Partial<TestRunnerConfig> = {
  nodeResolve: true,
  concurrency: 1,
  concurrentBrowsers: 1,
  // Thousands of pictures take minutes while coverage is measured.
  testsFinishTimeout: 600_000,
  browserStartTimeout: 60_000,
  testFramework: { config: { timeout: 30_000 } },
  testRunnerHtml: plainPage,
  filterBrowserLogs: ({ args }) => !args.some((text) => String(text).startsWith('Lit is in dev mode')),
  plugins: [
    inferenceAssetsPlugin(),
    faultyAssetsPlugin(),
    pageCommandsPlugin(),
    serverRenderPlugin(),
    nodeImportsPlugin,
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
  ],
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), countReporter],
  coverageConfig: {
    include: ['src/**/*.ts'],
    // Workers run outside of the page that measures; the e2e and WebGPU tests drive them.
    exclude: ['src/inference/engines/onnxruntime/worker/**'],
    threshold: { lines: 90, statements: 0, branches: 0, functions: 0 },
    reporters: ['text-summary', 'lcovonly'],
  },
};
