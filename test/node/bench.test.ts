import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compareWays, replaceComparison, toHtml, toMarkdown } from '../../scripts/bench/comparison.js';
import { contestants, titles } from '../../scripts/bench/contestants.js';
import { createDrawings } from '../../scripts/bench/drawings.js';
import { entropyBits, weightEntropy } from '../../scripts/bench/entropy.js';
import { formatOutcome, formatValue, isMet, toFigure, toRatio } from '../../scripts/bench/figures.js';
import { createMultiplyAddKernel, operationsPerLoop } from '../../scripts/bench/multiply-add.js';
import { parseOptions, partNames } from '../../scripts/bench/options.js';
import { compareAnswers, extremePictures, randomPicture } from '../../scripts/bench/page/compare.js';
import { serveFiles } from '../../scripts/bench/serve-files.js';
import { longestTask } from '../../scripts/bench/trace.js';
import { takeTurns } from '../../scripts/bench/turns.js';
import { root } from '../../scripts/setup.js';
import { UsageError } from '../../scripts/shared/command-line.js';
import { countMultiplyAdds, readLayers } from '../../scripts/shared/network.js';
import { sizeOf } from '../../scripts/size/loaded.js';
import { program as hexadecimal } from '../../src/generated/wasm-programs/compact.js';
import { normalizeStrokes } from '../../src/imaging/index.js';
import { prepareWasmProgram, startWasmProgram } from '../../src/inference/engines/wasm/wasm-program.js';
import { writeOnnx } from '../support/write-onnx.js';

const read = (path: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(join(root, path)));

test('measures everything but the floor by default', () => {
  assert.deepEqual(parseOptions([], '/').parts, partNames);
  assert.equal(parseOptions([], '/').floor, false);
  assert.deepEqual(parseOptions(['--part', 'paint', '--part', 'start'], '/').parts, ['start', 'paint']);
  assert.equal(parseOptions(['--json', 'a.json'], '/here').json, '/here/a.json');
});

test('leaves memory out in Firefox, and rejects an explicit request for it', () => {
  assert.ok(!parseOptions(['--firefox'], '/').parts.includes('memory'));
  assert.throws(() => parseOptions(['--firefox', '--part', 'memory'], '/'), UsageError);
});

test("throttles Chromium's CPU by a factor, and does not publish the results", () => {
  assert.equal(parseOptions([], '/').throttle, 1);
  assert.equal(parseOptions(['--throttle', '6'], '/').throttle, 6);
  for (const args of [
    ['--throttle', '0.5'],
    ['--throttle', 'slow'],
    ['--throttle', '6', '--firefox'],
    ['--throttle', '6', '--publish'],
  ]) {
    assert.throws(() => parseOptions(args, '/'), UsageError);
  }
});

test("accepts another build's folder", () => {
  assert.equal(parseOptions([], '/here').against, null);
  assert.equal(parseOptions(['--against', '../other'], '/here').against, '/other');
});

test('rejects unknown arguments', () => {
  for (const args of [['--part', 'all'], ['--model', 'large'], ['--fast']]) {
    assert.throws(() => parseOptions(args, '/'), UsageError);
  }
});

test('returns the median and the quartiles', () => {
  const figure = toFigure('time', 'ms', [5, 1, 4, 2, 3]);
  assert.deepEqual([figure.low, figure.median, figure.high, figure.count], [2, 3, 4, 5]);
});

test('compares round by round, so that a slow round does not count', () => {
  assert.equal(toRatio('times', [10, 100, 30], [5, 50, 15]).median, 2);
  assert.equal(toRatio('times', [10, 100, 30], [5, 50, 15]).high, 2);
});

test('compares the digits of two backends, and the differences of their logits', () => {
  const options = { length: 2, tolerance: 0.01 };
  const compare = (own: number[], other: number[]) =>
    compareAnswers(Float32Array.from(own), Float32Array.from(other), options);
  const first = compare([1, 2, 4, 3, 1, 1], [1, 2.25, 3, 4, 1, 1]);
  assert.deepEqual(first, { pictures: 3, sameBits: 1, sameDigit: 2, near: 1, largestDifference: 1 });
  const broken = compare([1, 2], [1, NaN]);
  assert.deepEqual(broken, { pictures: 1, sameBits: 0, sameDigit: 0, near: 0, largestDifference: NaN });
  assert.throws(() => compare([1, 2], []), /cannot be compared/);
});

test('passes limits that are met exactly', () => {
  const bar = { name: '', unit: 'x', value: 8, limit: 8 } as const;
  assert.ok(isMet({ ...bar, relation: 'at least' }));
  assert.ok(isMet({ ...bar, relation: 'at most' }));
  assert.ok(isMet({ ...bar, relation: 'exactly' }));
  assert.ok(!isMet({ ...bar, relation: 'under' }));
  assert.ok(!isMet({ ...bar, relation: 'at least', value: 7.99 }));
  assert.ok(!isMet({ ...bar, relation: 'at most', value: NaN }));
});

test('prints whether each limit is met', () => {
  const bars = [
    { name: 'quick', unit: 'x', value: 9, relation: 'at least', limit: 8 },
    { name: 'small', unit: 'bytes', value: 1_001, relation: 'at most', limit: 1_000 },
  ] as const;
  const text = formatOutcome('Start', { figures: [toFigure('time', 'ms', [0.5])], bars });
  assert.match(text, /time +0\.500 ms/);
  assert.match(text, /quick +9\.00x +at least 8\.00x +met/);
  assert.match(text, /small +1,001 B +at most 1,000 B +NOT MET/);
  assert.equal(formatValue(1234.4, '/s'), '1,234/s');
});

test('lets each contestant start in turn', async () => {
  let order = '';
  const values = await takeTurns(['a', 'b', 'c'], 4, (name, round) => {
    order += name;
    return Promise.resolve(`${name}${round}`);
  });
  assert.equal(order, 'abcbcacababc');
  assert.deepEqual(values.b, ['b0', 'b1', 'b2', 'b3']);
});

test('counts bit-identical answers', () => {
  const answers = Float32Array.of(1, 2, 0, 4, NaN, 6);
  const compare = (others: Float32Array) => {
    const { pictures, sameBits, largestDifference } = compareAnswers(answers, others, { length: 2 });
    return { pictures, sameBits, largestDifference };
  };
  assert.deepEqual(compare(answers.slice()), { pictures: 3, sameBits: 3, largestDifference: 0 });
  // Zero and minus zero are equal only as numbers.
  const others = Float32Array.of(1, 2, -0, 4, NaN, 6.5);
  assert.deepEqual(compare(others), { pictures: 3, sameBits: 1, largestDifference: 0.5 });
  assert.throws(() => compare(others.subarray(0, 4)), /cannot be compared/);
  const { largestDifference } = compareAnswers(Float32Array.of(NaN), Float32Array.of(1), { length: 1 });
  assert.ok(Number.isNaN(largestDifference));
});

test('compares images that include all extremes', () => {
  const values = new Set(extremePictures(new Float32Array(784)).flatMap((picture) => [...picture]));
  for (const value of [1e30, -1e30, 3.4e38, 1e-42]) assert.ok(values.has(Math.fround(value)), String(value));
  for (const value of [Infinity, -Infinity, NaN]) assert.ok(values.has(value), String(value));
  assert.ok(extremePictures(new Float32Array(784)).some((picture) => picture.every((pixel) => Object.is(pixel, -0))));
  assert.notDeepEqual(randomPicture(0), randomPicture(2));
});

test("computes Shannon's entropy", () => {
  assert.equal(entropyBits([7, 7, 7]), 0);
  assert.equal(entropyBits([0, 1, 0, 1]), 4);
  assert.equal(entropyBits([0, 1, 2, 3]), 8);
  const file = Uint8Array.of(9, 0, 1, 0, 2, 0, 1, 0, 2);
  const tensor = { offset: 1, encoding: 'float16', shape: [4] } as const;
  assert.deepEqual(weightEntropy(file, [tensor]), { bytes: 8, values: 0.5, planes: 0.5 });
  const sparse = { offset: 1, encoding: 'int8', shape: [4, 100], distances: { offset: 3, count: 2 } } as const;
  assert.deepEqual(weightEntropy(file, [sparse]), { bytes: 4, values: 0.5, planes: 0.5 });
});

test("reads the networks' layers and counts their multiply-adds", () => {
  const kinds = (model: string) => readLayers(read(`models/${model}.onnx`)).map(({ kind }) => kind);
  assert.deepEqual(kinds('reference'), ['convolution', 'convolution', 'flatten', 'dense', 'dense']);
  assert.equal(kinds('compact').filter((kind) => kind === 'convolution').length, 7);
  const layers = readLayers(read('models/reference.onnx'));
  assert.deepEqual(
    layers.map(({ shape }) => shape),
    [[32, 26, 26], [64, 24, 24], [36864], [128], [10]],
  );
  assert.equal(countMultiplyAdds(layers), 26 * 26 * 32 * 9 + 24 * 24 * 64 * 32 * 9 + 36864 * 128 + 128 * 10);
  assert.ok(layers.every((layer) => !('relu' in layer) || layer.relu === (layer !== layers.at(-1))));
});

test('rejects a file that is not a network, and layers that other libraries do not have', () => {
  assert.throws(() => readLayers(Uint8Array.of(1, 2, 3)), TypeError);
  const oblong = { type: 'float32', shape: [8, 1, 3, 5], values: Array.from({ length: 120 }, () => 0.1) } as const;
  const bias = { type: 'float32', shape: [8], values: Array.from({ length: 8 }, () => 0.1) } as const;
  const node = { operator: 'Conv', inputs: ['image', 'oblong', 'bias'], output: 'value' };
  assert.throws(() => readLayers(writeOnnx([node], { oblong, bias })), /window of the layer value is not square/);
});

test('has a kernel that performs the operations that are counted', async () => {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(createMultiplyAddKernel()));
  const run = instance.exports.run as (loops: number) => number;
  // Each of 12 sums becomes half of itself plus 1, four times in a loop: 1.875 after the first.
  assert.equal(run(1), 12 * 1.875);
  assert.equal(run(1000), 12 * 2);
  assert.equal(operationsPerLoop, 12 * 4 * 4);
});

test('draws digits that the product reads correctly', async () => {
  const program = await prepareWasmProgram(Buffer.from(hexadecimal, 'hex'));
  const engine = await startWasmProgram(program, read('models/compact.onnx').buffer);
  const drawings = createDrawings(64);
  const pictures = new Float32Array(64 * 784);
  drawings.forEach(({ strokes }, index) => pictures.set(normalizeStrokes(strokes).pixels, index * 784));
  const { logits } = await engine.run(pictures, 64);
  drawings.forEach(({ digit }, index) => {
    const own = [...logits.subarray(index * 10, index * 10 + 10)];
    assert.equal(own.indexOf(Math.max(...own)), digit, `drawing ${index}`);
  });
});

test("extracts the longest task of the page's main thread from a trace", () => {
  const task = { name: 'ThreadControllerImpl::RunTask', ph: 'X', pid: 1 };
  const main = { name: 'thread_name', ph: 'M', pid: 1, tid: 5, args: { name: 'CrRendererMain' } };
  const events = [
    { ...task, tid: 5, dur: 30_000, tdur: 4_000 },
    main,
    { ...task, tid: 5, dur: 20_000, tdur: 6_000 },
    { ...task, tid: 6, dur: 90_000, tdur: 90_000 },
    { ...task, tid: 5, pid: 2, dur: 80_000, tdur: 80_000 },
  ];
  assert.deepEqual(longestTask(events), { wall: 30, processor: 6 });
  assert.throws(() => longestTask([main]), Error);
});

test('serves compressed files, and counts the bytes sent', async () => {
  const body = Buffer.from('a'.repeat(10_000));
  using server = await serveFiles(new Map([['/start/page.js', body]]), { isolated: ['/measure/'] });
  const response = await fetch(`${server.origin}/start/page.js`);
  assert.equal(await response.text(), body.toString());
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  assert.equal(response.headers.get('cross-origin-opener-policy'), null);
  assert.equal((await fetch(`${server.origin}/other.js`)).status, 404);
  assert.deepEqual([...server.sent.keys()], ['/start/page.js']);
  const bytes = server.sent.get('/start/page.js') ?? 0;
  assert.equal(bytes, Number(response.headers.get('content-length')));
  assert.ok(bytes > 0 && bytes < 200);
});

test('adds up the sizes of individually compressed files', () => {
  const file = Buffer.from('handwritten digits '.repeat(100));
  const [one, two] = [sizeOf([file]), sizeOf([file, file])];
  assert.equal(one.raw, file.length);
  assert.ok(one.brotli < one.gzip && one.gzip < one.raw);
  assert.deepEqual(two, { raw: 2 * one.raw, gzip: 2 * one.gzip, brotli: 2 * one.brotli });
});

describe('the comparison with alternatives', () => {
  const measured = [
    {
      part: 'start',
      bars: [],
      figures: Object.values(titles).flatMap((title, index) => [
        toFigure(`${title}: script start`, 'ms', [10 * (index + 1), 10 * (index + 1), 1000]),
        toFigure(`${title}: bytes, gzip`, 'bytes', [(index + 1) * 50_400]),
      ]),
    },
    {
      part: 'predict',
      bars: [],
      figures: contestants.map((name, index) => toFigure(`network, 1: ${titles[name]}`, 'ms', [0.25 * (index + 1)])),
    },
  ];
  const machine = { browser: 'Chromium 1', processors: 2 };

  test('states what was measured, and how', () => {
    const table = toMarkdown(compareWays(measured, machine));
    assert.match(table, /digit-recognizer&gt;<\/code>, to the painted answer \| [^|]+ \| 50 KB \| 10 ms \| \|\n/);
    assert.match(table, /\| onnxruntime-web [\d.]+ \| [^|]+ \| 151 KB \| 30 ms \| 0\.50 ms \|/);
    assert.match(table, /Chromium 1 on 2 processor cores.* 3 fresh pages/);
    assert.match(toHtml(compareWays(measured, machine)), /<td data-label="one prediction">0\.75 ms<\/td>/);
  });

  test('fails if something was not measured', () => {
    assert.throws(() => compareWays(measured.slice(0, 1), machine), /predict/);
  });

  test('replaces the previous one in files that have a section for it', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const once = replaceComparison(readme, toMarkdown(compareWays(measured, machine)));
    assert.match(once, /151 KB/);
    assert.equal(replaceComparison(once, toMarkdown(compareWays(measured, machine))), once);
    assert.throws(() => replaceComparison('nothing', ''), /does not mark where/);
  });

  test('is the same in the README and in the demo', () => {
    const [inReadme, inDemo] = ['README.md', 'demo/index.html'].map((name) =>
      [
        ...readFileSync(join(root, name), 'utf8')
          .split('<!-- comparison')[1]
          .split('<!-- end')[0]
          .matchAll(/[\d.]+ (?:KB|MB|ms)/g),
      ].map(([value]) => value),
    );
    assert.ok(inReadme.length >= 11);
    assert.deepEqual(inDemo, inReadme);
  });

  test('is published only for complete measurements', () => {
    assert.ok(parseOptions(['--publish'], '/').publish);
    for (const args of [['--quick'], ['--firefox'], ['--model', 'reference'], ['--part', 'start']]) {
      assert.throws(() => parseOptions(['--publish', ...args], '/'), UsageError);
    }
  });
});
