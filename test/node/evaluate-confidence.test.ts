import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrate } from '../../scripts/evaluate/calibration.js';
import { parseOptions } from '../../scripts/evaluate/options.js';
import { acceptingThreshold, areaUnderCurve, measureRejection } from '../../scripts/evaluate/rejection.js';
import { formatCalibration, formatNondigits } from '../../scripts/evaluate/report.js';
import { toMeasurement } from '../../scripts/evaluate/results.js';
import { parseNondigits } from '../../scripts/evaluate/samples.js';
import type { Answer } from '../../scripts/evaluate/statistics.js';

function answer(digit: number, confidence: number, energy = 0, refused = false): Answer {
  const probabilities = Array.from({ length: 10 }, (_, each) => (each === digit ? confidence : (1 - confidence) / 9));
  return { guess: String(digit), probabilities, energy, refused, image: new Uint8Array(), times: {} };
}

function closeTo(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

test('weighs the gap between confidence and accuracy by the samples in each bin', () => {
  const { error, bins } = calibrate(
    ['1', '1', '1', '1', '1'],
    [answer(1, 0.95), answer(1, 0.97), answer(2, 0.99), answer(2, 0.5), { error: 'lost' }],
  );
  // Three with a mean of 0.97, two of them correct; one of 0.5, wrong.
  closeTo(error, (3 / 4) * (0.97 - 2 / 3) + (1 / 4) * 0.5);
  assert.deepEqual([bins.length, bins[14].count, bins[7].count], [15, 3, 1]);
  closeTo(bins[14].confidence, 0.97);
  closeTo(bins[14].accuracy, 2 / 3);
});

test('puts a confidence on the boundary of two bins into the lower one', () => {
  assert.equal(calibrate(['1'], [answer(1, 0.6)]).bins[8].count, 1);
  assert.equal(calibrate(['1'], [answer(1, 1)]).bins[14].count, 1);
});

test('finds no calibration error if confidence equals accuracy, and none for an empty set', () => {
  closeTo(calibrate(['1', '1'], [answer(1, 0.5), answer(2, 0.5)]).error, 0);
  assert.equal(calibrate(['1'], [{ error: 'lost' }]).error, 0);
});

test('counts the pairs in which the digit scores higher, ties by half', () => {
  assert.equal(areaUnderCurve([3, 4], [1, 2]), 1);
  assert.equal(areaUnderCurve([1], [1]), 0.5);
  assert.equal(areaUnderCurve([1, 3], [2, 3]), (0 + 0 + 1 + 0.5) / 4);
  assert.equal(areaUnderCurve([0], [-Infinity]), 1);
});

test('finds the highest threshold that accepts a share of the digits', () => {
  const scores = Array.from({ length: 50 }, (_, index) => 50 - index);
  assert.equal(acceptingThreshold(scores, 0.98), 2);
  assert.equal(acceptingThreshold(scores, 1), 1);
  assert.equal(acceptingThreshold([7], 0.98), 7);
});

test('compares rejections with digits, ignoring failed runs', () => {
  const digits = [answer(1, 0.9, 5), answer(1, 0.9, 1, true), { error: 'lost' }];
  const others = [answer(1, 0.9, 0, true), answer(1, 0.9, 2), answer(1, 0.9, -1, true), answer(1, 0.9, 6)];
  assert.deepEqual(measureRejection(digits, others), {
    digitsRefused: 0.5,
    refusedAt98: 0.5,
    threshold: 1,
    area: 5 / 8,
  });
  assert.equal(measureRejection([], others), null);
});

test('reports calibration and rejection', () => {
  assert.match(formatCalibration(calibrate(['1'], [answer(1, 0.9)])), /expected calibration error 10\.00 %, 15 bins/);
  const job = { name: 'Digits', through: 'recognize', kind: 'digits', labels: ['1'], condition: null } as const;
  const { nondigits } = toMeasurement({ model: 'compact', backend: 'wasm', browser: 'none' }, [
    { job, answers: [answer(1, 0.9, 5)] },
    { job: { ...job, name: 'Things', kind: 'nondigits', labels: [] }, answers: [answer(1, 0.9, 1, true)] },
  ]);
  const report = formatNondigits('Things', nondigits[0]);
  assert.match(report, /100\.00 % \(20\.65–100\.00\) of 1 rejected at the shipped threshold/);
  assert.match(report, /AUROC 1\.0000/);
});

test('reads non-digits, whatever their label', () => {
  assert.deepEqual(parseNondigits('{"label":"plane","strokes":[[[1,2]]]}\n{"strokes":[[[1,2]]]}').length, 2);
  assert.throws(() => parseNondigits('{"label":"plane"}'), /Line 1 is not a drawing/);
});

test('accepts the options for confidence', () => {
  const options = parseOptions(['--nondigits', 'a.jsonl', '--calibration'], '/here');
  assert.deepEqual([options.nondigits, options.calibration], [['/here/a.jsonl'], true]);
});
