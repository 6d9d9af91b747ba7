/**
 * `npm run size`: measures how much of the built package a page loads, and the size of the package. The exit code is 1 when
 * a limit is exceeded, or anything has grown since `npm run size -- --accept`.
 */
import { barTable, formatValue, isMet, type Bar } from './bench/figures.js';
import { alignColumns } from './shared/align-columns.js';
import { ensureBuilt, flag, parseCommandLine, runCommand, writeResults } from './shared/command-line.js';
import { accept as acceptSizes, findGrown, readAccepted } from './size/accepted.js';
import { measureInstalled } from './size/installed.js';
import { measureLoaded } from './size/loaded.js';

/** Bytes that a page may load with the default model, gzip. */
const limits = new Map([
  ['first prediction by <digit-recognizer>', 95_000],
  ['both backends', 106_000],
  ['recognize() alone', 60_000],
]);

const installedLimit = 5_000_000;

const format = (bytes: number) => formatValue(bytes, 'bytes');

const parseOptions = (args: string[]) => parseCommandLine({ args, options: { help: flag, accept: flag } }).values;

async function measure({ accept }: ReturnType<typeof parseOptions>): Promise<boolean> {
  ensureBuilt();
  const loaded = await measureLoaded();
  const installed = measureInstalled();
  const bars: Bar[] = loaded.flatMap(({ name, size }) => {
    const limit = limits.get(name);
    if (limit === undefined) return [];
    return [{ name: `${name}, gzip`, unit: 'bytes', value: size.gzip, relation: 'at most', limit }];
  });
  const [name, value] = ['installed, with dependencies', installed.installed];
  bars.push({ name, unit: 'bytes', value, relation: 'under', limit: installedLimit });
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
      [name, format(value)],
    ],
  ];
  console.log([...tables.map(alignColumns), barTable(bars)].map((lines) => lines.join('\n')).join('\n\n'));
  writeResults('size', { model: 'compact', loaded, installed, bars: bars.map((bar) => ({ ...bar, met: isMet(bar) })) });
  const sizes = Object.fromEntries(loaded.map(({ name, size }) => [name, size.raw]));
  if (accept) acceptSizes(sizes);
  const grown = findGrown(sizes, readAccepted());
  if (grown.length > 0) {
    const lines = grown.map(
      ({ name, size, growth }) => `${name}: ${format(size)}, ${format(growth)} more than accepted`,
    );
    console.error(`\nGrown:\n${lines.join('\n')}\nIf it is worth it, run: npm run size -- --accept`);
  }
  return grown.length === 0 && bars.every(isMet);
}

await runCommand('Usage: npm run size [-- --accept]', parseOptions, measure);
