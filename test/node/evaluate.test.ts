import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../scripts/command-line.js';
import { fitDrawing } from '../../scripts/evaluate/fit-drawing.js';
import { loadMnistTest, parseIdx } from '../../scripts/evaluate/mnist.js';
import { parseOptions } from '../../scripts/evaluate/options.js';
import { formatReport } from '../../scripts/evaluate/report.js';
import { spreadSamples } from '../../scripts/evaluate/samples.js';
import {
  confusionMatrix,
  medianSlope,
  quantile,
  summarize,
  wilsonInterval,
  type Answer,
} from '../../scripts/evaluate/statistics.js';
import { loadStrokeFile, parseStrokes } from '../../scripts/evaluate/stroke-file.js';

function closeTo(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

/** An answer that is as sure as can be. */
function reading(digit: number | null, milliseconds = 1): Answer {
  const probabilities = Array.from({ length: 10 }, (_, each) => (digit === null ? 0.1 : Number(each === digit)));
  return { digit, probabilities, energy: 10, refused: digit === null, image: '', times: { infer: milliseconds } };
}

test("gives Wilson's interval as Newcombe (1998), table I, method 3", () => {
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

test('tells growth from what is added once and from what goes up and down', () => {
  assert.equal(medianSlope([3, 5, 7, 9]), 2);
  const unsteady = Array.from({ length: 21 }, (_, index) => (index === 0 ? 0 : 17_500) + (index % 2 ? 47_648 : 0));
  assert.equal(medianSlope(unsteady), 0);
  closeTo(medianSlope(unsteady.map((value, index) => value + 5000 * index)), 5000, 1);
});

test('interpolates quantiles as NumPy does', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  closeTo(quantile([15, 20, 35, 40, 50], 0.4), 29, 1e-12);
  closeTo(quantile([10, 2, 9], 0.95), 9.9, 1e-12);
  assert.equal(quantile([7], 0.95), 7);
});

test('counts what each digit was read as, and where there was no guess', () => {
  const matrix = confusionMatrix([
    { label: 3, digit: 3 },
    { label: 3, digit: 8 },
    { label: 3, digit: 8 },
    { label: 9, digit: null },
  ]);
  assert.deepEqual(matrix[3], [0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0]);
  assert.deepEqual(matrix[9], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(
    matrix.flat().reduce((sum, count) => sum + count),
    4,
  );
});

test('counts a failed run as not right, and never as an answer', () => {
  const summary = summarize([1, 1, 2, 5], [reading(1, 10), { error: 'lost' }, reading(7, 30), reading(null, 20)]);
  assert.deepEqual([summary.total, summary.right, summary.failed, summary.accuracy], [4, 1, 1, 0.25]);
  assert.deepEqual(summary.digits[1], { digit: 1, total: 2, errors: 1 });
  assert.deepEqual(summary.digits[5], { digit: 5, total: 1, errors: 1 });
  assert.equal(
    summary.confusion.flat().reduce((sum, count) => sum + count),
    3,
  );
  assert.equal(summary.times.infer.p50, 20);
});

test('reports errors with how often each came up', () => {
  const labels = [0, 1, 2];
  const summary = summarize(labels, [reading(0), { error: 'lost' }, { error: 'lost' }]);
  const report = formatReport('Digits', summary, ['lost', 'lost']);
  assert.match(report, /accuracy 33\.33 %, 95 % interval 6\.15 % to 79\.23 %: 1 of 3 right/);
  assert.match(report, /2 FAILED/);
  assert.match(report, /2 x lost/);
});

test('reports a set of which every run has failed', () => {
  const report = formatReport('Digits', summarize([4], [{ error: 'lost' }]), ['lost']);
  assert.match(report, /accuracy 0\.00 %/);
  assert.doesNotMatch(report, /NaN|undefined/);
});

test('spreads a limited choice over the whole set', () => {
  assert.deepEqual(spreadSamples([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5), [0, 2, 4, 6, 8]);
  assert.deepEqual(spreadSamples([0, 1, 2], Infinity), [0, 1, 2]);
});

test('reads the whole MNIST test set', async () => {
  const samples = await loadMnistTest();
  assert.equal(samples.length, 10_000);
  assert.deepEqual(
    samples.slice(0, 10).map(({ label }) => label),
    [7, 2, 1, 0, 4, 1, 4, 9, 5, 9],
  );
  assert.ok(samples.every(({ pixels }) => pixels.length === 784));
  // The mean of the test images, as published with countless notebooks: 0.1325.
  const sum = samples.reduce((total, { pixels }) => pixels.reduce((each, value) => each + value, total), 0);
  closeTo(sum / (10_000 * 784 * 255), 0.1325, 5e-5);
});

test('refuses an IDX file that is cut short or of another type', () => {
  assert.deepEqual([...parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)).values], [7, 9]);
  assert.throws(() => parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7)), /has 1 values .* needs 2/);
  assert.throws(() => parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0)), /within its header/);
  assert.throws(() => parseIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0)), /not an IDX file of unsigned bytes/);
});

test('reads stroke files, and names the line that it cannot read', () => {
  const good = '{"label":"4","writer":"a","strokes":[[[1,2],[3.5,4]],[[5,6]]]}';
  assert.deepEqual(parseStrokes(`${good}\n\n`), [
    {
      label: 4,
      writer: 'a',
      strokes: [
        [
          [1, 2],
          [3.5, 4],
        ],
        [[5, 6]],
      ],
    },
  ]);
  for (const bad of ['{', 'null', '{"label":"plane","strokes":[[[1,2]]]}', '{"label":"1","strokes":[[]]}']) {
    assert.throws(() => parseStrokes(`${good}\n${bad}\n`), /Line 2 is not a labelled drawing/);
  }
});

test('names the stroke file that is not there', async () => {
  await assert.rejects(
    loadStrokeFile('/nowhere/digits.jsonl.gz', parseStrokes),
    /Cannot read \/nowhere\/digits\.jsonl\.gz/,
  );
});

test('fits a drawing into the middle of the pad, its shape kept', () => {
  const [[a, b]] = fitDrawing(
    [
      [
        [1000, -50],
        [1100, 350],
      ],
    ],
    200,
    0.7,
  );
  closeTo(b.y - a.y, 140, 1e-9);
  closeTo(b.x - a.x, 35, 1e-9);
  closeTo((a.x + b.x) / 2, 100, 1e-9);
  closeTo((a.y + b.y) / 2, 100, 1e-9);
  assert.deepEqual(fitDrawing([[[5, 5]]], 200, 0.7), [[{ x: 100, y: 100 }]]);
});

test('takes the options of the command line, paths from where the person stands', () => {
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

test('refuses a command line that it cannot obey', () => {
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
