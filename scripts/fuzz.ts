/** Gives hostile inputs to the built package: `npm run fuzz -- --help`. */
import { sum } from 'd3-array';
import { kindNames, kinds, runFuzz } from './fuzz/run.js';
import { alignColumns } from './shared/align-columns.js';
import {
  ensureBuilt,
  flag,
  oneOf,
  parseCommandLine,
  runCommand,
  wholeNumber,
  writeResults,
} from './shared/command-line.js';

const usage = `Gives hostile inputs to the built package. Each must result in a typed error or a valid answer. Build it first:
npm run build

Usage: npm run fuzz -- [options]

  --count N             number of inputs; 100000 without it
  --seed N              same seed, same inputs; 1 without it
  --only KINDS          some of ${kindNames.join(',')}
  --help                this text

The table is written to results/fuzz.json, too. The exit code is 1 when anything else happened, with the smallest input
that makes it happen, found by fast-check.`;

function parseOptions(args: string[]) {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { help, count, seed, only } = parseCommandLine({
    args,
    options: { help: flag, count: text('100000'), seed: text('1'), only: text(kindNames.join()) },
  }).values;
  return {
    help,
    count: wholeNumber('count', count, 1),
    seed: wholeNumber('seed', seed, 0),
    only: only.split(',').map((name) => oneOf('only', name, kindNames)),
  };
}

async function fuzz({ help: _, ...options }: ReturnType<typeof parseOptions>): Promise<boolean> {
  ensureBuilt();
  const results = await runFuzz({
    ...options,
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
  writeResults('fuzz', { seed: options.seed, results });
  return findings.length === 0;
}

await runCommand(usage, parseOptions, fuzz);
