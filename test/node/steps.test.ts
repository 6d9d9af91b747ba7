import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { root } from '../../scripts/setup.js';
import { hashInputs, listFailures, runSteps, type Step } from '../../scripts/steps.js';

let folder: string;
const { CI } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-steps-'));
  delete process.env.CI;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  if (CI !== undefined) process.env.CI = CI;
});

const run = (name: string, code: string, rest: Partial<Step> = {}): Step => ({
  name,
  command: [process.execPath, '-e', code],
  ...rest,
});

/** Code that adds a line to a file. */
const log = (word: string): string =>
  `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'log'))}, '${word}\\n');`;
const logged = (): string[] => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

describe('steps', () => {
  test('run after what they need, and are counted', async () => {
    const results = { file: join(folder, 'counts'), parse: () => ({ passed: 5, failed: 0, skipped: 2, failures: [] }) };
    const outcomes = await runSteps([
      run('tests', `${log('tests')} require('node:fs').writeFileSync(${JSON.stringify(results.file)}, '')`, {
        after: 'build',
        results,
      }),
      run('build', log('build')),
      run('broken', 'process.exit(3)'),
      run('crashed tests', 'process.exit(3)', { results: { ...results, file: join(folder, 'none') } }),
    ]);
    assert.deepEqual(logged(), ['build', 'tests']);
    const counts = outcomes.map(({ name, passed, failed, skipped }) => [name, passed, failed, skipped]);
    assert.deepEqual(
      new Set(counts.map(String)),
      new Set(['build,1,0,0', 'tests,5,0,2', 'broken,0,1,0', 'crashed tests,0,1,0']),
    );
  });

  test('that fail are listed: tests by file, name and the beginning of the error, others by what they said last', async () => {
    const file = join(folder, 'counts');
    const failures = [
      { file: 'test/a.test.ts', name: 'a pad draws', error: `\x1b[31mno ink\x1b[0m\n  at line 3${'x'.repeat(1000)}` },
    ];
    const outcomes = await runSteps([
      run('passed', ''),
      run('tests', `require('node:fs').writeFileSync(${JSON.stringify(file)}, ''); process.exit(1)`, {
        results: { file, parse: () => ({ passed: 5, failed: 1, skipped: 0, failures }) },
      }),
      run('lint', `console.log('much'.repeat(1000)); console.error('unused variable'); process.exit(1)`),
    ]);
    const [first, second, ...others] = listFailures(outcomes).sort();
    assert.equal(others.length, 0);
    assert.match(first, /^lint\n.*unused variable$/s);
    assert.match(second, /^test\/a\.test\.ts: a pad draws\n {4}no ink\n {4}at line 3x+$/);
    assert.ok(first.length < 500 && second.length < 500);
  });

  test('with inputs run again when these have changed, or on CI', async () => {
    const input = join(folder, 'input');
    const step = (): Promise<unknown> =>
      runSteps([run('step', log('run'), { inputs: [relative(root, input)] })], join(folder, 'cache'));
    writeFileSync(input, 'one');
    await step();
    await step();
    assert.equal(logged().length, 1);
    writeFileSync(input, 'two');
    await step();
    assert.equal(logged().length, 2);
    process.env.CI = 'true';
    await step();
    assert.equal(logged().length, 3);
  });

  test('know an input by its content', async () => {
    writeFileSync(join(folder, 'input'), 'one');
    const before = await hashInputs(['.'], folder);
    assert.equal(await hashInputs(['.'], folder), before);
    writeFileSync(join(folder, 'input'), 'two');
    assert.notEqual(await hashInputs(['.'], folder), before);
  });
});
