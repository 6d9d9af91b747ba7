import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hashInputs } from '../../scripts/shared/inputs.js';
import { listFailures, runSteps, type Counts, type Step } from '../../scripts/shared/steps.js';

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
  test('run after their dependencies, and are counted', async () => {
    const results = { file: join(folder, 'counts'), parse: () => ({ passed: 5, failed: 0, skipped: 2, failures: [] }) };
    const outcomes = await runSteps([
      run('tests', `${log('tests')} require('node:fs').writeFileSync(${JSON.stringify(results.file)}, '')`, {
        after: 'build',
        results,
      }),
      run('build', log('build')),
      run('broken', 'process.exit(3)'),
      run('crashed tests', 'process.exit(3)', { results: { ...results, file: join(folder, 'none') } }),
      run('tests without counts', '', { results: { ...results, file: join(folder, 'none') } }),
      run('unreadable counts', `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'cut'))}, '{')`, {
        results: { file: join(folder, 'cut'), parse: (text) => JSON.parse(text) as Counts },
      }),
      run('no inputs', log('no inputs'), { inputs: { modules: ['does-not-exist.ts'] } }),
    ]);
    assert.deepEqual(logged(), ['build', 'tests']);
    const counts = outcomes.map(({ name, passed, failed, skipped }) => [name, passed, failed, skipped]);
    assert.deepEqual(
      new Set(counts.map(String)),
      new Set([
        ...['build,1,0,0', 'tests,5,0,2', 'broken,0,1,0', 'crashed tests,0,1,0'],
        ...['tests without counts,0,1,0', 'unreadable counts,0,1,0', 'no inputs,0,1,0'],
      ]),
    );
  });

  test('that fail are listed: tests by file, name and the beginning of the error, others by their last output', async () => {
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

  test('with inputs run again when these have changed, or on CI, and record passes in a file', async () => {
    const input = join(folder, 'input.ts');
    const record = join(folder, 'passed.json');
    const step = (code = log('run')): Promise<unknown> =>
      runSteps([run('step', code, { inputs: { modules: [input] } })], record);
    writeFileSync(record, '{ "other step": "0" }');
    writeFileSync(input, 'one();');
    await step();
    await step();
    assert.equal(logged().length, 1);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(record, 'utf8')) as object), ['other step', 'step']);
    writeFileSync(input, 'two();');
    await step('process.exit(1)');
    await step();
    assert.equal(logged().length, 2);
    process.env.CI = 'true';
    await step();
    assert.equal(logged().length, 3);
  });
});

describe('a pass', () => {
  const recordedAfter = async (steps: readonly Step[]): Promise<string[]> => {
    const record = join(folder, 'passed.json');
    await runSteps(steps, record);
    return existsSync(record) ? Object.keys(JSON.parse(readFileSync(record, 'utf8')) as object) : [];
  };

  test('of what was built counts only if it was built in this run', async () => {
    writeFileSync(join(folder, 'input.ts'), 'one();');
    const step = run('tests', '', { after: 'build', inputs: { modules: [join(folder, 'input.ts')] } });
    assert.deepEqual(await recordedAfter([step]), []);
    assert.deepEqual(await recordedAfter([run('build', 'process.exit(1)'), step]), []);
    assert.deepEqual(await recordedAfter([run('build', ''), step]), ['tests']);
  });
});

describe('inputs', () => {
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

  test('are modules, their imports, other files and packages, identified by their content', async () => {
    write('one.ts', "import { two } from './two.js'; import type { A } from './types.js'; two();");
    write('two.ts', "import { sum } from 'd3-array'; export const two = () => sum([1]);");
    write('types.ts', 'export type A = 1;');
    write('data.bin', 'data');
    const inputs = { modules: ['one.ts'], files: ['*.bin'], packages: ['lit'] };
    const before = await hashInputs(inputs, folder);
    write('types.ts', 'export type A = 2;');
    assert.equal(await hashInputs(inputs, folder), before);
    for (const [name, text] of [
      ['data.bin', 'other data'],
      ['more.bin', ''],
      ['two.ts', 'export const two = () => 2;'],
    ]) {
      const now = await hashInputs(inputs, folder);
      write(name, text);
      assert.notEqual(await hashInputs(inputs, folder), now, name);
    }
    assert.notEqual(
      await hashInputs({ ...inputs, packages: ['lit', 'vue'] }, folder),
      await hashInputs(inputs, folder),
    );
  });

  test('do not count if they never matter', async () => {
    write('one.ts', "import { two } from './two.js'; two();");
    write('two.ts', 'export const two = () => 2;');
    const inputs = { modules: ['one.ts'], ignored: ['two.ts'] };
    const before = await hashInputs(inputs, folder);
    write('two.ts', 'export const two = () => 3;');
    assert.equal(await hashInputs(inputs, folder), before);
    await assert.rejects(hashInputs({ ...inputs, ignored: ['none.ts'] }, folder), /none\.ts matches no file/);
  });

  test('cause an error if they are missing', async () => {
    await assert.rejects(hashInputs({ modules: ['none.ts'] }, folder));
    write('one.ts', "import './none.js';");
    await assert.rejects(hashInputs({ modules: ['one.ts'] }, folder));
    write('one.ts', "import 'node:fs'; import 'no-such-package';");
    await assert.rejects(hashInputs({ modules: ['one.ts'] }, folder), /no-such-package/);
  });
});
