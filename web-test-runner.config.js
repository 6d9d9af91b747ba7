import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { writeFileSync } from 'node:fs';
import { browserArguments, ensureBrowser, softwareWebGpuArguments } from './scripts/browser.js';
import { inferenceAssetsPlugin } from './scripts/worker-bundle.js';
import { faultyAssetsPlugin } from './test/support/faults.js';
import { pageCommandsPlugin } from './test/support/page-commands.js';
import { hydratingPage, serverRenderPlugin } from './test/support/server-render.js';

const executablePath = ensureBrowser();

/** @param {string[]} [additionalArguments] */
const chromium = (additionalArguments = []) =>
  playwrightLauncher({
    product: 'chromium',
    concurrency: 1,
    launchOptions: { executablePath, args: [...browserArguments, ...additionalArguments] },
    createBrowserContext: ({ browser }) =>
      browser.newContext({ hasTouch: true, viewport: { width: 800, height: 600 } }),
  });

/** onnxruntime-web imports these inside branches that only Node takes. */
const nodeImportsPlugin = {
  name: 'node-imports',
  /** @param {{ source: string }} context */
  resolveImport: ({ source }) => (/^(node:.*|module|worker_threads)$/.test(source) ? source : undefined),
};

/** Leaves the counts where scripts/test.js reads them. */
const countReporter = {
  /** @param {{ sessions: Iterable<import('@web/test-runner-core').TestSession> }} run */
  onTestRunFinished({ sessions }) {
    const path = process.env.TEST_COUNTS;
    if (!path) return;
    const counts = { passed: 0, failed: 0, skipped: 0 };
    /** @param {import('@web/test-runner-core').TestSuiteResult | undefined} suite */
    const count = (suite) => {
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

export default {
  nodeResolve: true,
  concurrency: 1,
  concurrentBrowsers: 1,
  testsFinishTimeout: 240_000,
  browserStartTimeout: 60_000,
  testFramework: { config: { timeout: 30_000 } },
  groups: [
    {
      name: 'chromium',
      files: ['test/**/*.test.ts', '!test/**/*.webgpu.test.ts', '!test/{node,e2e}/**'],
      browsers: [chromium()],
    },
    {
      name: 'server-rendered',
      files: 'test/elements/**/*.test.ts',
      browsers: [chromium()],
      testRunnerHtml: hydratingPage,
    },
    { name: 'webgpu', files: 'test/**/*.webgpu.test.ts', browsers: [chromium(softwareWebGpuArguments)] },
  ],
  /** @param {{ args: unknown[] }} log */
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
    threshold: { lines: 90 },
    reporters: ['text-summary', 'lcovonly'],
  },
};
