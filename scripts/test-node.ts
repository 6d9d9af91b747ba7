/** `tsx scripts/test-node.ts GLOB…`: runs tests in Node, and leaves their counts for `npm test` in the file TEST_RESULTS. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { globSync } from 'tinyglobby';
import { root } from './setup.js';
import type { Counts, Failure } from './shared/steps.js';

const patterns = process.argv.slice(2);
let passed = 0;
let skipped = 0;
const failures: Failure[] = [];
/** Names of the running test and the suites around it. */
let names: string[] = [];

const files = globSync(patterns, { cwd: root, absolute: true });
if (files.length === 0) throw new Error(`There is no file ${patterns.join(', ')}.`);
const events = run({ files, concurrency: false });
events.on('test:start', ({ nesting, name }) => {
  names = [...names.slice(0, nesting), name];
});
events.on('test:pass', ({ details, skip, todo }) => {
  if (details.type === 'suite') return;
  if (skip !== undefined || todo !== undefined) skipped += 1;
  else passed += 1;
});
events.on('test:fail', ({ details: { type, error }, file, nesting, name }) => {
  // A suite fails with its tests, which are counted, or by itself: in its body, or in a hook.
  if (type === 'suite' && (error as { failureType?: string }).failureType === 'subtestsFailed') return;
  failures.push({
    file: file ? relative(root, file) : '',
    name: [...names.slice(0, nesting), name].join(' '),
    error: (error.cause as Error | undefined)?.message ?? error.message,
  });
});
events.on('end', () => {
  const counts: Counts = { passed, failed: failures.length, skipped, failures };
  if (process.env.TEST_RESULTS) writeFileSync(process.env.TEST_RESULTS, JSON.stringify(counts));
  if (failures.length > 0) process.exitCode = 1;
});
events.pipe(new spec()).pipe(process.stdout);
