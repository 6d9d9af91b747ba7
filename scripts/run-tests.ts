/**
 * What `npm test` runs once everything is set up: the build, the checks and every test, side by side. Ends with
 * `N passed, N failed`, where a check counts as one.
 */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JsonTestResults } from 'vitest/node';
import { ensureBrowser } from './browser.js';
import { checks } from './check.js';
import { root } from './setup.js';
import { listFailures, runSteps, type Counts, type Step } from './steps.js';

ensureBrowser();
const folder = join(root, 'results');
mkdirSync(folder, { recursive: true });

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

function nodeTests(name: string, tests: string): Step {
  const file = join(folder, `${tests.replace('/', '-')}.json`);
  return {
    name,
    after: 'Build',
    command: ['npx', 'tsx', 'scripts/test-node.ts', tests],
    environment: { TEST_RESULTS: file },
    results: { file, parse: parseCounts },
  };
}

/** @param after name of the step that must have ended before */
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

const browserResults = join(folder, 'browser-tests.json');

/** The longest first, so that none is left over at the end with the other cores idle. */
const steps: readonly Step[] = [
  { name: 'Build', command: ['npm', 'run', 'build', '--silent'] },
  {
    name: 'Tests in the browser',
    after: 'Build',
    command: ['npx', 'tsx', 'scripts/test-browser.ts'],
    environment: { TEST_RESULTS: browserResults },
    results: { file: browserResults, parse: parseCounts },
  },
  nodeTests('Tests from end to end', 'test/e2e'),
  vitest('Stories', 'test', 'Build'),
  nodeTests('Tests in Node', 'test/node'),
  {
    name: 'Programs',
    command: ['npm', 'run', 'compile-models', '--silent', '--', '--check'],
    inputs: [
      'models/compile',
      'models/compiled',
      'models/compact.onnx',
      'models/reference.onnx',
      'src',
      'package-lock.json',
    ],
  },
  ...checks,
  vitest('Tests without a page', 'unit'),
  { name: 'Sizes', after: 'Build', command: ['npm', 'run', 'size', '--silent', '--', '--gate'] },
];

const outcomes = await runSteps(steps);
const total = (name: 'passed' | 'failed' | 'skipped'): number =>
  outcomes.reduce((sum, outcome) => sum + outcome[name], 0);
const skipped = total('skipped');
const failures = listFailures(outcomes);
if (failures.length > 0) console.log(`\nFailed:\n\n${failures.join('\n\n')}`);
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') > 0 ? 1 : 0;
