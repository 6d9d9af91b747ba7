/**
 * What `npm test` runs once everything is set up: the build, the checks and every test, side by side. Ends with
 * `N passed, N failed`, where a check counts as one.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.js';
import { checks } from './check.js';
import { root } from './setup.js';
import { runSteps, type Counts, type Step } from './steps.js';

ensureBrowser();
const folder = join(root, 'results');
mkdirSync(folder, { recursive: true });

/** @param text TAP, as node:test writes it */
function parseTap(text: string): Counts {
  const count = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

/** @param text JSON, as Vitest writes it */
function parseVitest(text: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text) as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function nodeTests(name: string, tests: string): Step {
  const file = join(folder, `${tests.replace('/', '-')}.tap`);
  const files = readdirSync(join(root, tests)).filter((each) => each.endsWith('.test.ts'));
  return {
    name,
    after: 'Build',
    command: [
      process.execPath,
      ...['--import', 'tsx', '--test', '--test-concurrency=1'],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=tap', `--test-reporter-destination=${file}`],
      ...files.map((each) => join(tests, each)),
    ],
    results: { file, parse: parseTap },
  };
}

const browserCounts = join(folder, 'browser-tests.json');
const storyCounts = join(folder, 'story-tests.json');

/** The longest first, so that none is left over at the end with the other cores idle. */
const steps: readonly Step[] = [
  { name: 'Build', command: ['npm', 'run', 'build', '--silent'] },
  {
    name: 'Tests in the browser',
    after: 'Build',
    command: ['npx', 'tsx', 'scripts/test-browser.ts', '--coverage'],
    environment: { TEST_COUNTS: browserCounts },
    results: { file: browserCounts, parse: (text) => JSON.parse(text) as Counts },
  },
  nodeTests('Tests from end to end', 'test/e2e'),
  {
    name: 'Stories',
    after: 'Build',
    command: [
      ...(['npx', 'vitest', 'run', '--reporter=default'] as const),
      ...['--reporter=json', `--outputFile.json=${storyCounts}`],
    ],
    results: { file: storyCounts, parse: parseVitest },
  },
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
  { name: 'Sizes', after: 'Build', command: ['npm', 'run', 'size', '--silent', '--', '--gate'] },
];

const outcomes = await runSteps(steps);
const total = (name: keyof Counts): number => outcomes.reduce((sum, outcome) => sum + outcome[name], 0);
const skipped = total('skipped');
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') > 0 ? 1 : 0;
