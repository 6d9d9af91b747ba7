import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { quantile } from 'd3-array';
import { summarizeLearning } from '../../scripts/evaluate/learning.js';
import { loadMnistTest } from '../../scripts/evaluate/mnist.js';
import { parseOptions } from '../../scripts/evaluate/options.js';
import { formatLearning, formatSet } from '../../scripts/evaluate/report.js';
import { toMeasurement } from '../../scripts/evaluate/results.js';
import {
  loadRaw,
  loadSamples,
  parseNumbers,
  parsePictures,
  parseStrokes,
  spreadSamples,
} from '../../scripts/evaluate/samples.js';
import {
  confusionMatrix,
  medianSlope,
  summarize,
  wilsonInterval,
  type Answer,
} from '../../scripts/evaluate/statistics.js';
import { fitDrawing } from '../../scripts/evaluate/strokes.js';
import { UsageError } from '../../scripts/shared/command-line.js';

function closeTo(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

/** A completely certain answer. */
function reading(guess: string, { milliseconds = 1, refused = guess === '' } = {}): Answer {
  const probabilities = Array.from({ length: 10 }, (_, each) => (guess === '' ? 0.1 : Number(String(each) === guess)));
  return { guess, probabilities, energy: 10, refused, image: new Uint8Array(), times: { infer: milliseconds } };
}

test("computes Wilson's interval like Newcombe (1998), table I, method 3", () => {
  for (const [successes, total, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = wilsonInterval(successes, total);
    closeTo(interval[0], low, 5e-5);
    closeTo(interval[1], high, 5e-5);
  }
  assert.equal(wilsonInterval(20, 20)[1], 1);
});

test('distinguishes growth from a single addition and from fluctuation', () => {
  assert.equal(medianSlope([3, 5, 7, 9]), 2);
  const unsteady = Array.from({ length: 21 }, (_, index) => (index === 0 ? 0 : 17_500) + (index % 2 ? 47_648 : 0));
  assert.equal(medianSlope(unsteady), 0);
  closeTo(medianSlope(unsteady.map((value, index) => value + 5000 * index)), 5000, 1);
});

test('interpolates quantiles like NumPy', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  closeTo(quantile([15, 20, 35, 40, 50], 0.4)!, 29, 1e-12);
  closeTo(quantile([10, 2, 9], 0.95)!, 9.9, 1e-12);
  assert.equal(quantile([7], 0.95), 7);
});

test('counts the guesses for each digit, and missing ones', () => {
  const matrix = confusionMatrix(
    ['3', '3', '3', '9'],
    ['3', '8', '8', ''].map((guess) => reading(guess)),
  );
  assert.deepEqual(matrix[3], [0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0]);
  assert.deepEqual(matrix[9], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(
    matrix.flat().reduce((sum, count) => sum + count),
    4,
  );
});

test('counts correct answers, correct best guesses, and rejections', () => {
  const answers = [
    reading('1'),
    reading('1', { refused: true }),
    reading('7', { refused: true }),
    reading('7'),
    { error: 'lost' },
  ];
  const { total, failed, right, guessed, refused } = summarize(['1', '1', '1', '1', '1'], answers);
  assert.deepEqual([total, failed, right.count, guessed.count, refused.count], [5, 1, 1, 2, 2]);
  assert.deepEqual([right.share, right.interval], [0.2, wilsonInterval(1, 5)]);
  const numbers = summarize(['12', '12', '12'], [reading('12'), reading('12', { refused: true }), reading('1')]);
  assert.deepEqual([numbers.right.count, numbers.guessed.count, numbers.refused.count], [1, 2, 1]);
});

test('counts a failed run as incorrect, and never as an answer', () => {
  const labels = ['1', '1', '2', '5'];
  const answers = [
    reading('1', { milliseconds: 10 }),
    { error: 'lost' },
    reading('7', { milliseconds: 30 }),
    reading('', { milliseconds: 20 }),
  ];
  const summary = summarize(labels, answers);
  assert.deepEqual([summary.total, summary.guessed.count, summary.failed, summary.guessed.share], [4, 1, 1, 0.25]);
  assert.equal(
    confusionMatrix(labels, answers)
      .flat()
      .reduce((sum, count) => sum + count),
    3,
  );
  assert.equal(summary.times.infer.p50, 20);
});

/** A set of digits, as `npm run evaluate` reports it. */
function report(labels: string[], answers: Answer[], kind: 'digits' | 'numbers' = 'digits'): string {
  const job = { name: 'Digits', through: 'recognize', kind, labels, condition: null } as const;
  const measurement = toMeasurement({ model: 'compact', backend: 'wasm', browser: 'none' }, [{ job, answers }]);
  return formatSet('Digits', measurement[kind][0]);
}

test('reports correct, best guess and rejected side by side, and errors with their counts', () => {
  const text = report(['0', '1', '2'], [reading('0', { refused: true }), { error: 'lost' }, { error: 'lost' }]);
  const [, head, shares] = text.split('\n');
  assert.match(head, /right +best guess +rejected$/);
  assert.match(shares, /^ +0\.00 % \(0\.00–56\.15\) +33\.33 % \(6\.15–79\.23\) +33\.33 % \(6\.15–79\.23\)$/);
  assert.match(text, /2 FAILED/);
  assert.match(text, /2 x lost/);
});

test('lists the numbers that were not read correctly', () => {
  const answers = [reading('12'), reading('34', { refused: true }), reading('57')];
  assert.match(report(['12', '34', '56'], answers, 'numbers'), /34 as 34 \(rejected\), 56 as 57\n/);
});

test('reports a set in which every run has failed', () => {
  const text = report(['4'], [{ error: 'lost' }]);
  assert.match(text, /0\.00 %/);
  assert.doesNotMatch(text, /NaN|undefined/);
});

test('samples evenly from the whole set', () => {
  assert.deepEqual(spreadSamples([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5), [0, 2, 4, 6, 8]);
  assert.deepEqual(spreadSamples([0, 1, 2], Infinity), [0, 1, 2]);
});

test('reads the whole MNIST test set', () => {
  const samples = loadMnistTest();
  assert.equal(samples.length, 10_000);
  assert.deepEqual(
    samples.slice(0, 10).map(({ label }) => label),
    ['7', '2', '1', '0', '4', '1', '4', '9', '5', '9'],
  );
  assert.ok(samples.every(({ pixels }) => pixels.length === 784));
  // The mean of the test images, as published in countless notebooks: 0.1325.
  const sum = samples.reduce((total, { pixels }) => pixels.reduce((each, value) => each + value, total), 0);
  closeTo(sum / (10_000 * 784 * 255), 0.1325, 5e-5);
});

test('reads stroke files, and names the line that it cannot read', () => {
  const good = '{"label":"4","writer":"a","strokes":[[[1,2],[3.5,4]],[[5,6]]]}';
  assert.deepEqual(parseStrokes(`${good}\n\n`), [
    {
      label: '4',
      writer: 'a',
      strokes: [
        [
          { x: 1, y: 2 },
          { x: 3.5, y: 4 },
        ],
        [{ x: 5, y: 6 }],
      ],
    },
  ]);
  for (const bad of ['{', 'null', '{"label":"plane","strokes":[[[1,2]]]}', '{"label":"1","strokes":[[]]}']) {
    assert.throws(() => parseStrokes(`${good}\n${bad}\n`), /Line 2 is not a labeled drawing/);
  }
});

test('reads whole numbers, and pictures relative to their index', () => {
  assert.equal(parseNumbers('{"label":"1984","strokes":[[[1,2]]]}')[0].label, '1984');
  assert.throws(() => parseNumbers('{"label":"1a","strokes":[[[1,2]]]}'), /Line 1 .*where a number is needed/);
  assert.deepEqual(parsePictures('{"file":"a/7.png","kind":"digit","label":"7"}', '/pictures'), [
    { path: '/pictures/a/7.png', kind: 'digit', label: '7' },
  ]);
  for (const bad of [
    '{"kind":"digit","label":"7"}',
    '{"file":"a.png","kind":"letter","label":"7"}',
    '{"file":"a.png","kind":"digit","label":"77"}',
  ]) {
    assert.throws(() => parsePictures(bad, '/pictures'), /Line 1 is not a labeled picture/);
  }
});

test('reads raw pictures, and rejects a file with too few bytes', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'raw-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'set.json');
  writeFileSync(path, '{"w":3,"h":2,"labels":[4,9]}');
  writeFileSync(
    path.replace('.json', '.u8'),
    Uint8Array.from({ length: 12 }, (_, index) => index),
  );
  const [first, second] = loadRaw(path);
  assert.deepEqual([first.label, first.width, first.height, ...first.pixels], ['4', 3, 2, 0, 1, 2, 3, 4, 5]);
  assert.deepEqual([second.label, ...second.pixels], ['9', 6, 7, 8, 9, 10, 11]);
  writeFileSync(path.replace('.json', '.u8'), new Uint8Array(11));
  assert.throws(() => loadRaw(path), /set\.json.*11 bytes for 2 pictures of 3x2/);
});

test('names a missing stroke file', () => {
  assert.throws(
    () => loadSamples('/nowhere/digits.jsonl.gz', parseStrokes),
    /Cannot read \/nowhere\/digits\.jsonl\.gz/,
  );
});

test('fits a drawing into the middle of the pad, preserving its shape', () => {
  const line = [
    { x: 1000, y: -50 },
    { x: 1100, y: 350 },
  ];
  const [[a, b]] = fitDrawing([line], 0.7);
  closeTo(b.y - a.y, 0.7, 1e-9);
  closeTo(b.x - a.x, 0.7 / 4, 1e-9);
  closeTo((a.x + b.x) / 2, 0.5, 1e-9);
  closeTo((a.y + b.y) / 2, 0.5, 1e-9);
  assert.deepEqual(fitDrawing([[{ x: 5, y: 5 }]], 0.7), [[{ x: 0.5, y: 0.5 }]]);
});

test('accepts the command-line options, with paths relative to the current folder', () => {
  const options = parseOptions(
    ['--mnist', '--strokes', 'a.jsonl', '--strokes', '/b.jsonl.gz', '--limit', '20'],
    '/here',
  );
  assert.deepEqual(options.strokes, ['/here/a.jsonl', '/b.jsonl.gz']);
  assert.deepEqual(
    [options.mnist, options.limit, options.models[0], options.backend, options.through, options.json],
    [true, 20, 'compact', 'auto', 'recognize', null],
  );
});

test('rejects an invalid command line', () => {
  for (const args of [
    [],
    ['--mnist', '--limit', '0'],
    ['--mnist', '--limit', '1.5'],
    ['--mnist', '--backend', 'cpu'],
    ['--mnist', '--through', 'paper'],
    ['--mnist', '--unknown'],
    ['--strokes'],
  ]) {
    assert.throws(() => parseOptions(args, '/here'), UsageError, args.join(' '));
  }
  assert.equal(parseOptions(['--help'], '/here').help, true);
});

test('reports the effect of learning, by writer and by number of earlier corrections', () => {
  const learned = (writer: string, corrections: number, guess: string, rightWithout: boolean): Answer => ({
    ...(reading(guess) as Exclude<Answer, { error: string }>),
    learning: { writer, corrections, rightWithout },
  });
  const labels = ['1', '1', '1', '7', '7'];
  const summary = summarizeLearning(labels, [
    learned('a', 0, '7', false),
    learned('a', 1, '1', false),
    learned('a', 1, '1', true),
    learned('b', 0, '7', true),
    { error: 'The page has crashed.' },
  ]);
  assert.deepEqual([summary.total, summary.without, summary.with], [4, 2, 3]);
  assert.deepEqual([summary.writers, summary.notWorse], [2, 2]);
  assert.deepEqual(summary.steps, [
    { from: 0, to: 0, total: 2, without: 1, with: 1 },
    { from: 1, to: 1, total: 2, without: 1, with: 2 },
  ]);
  const set = { ...summary, name: 'digits', through: 'recognize', failed: 0, answers: [] } as const;
  assert.match(formatLearning('digits, corrected', set), /50\.00 % of the wrong answers are gone; for 2 of 2 writers/);
  const worse = summarizeLearning(['1'], [learned('a', 2, '7', true)]);
  assert.equal(worse.notWorse, 0);
});

test('simulates learning only with stroke files, and then reads these in no other way', () => {
  const options = parseOptions(['--learning', '--strokes', 'a.jsonl'], '/');
  assert.deepEqual([options.learning, options.strokes], [true, ['/a.jsonl']]);
  for (const args of [['--learning'], ['--learning', '--mnist'], ['--learning', '--card']]) {
    assert.throws(() => parseOptions(args, '/'), UsageError);
  }
  assert.equal(parseOptions(['--learning', '--card', '--strokes', 'a.jsonl'], '/').learning, true);
});
