/**
 * `npm test`: sets up what is missing, builds, checks the code and runs every test. Ends with `N passed, N failed`,
 * where a check that fails counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, root } from './setup.js';

ensureDependencies();
const { ensureBrowser } = await import('./browser.js');
ensureBrowser();

const results = join(root, 'results');
mkdirSync(results, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs one step and says how it went.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 */
function step(name, command, args, environment = {}) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** @param {string} name @param {string} command @param {string[]} args */
function check(name, command, args) {
  total[step(name, command, args) ? 'passed' : 'failed'] += 1;
}

/** @param {string} folder @returns {string[]} its test files */
function listTests(folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}

/**
 * A step that runs many tests and leaves their counts in a file. One that fails without a failed test counts as one.
 * @param {string} name
 * @param {string} file
 * @param {() => boolean} runTests
 * @param {(text: string) => { passed: number, failed: number, skipped: number }} parse
 */
function suite(name, file, runTests, parse) {
  rmSync(file, { force: true });
  const succeeded = runTests();
  const counts = existsSync(file) ? parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  if (!succeeded && counts.failed === 0) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
}

/** @param {string} text TAP, as node:test writes it */
function parseTap(text) {
  /** @param {string} name */
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

/** @param {string} text JSON, as Vitest writes it */
function parseVitest(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = /** @type {Record<string, number>} */ (
    JSON.parse(text)
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

check('Build', 'npm', ['run', 'build', '--silent']);
check('Types', 'npx', ['tsc', '--noEmit']);
check('Lint', 'npx', ['eslint', '.']);
check('Templates', 'npx', ['lit-analyzer', 'src/elements/**/*.ts', '--strict', '--rules.no-missing-import', 'off']);
check('Programs', 'npm', ['run', 'compile-models', '--silent', '--', '--check']);
check('Sizes', 'npm', ['run', 'size', '--silent', '--', '--gate']);
check('Formatting', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']);

const tap = join(results, 'node-tests.tap');
suite(
  'In Node',
  tap,
  () =>
    step('Tests in Node, and end to end', process.execPath, [
      ...['--import', 'tsx', '--test', '--test-concurrency=1'],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
      ...listTests('test/node'),
      ...listTests('test/e2e'),
    ]),
  parseTap,
);

const browserCounts = join(results, 'browser-tests.json');
suite(
  'In the browser',
  browserCounts,
  () =>
    step('Tests in the browser', 'npx', ['tsx', 'scripts/test-browser.ts', '--coverage'], {
      TEST_COUNTS: browserCounts,
    }),
  (text) => /** @type {typeof total} */ (JSON.parse(text)),
);

const storyCounts = join(results, 'story-tests.json');
suite(
  'Stories',
  storyCounts,
  () =>
    step('Stories, played and looked at by axe', 'npx', [
      ...['vitest', 'run', '--reporter=default'],
      ...['--reporter=json', `--outputFile.json=${storyCounts}`],
    ]),
  parseVitest,
);

console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
