import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { drawNonDigit, NON_DIGIT_KINDS } from '../../models/training/data/non-digits.js';
import { describeInputs, prepare } from '../../models/training/data/prepare.js';
import { Random } from '../../models/training/data/random.js';
import { splitByOrigin } from '../../models/training/data/splits.js';
import { readStrokeFile } from '../../models/training/data/stroke-file.js';
import { drawTemplate } from '../../models/training/data/templates.js';
import { cutOut } from '../../models/training/data/touching.js';
import { parseOptions } from '../../models/training/options.js';
import { UsageError } from '../../scripts/shared/command-line.js';

test('holds out every sixth writer, and two entire donors', () => {
  const origins = Array.from({ length: 24 }, (_, index) => ({
    writer: `w${String(index).padStart(2, '0')}`,
    donor: index < 4 ? 'd01' : index < 8 ? 'd06' : index < 16 ? 'd02' : null,
  }));
  const partOf = splitByOrigin(origins);
  assert.deepEqual(
    origins.map(partOf),
    origins.map((_, index) =>
      index < 4 ? 'donor' : index < 8 ? 'measured-donor' : index % 6 === 3 ? 'writers' : 'train',
    ),
  );
});

test('a writer is always in the same split, whatever is drawn, and in whatever order', () => {
  const writers = Array.from({ length: 50 }, (_, index) => ({ writer: `w${(index * 7) % 50}`, donor: 'd02' }));
  const [one, other] = [splitByOrigin(writers), splitByOrigin([...writers, ...writers].reverse())];
  for (const writer of writers) assert.equal(one(writer), other(writer));
});

test('reads the donor from a stroke file, and nothing else for splitting', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strokes-'));
  try {
    const path = join(folder, 'digits.jsonl');
    const record = (split?: string): string => JSON.stringify({ label: '4', writer: 'a', split, strokes: [[[1, 2]]] });
    writeFileSync(path, [record('d03'), record('tra'), record()].join('\n'));
    assert.deepEqual(
      readStrokeFile(path).map(({ donor }) => donor),
      ['d03', null, null],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('reuses arrays only if they were made by the same code from the same files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arrays-'));
  try {
    const arrays = join(folder, 'arrays');
    const strokes = join(folder, 'digits.jsonl');
    const amounts = {
      variants: { pen: 0, unipen: 0, letters: 0, alphabets: 0, validation: 0 },
      ...{ templates: 0, drawings: 0, touching: 0, scans: 0 },
    };
    const options = { folder: arrays, strokes: [strokes], measure: [], nondigits: [], amounts };
    const digit = { label: '4', writer: 'a', strokes: [[[1, 2]]] };
    writeFileSync(strokes, JSON.stringify(digit));
    // Stands for arrays: `describeInputs` is what is recorded beside them.
    mkdirSync(arrays);
    writeFileSync(join(arrays, 'prepared.json'), await describeInputs(options));
    assert.deepEqual(await prepare(options), []);
    // Without a writer, so that nothing is prepared anew.
    writeFileSync(strokes, JSON.stringify({ ...digit, writer: '' }));
    await assert.rejects(prepare(options), /digits\.jsonl\. Line 1 .* names no writer/);
    assert.deepEqual(readdirSync(arrays), ['prepared.json']);
    assert.notEqual(await describeInputs(options), readFileSync(join(arrays, 'prepared.json'), 'utf8'));
    const { code } = JSON.parse(await describeInputs(options)) as { code: string };
    assert.match(code, /^[0-9a-f]{64}$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('names files relative to where the command was given', () => {
  const { strokes, measure, nondigits, model } = parseOptions(
    ['--strokes', 'a.jsonl', '--strokes', '/b.jsonl', '--measure', '../c.jsonl', '--nondigits', 'd.jsonl'],
    '/here/data',
  );
  assert.deepEqual(strokes, ['/here/data/a.jsonl', '/b.jsonl']);
  assert.deepEqual([measure, nondigits, model], [['/here/c.jsonl'], ['/here/data/d.jsonl'], 'all']);
  assert.throws(() => parseOptions(['--model', 'large'], '/'), UsageError);
});

/** Whether all coordinates are numbers, and there is at least one point. */
const isDrawn = (strokes: readonly (readonly { x: number; y: number }[])[]): boolean =>
  strokes.length > 0 && strokes.flat().every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));

test('draws non-digits of every kind, the same for the same seed', () => {
  const draw = (seed: number): ReturnType<typeof drawNonDigit>[] => {
    const random = new Random(seed);
    const drawDigit = (): { digit: number; strokes: ReturnType<typeof drawTemplate> } => {
      const digit = Math.floor(random.between(0, 10));
      return { digit, strokes: drawTemplate(digit, random) };
    };
    return Array.from({ length: 1000 }, () => drawNonDigit(random, drawDigit));
  };
  const drawn = draw(1);
  assert.deepEqual(new Set(drawn.map(({ kind }) => kind)), new Set(NON_DIGIT_KINDS));
  assert.ok(drawn.every(({ strokes }) => isDrawn(strokes)));
  assert.deepEqual(draw(1), drawn);
  assert.notDeepEqual(draw(2), drawn);
});

test('a slash through a 0 passes its middle, upright or slanted', () => {
  const random = new Random(3);
  const zeros = Array.from({ length: 400 }, () => drawTemplate(0, random));
  const slashes = zeros.filter(([, slash]) => slash?.length === 2).map(([, [from, to]]) => ({ from, to }));
  assert.ok(slashes.length > 50);
  for (const { from, to } of slashes) assert.ok(Math.abs((from.y + to.y) / 2 - 0.5) < 0.35);
  const upright = slashes.filter(({ from, to }) => Math.abs(from.x - to.x) < 0.15 * Math.abs(from.y - to.y));
  assert.ok(upright.length > 10 && upright.length < slashes.length - 10);
});

test('touching digits are cut into digits that are among them, and into pieces that are none', () => {
  const random = new Random(4);
  const numbers = Array.from({ length: 40 }, () => {
    const digits = [0, 1].map(() => Math.floor(random.between(0, 10)));
    const drawn = digits.map((digit) => ({ digit, strokes: drawTemplate(digit, random) }));
    return { digits, cuttings: cutOut(drawn, random) };
  });
  const found = numbers.map(({ cuttings }) => new Set(cuttings.flatMap(({ digit }) => digit ?? [])));
  numbers.forEach(({ digits }, index) => assert.ok([...found[index]].every((digit) => digits.includes(digit))));
  const complete = numbers.filter(({ digits }, index) => digits.every((digit) => found[index].has(digit)));
  assert.ok(complete.length > 20, `both digits were found in ${complete.length} numbers`);
  const pieces = numbers.flatMap(({ cuttings }) => cuttings.filter(({ digit }) => digit === null));
  assert.ok(pieces.length > 40, `there are ${pieces.length} pieces`);
  assert.ok(pieces.every(({ pixels }) => pixels.length === 784 && pixels.some((value) => value > 0.5)));
});
