import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../models/training/data/random.js';
import { distortions, plainSheet, sheetSide, toBytes } from '../../scripts/evaluate/distortions.js';
import { formatConditions } from '../../scripts/evaluate/report.js';
import { toShare } from '../../scripts/evaluate/statistics.js';

/** A bar of ink, 4 by 16 pixels, in the middle of an image. */
const bar = new Uint8Array(784);
for (let row = 6; row < 22; row += 1) bar.fill(255, row * 28 + 12, row * 28 + 16);

const mass = (sheet: Float32Array): number => sheet.reduce((sum, value) => sum + value, 0);

/** Width and height of the ink that is at least half opaque, in pixels of the image. */
function extent(sheet: Float32Array): [width: number, height: number] {
  const inked = [...sheet.keys()].filter((index) => sheet[index] >= 0.5);
  const columns = inked.map((index) => index % sheetSide);
  const rows = inked.map((index) => Math.floor(index / sheetSide));
  const span = (values: number[]): number => (Math.max(...values) - Math.min(...values) + 1) / 4;
  return [span(columns), span(rows)];
}

function apply(kind: string, strength: number, seed = 1): Float32Array {
  const distortion = distortions.find((each) => each.kind === kind)!;
  return distortion.apply(bar, strength, new Random(seed));
}

test('enlarges the image four times, in the middle of the sheet', () => {
  const sheet = plainSheet(bar);
  assert.deepEqual(extent(sheet), [4, 16]);
  assert.ok(Math.abs(mass(sheet) / (4 * 16 * 16) - 1) < 0.01);
});

test('has eight kinds at five strengths, each the same in every run and different from the original', () => {
  assert.equal(distortions.length, 8);
  const plain = toBytes(plainSheet(bar));
  for (const { kind, strengths } of distortions) {
    assert.equal(strengths.length, 5);
    for (const strength of strengths) {
      const bytes = toBytes(apply(kind, strength));
      assert.deepEqual(bytes, toBytes(apply(kind, strength)), `${kind} ${strength}`);
      assert.notDeepEqual(bytes, plain, `${kind} ${strength}`);
    }
  }
});

test('scales, thickens, thins and rotates by the stated amounts', () => {
  assert.deepEqual(extent(apply('scale', 0.5)), [2, 8]);
  assert.deepEqual(extent(apply('thickness', 1)), [6, 18]);
  assert.deepEqual(extent(apply('thickness', -0.5)), [3, 15]);
  const [width, height] = extent(apply('rotation', 30));
  assert.ok(Math.abs(width - (16 * Math.sin(Math.PI / 6) + 4 * Math.cos(Math.PI / 6))) < 0.6, String(width));
  assert.ok(Math.abs(height - (16 * Math.cos(Math.PI / 6) + 4 * Math.sin(Math.PI / 6))) < 0.6, String(height));
  const [sheared] = extent(apply('shear', 0.5));
  assert.ok(Math.abs(sheared - (4 + 16 * 0.5)) < 0.6, String(sheared));
});

test('preserves the ink when blurring, fades it by the stated amount, and covers a square of it', () => {
  const plain = mass(plainSheet(bar));
  assert.ok(Math.abs(mass(apply('blur', 1)) / plain - 1) < 1e-3);
  assert.ok(Math.abs(mass(apply('contrast', 0.2)) / plain - 0.2) < 1e-3);
  const covered = plain - mass(apply('occlusion', 4));
  assert.ok(covered > 16 && covered <= 16 * 16 + 1e-3, String(covered));
});

test('adds noise of the stated deviation, as symmetric as paper and ink allow', () => {
  const gray = new Uint8Array(784).fill(128);
  const noise = distortions.find(({ kind }) => kind === 'noise')!;
  const sheet = noise.apply(gray, 0.1, new Random(7));
  const middle = Array.from(sheet).filter((_, index) => {
    const [x, y] = [index % sheetSide, Math.floor(index / sheetSide)];
    return Math.max(Math.abs(x - sheetSide / 2), Math.abs(y - sheetSide / 2)) < 50;
  });
  const mean = middle.reduce((sum, value) => sum + value, 0) / middle.length;
  const deviation = Math.sqrt(middle.reduce((sum, value) => sum + (value - mean) ** 2, 0) / middle.length);
  assert.ok(Math.abs(mean - 128 / 255) < 0.005, String(mean));
  assert.ok(Math.abs(deviation - 0.1) < 0.005, String(deviation));
});

test('lists correct, best guess and rejected at each strength by kind', () => {
  const shares = (right: number, guessed: number) => ({
    right: toShare(right, 200),
    guessed: toShare(guessed, 200),
    refused: toShare(200 - right, 200),
  });
  const text = formatConditions('Pictures', [
    { kind: 'as they are', unit: '', strength: 0, ...shares(199, 200) },
    { kind: 'blur', unit: 'pixels', strength: 1, ...shares(180, 190) },
    { kind: 'blur', unit: 'pixels', strength: 2, ...shares(100, 120) },
  ]);
  const rows = text.split('\n').map((line) => line.trim().split(/ {2,}/));
  assert.deepEqual(rows, [
    ['Pictures'],
    ['right', 'best guess', 'rejected'],
    ['as they are', '99.50 %', '100.00 %', '0.50 %'],
    ['blur (pixels)', '1', '90.00 %', '95.00 %', '10.00 %'],
    ['2', '50.00 %', '60.00 %', '50.00 %'],
    [''],
  ]);
});
