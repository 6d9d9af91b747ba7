/**
 * `npm run fuzz [-- --count 100000] [--seed 1] [--only strokes,files]`: hostile inputs for the built package. Each must
 * end in a typed error or in an answer that is one. Prints a table, writes results/fuzz.json, and ends with 1 when
 * something else has happened: kind, number and seed repeat it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alignColumns } from './align-columns.js';
import { kinds, runFuzz } from './fuzz/run.js';
import { root } from './setup.js';

/** @import { Kind } from './fuzz/page/fuzz.js' */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const only = /** @type {Kind[] | undefined} */ (values.only?.split(','));
if (!(count > 0) || !Number.isInteger(seed) || only?.some((kind) => !Object.hasOwn(kinds, kind))) {
  console.error(`--count and --seed are whole numbers; --only names some of ${Object.keys(kinds).join(', ')}.`);
  process.exit(2);
}

const results = await runFuzz({
  count,
  seed,
  ...(only ? { only } : {}),
  onProgress: (kind, done) => process.stderr.isTTY && process.stderr.write(`\r${kind}: ${done}   `),
});
const table = [
  ['hostile input', 'inputs', 'answered', 'typed errors', 'else'],
  ...results.map(({ kind, inputs, endings, findings }) => {
    const answered = endings.answer ?? 0;
    const typed = inputs - answered - (endings['wrong answer'] ?? 0) - (endings.untyped ?? 0);
    return [kinds[kind].name, ...[inputs, answered, typed, findings.length].map(String)];
  }),
];
console.log(`\n${alignColumns(table).join('\n')}\n`);
for (const { kind, endings } of results) console.log(`${kind}: ${JSON.stringify(endings)}`);
const findings = results.flatMap((result) => result.findings);
for (const { kind, index, what } of findings.slice(0, 20)) console.log(`\n${kind} ${index}, seed ${seed}: ${what}`);

mkdirSync(join(root, 'results'), { recursive: true });
writeFileSync(join(root, 'results/fuzz.json'), `${JSON.stringify({ seed, results }, null, 2)}\n`);
process.exit(findings.length > 0 ? 1 : 0);
