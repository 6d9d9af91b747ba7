/**
 * Measures what a page loads of the built package, and how large the package is: `npm run size`. The exit code is 1 when
 * a limit is not kept, or anything has grown since `npm run size -- --accept`; with `--gate` only for the latter.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alignColumns } from './align-columns.js';
import { barTable, formatValue, isMet } from './bench/figures.js';
import { ensureBuilt } from './evaluate/product-page.js';
import { root } from './setup.js';
import { compareSizes } from './size/gate.js';
import { measureInstalled } from './size/installed.js';
import { measureLoaded } from './size/loaded.js';

/** @import { Bar } from './bench/figures.js' */

/** What may be loaded of the default model, gzip, in bytes. A kilobyte is a thousand. */
const limits = new Map([
  ['first prediction by <digit-recognizer>', 200_000],
  ['both backends', 215_000],
  ['recognize() alone', 165_000],
]);

const installedLimit = 5_000_000;

/** @param {number} bytes */
const format = (bytes) => formatValue(bytes, 'bytes');

/** @param {{ accept: boolean, gate: boolean }} options */
async function measure({ accept, gate }) {
  ensureBuilt();
  const loaded = await measureLoaded('compact');
  const installed = measureInstalled();
  /** @type {Bar[]} */
  const bars = loaded.flatMap(({ name, size }) => {
    const limit = limits.get(name);
    return limit === undefined
      ? []
      : [{ name: `${name}, gzip`, unit: 'bytes', value: size.gzip, relation: 'at most', limit }];
  });
  bars.push({
    name: 'installed, with dependencies',
    unit: 'bytes',
    value: installed.installed,
    relation: 'under',
    limit: installedLimit,
  });
  const tables = [
    [
      ['model compact', 'raw', 'gzip', 'brotli'],
      ...loaded.map(({ name, size }) => [name, format(size.raw), format(size.gzip), format(size.brotli)]),
    ],
    [
      ['package', ''],
      ['download', format(installed.packed)],
      ['installed', format(installed.unpacked)],
      ...installed.dependencies.map(({ name, bytes }) => [name, format(bytes)]),
      ['installed, with dependencies', format(installed.installed)],
    ],
  ];
  console.log([...tables.map(alignColumns), barTable(bars)].map((lines) => lines.join('\n')).join('\n\n'));
  mkdirSync(join(root, 'results'), { recursive: true });
  const record = { model: 'compact', loaded, installed, bars: bars.map((bar) => ({ ...bar, met: isMet(bar) })) };
  writeFileSync(join(root, 'results/size.json'), `${JSON.stringify(record, null, 2)}\n`);
  const grown = compareSizes(loaded, { accept });
  if (grown.length > 0) {
    console.error(`\nGrown:\n${grown.join('\n')}\nIf it is worth it, run: npm run size -- --accept`);
  }
  return grown.length === 0 && (gate || bars.every(isMet));
}

try {
  const { values } = parseArgs({
    options: { accept: { type: 'boolean', default: false }, gate: { type: 'boolean', default: false } },
  });
  if (!(await measure(values))) process.exitCode = 1;
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
