import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/setup.js';
import { repositoryPath, UsageError, wholeNumber } from '../../scripts/shared/command-line.js';

/** Commands with options, and a command line that each must reject. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'models/compile/compile.ts': ['--model', 'other.onnx', '--check'],
  'models/training/test.ts': ['--quick'],
  'models/training/train.ts': ['--model', 'large'],
  'scripts/bench-gpu.ts': ['--slow'],
  'scripts/test-browsers.ts': ['opera'],
  'scripts/run-tests.ts': ['Gardening'],
  'scripts/fuzz.ts': ['--count', '1.5'],
  'scripts/test-browser.ts': ['--group', 'none'],
  'scripts/test-file.ts': ['test/none.test.ts'],
};

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', ...args], { cwd: root, encoding: 'utf8' });

for (const [command, invalid] of Object.entries(commands)) {
  test(`${command} says what is wrong with a command line, and what it takes`, () => {
    const { status, stdout, stderr } = run(command, ...invalid);
    assert.equal(status, 1);
    assert.match(stderr.split('\n')[0], new RegExp(invalid[invalid.length - 1]));
    assert.match(stderr, /^Usage: npm (?:run|test) [^]*^ +--help +this text$/m);
    assert.equal(stdout, '');
  });
}

test('help is not an error', () => {
  const { status, stdout, stderr } = run('scripts/fuzz.ts', '--count', '10', '--help');
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^Usage: npm run fuzz /m);
});

test('accepts whole numbers only', () => {
  assert.equal(wholeNumber('count', '20', 1), 20);
  for (const value of ['', '0', '-1', '1.5', '1e3', '0x10', ' 2', '9'.repeat(20)]) {
    assert.throws(() => wholeNumber('count', value, 1), UsageError, value);
  }
});

test('names files by their path from the root, wherever the command was given', () => {
  assert.equal(repositoryPath(join(root, 'test/node'), 'steps.test.ts'), 'test/node/steps.test.ts');
  assert.equal(repositoryPath(root, join(root, 'test', 'node', 'steps.test.ts')), 'test/node/steps.test.ts');
});
