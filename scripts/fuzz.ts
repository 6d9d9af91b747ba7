/**
 * `npm run fuzz [-- --count 100000] [--seed 1] [--only strokes,files]`: gives hostile inputs to the built package. Each
 * must result in a typed error or a valid answer. Prints a table, writes results/fuzz.json, and exits with 1 when
 * anything else happened, with the smallest input that makes it happen, found by fast-check.
 */
import { parseArgs } from 'node:util';
import { sum } from 'd3-array';
import { alignColumns } from './align-columns.js';
import { writeResults } from './command-line.js';
import { kindNames, kinds, runFuzz } from './fuzz/run.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: kindNames.join() },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const names = values.only.split(',');
const only = kindNames.filter((kind) => names.includes(kind));
if (!(count > 0) || !Number.isInteger(seed) || only.length < names.length) {
  console.error(`--count and --seed are whole numbers; --only names some of ${kindNames.join(', ')}.`);
  process.exit(2);
}

const results = await runFuzz({
  ...{ count, seed, only },
  onProgress: (kind, done) => process.stderr.isTTY && process.stderr.write(`\r${kind}: ${done}   `),
});
const table = [
  ['hostile input', 'inputs', 'answered', 'typed errors', 'else'],
  ...results.map(({ kind, inputs, endings: { answer = 0, ...errors }, findings }) => [
    kinds[kind].name,
    ...[inputs, answer, sum(Object.values(errors)), findings.length].map(String),
  ]),
];
console.log(`\n${alignColumns(table).join('\n')}\n`);
for (const { kind, endings } of results) console.log(`${kind}: ${JSON.stringify(endings)}`);
const findings = results.flatMap((result) => result.findings);
for (const { kind, what, input, ...where } of findings) {
  console.log(`\n${kind}, seed ${where.seed}, path ${where.path}: ${what}\n${input}`);
}
writeResults('fuzz', { seed, results });
process.exitCode = findings.length > 0 ? 1 : 0;
