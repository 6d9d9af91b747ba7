/** All contestants in one page, which has exact clocks; they take turns, so that what disturbs one disturbs all. */
import * as ort from 'onnxruntime-web/wasm';
import { normalizeStrokes } from '../../../src/imaging/index.js';
import { recognize } from '../../../src/index.js';
import { decodeLogits } from '../../../src/recognition/decode.js';
import { rotate } from '../rotate.js';
import { load } from './contestants/contestant.js';
import { startOnnxRuntime } from './contestants/onnx-runtime.js';
import { startProgram } from './contestants/program.js';
import { startTensorFlow } from './contestants/tensorflow.js';
import { countEqual } from './equal-bits.js';
import { extremePictures, randomPicture } from './pictures.js';

/** @import { Strokes } from '../../../src/drawing/index.js' */
/** @import { Run } from './contestants/contestant.js' */
/** @import { EqualCount } from './equal-bits.js' */

/** @typedef {'program' | 'onnxruntime' | 'tensorflow'} Name */

const imageLength = 784;
const digits = 10;

// One thread is all that a page has that is not cross-origin isolated, as most are not.
ort.env.wasm.numThreads = 1;

/** @type {Record<Name, Run>} */
const runs = {
  program: await startProgram(),
  onnxruntime: await startOnnxRuntime(ort, 'wasm'),
  tensorflow: await startTensorFlow(),
};
const names = /** @type {Name[]} */ (Object.keys(runs));

/** MNIST's test images, 0..1. */
const images = Float32Array.from(new Uint8Array(await load('images.bin')), (value) => value / 255);

/** @param {number} first @param {number} count */
const slice = (first, count) => images.subarray(first * imageLength, (first + count) * imageLength);

/**
 * How far others are from the program, on the first images.
 * @param {number} count of images
 * @returns {Promise<Record<Name, number>>} the largest difference of a logit
 */
export async function compare(count) {
  const own = (await runs.program(slice(0, count), count)).slice();
  /** @type {Record<string, number>} */
  const differences = {};
  for (const name of names) {
    const answers = await runs[name](slice(0, count), count);
    differences[name] = own.reduce((most, logit, index) => Math.max(most, Math.abs(logit - answers[index])), 0);
  }
  return differences;
}

/**
 * Lets each contestant do something several times in a row, round by round.
 * @param {Record<Name, (turn: number) => Promise<unknown>>} tasks
 * @param {{ rounds: number, turns: number }} counts
 * @returns {Promise<Record<Name, number[][]>>} milliseconds of each turn, by round
 */
async function takeTurns(tasks, { rounds, turns }) {
  /** @type {Record<Name, number[][]>} */
  const times = { program: [], onnxruntime: [], tensorflow: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of rotate(names, round)) {
      /** @type {number[]} */
      const own = [];
      // The first turn, not counted, brings back what others have pushed out of the caches.
      for (let turn = -1; turn < turns; turn++) {
        const start = performance.now();
        await tasks[name](turn + 1);
        if (turn >= 0) own.push(performance.now() - start);
      }
      times[name].push(own);
    }
    // The browser has a turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/**
 * The network alone.
 * @param {{ count: number, rounds: number, turns: number }} parameters `count`: pictures in one call
 */
export function predict({ count, ...counts }) {
  const last = images.length / imageLength - count;
  const task = (/** @type {Name} */ name) => (/** @type {number} */ turn) =>
    runs[name](slice((turn * count) % (last + 1), count), count);
  return takeTurns(
    { program: task('program'), onnxruntime: task('onnxruntime'), tensorflow: task('tensorflow') },
    counts,
  );
}

/**
 * From strokes to digits: `recognize()`, and the same preparation and decoding around the others.
 * @param {{ model: string, drawings: Strokes[], count: number, rounds: number, turns: number }} parameters
 */
export function read({ model, drawings, count, ...counts }) {
  const options = /** @type {const} */ ({ model, backend: 'wasm' });
  /** @param {number} turn */
  const chosen = (turn) => Array.from({ length: count }, (_, index) => drawings[(turn + index) % drawings.length]);
  /** @param {Run} run */
  const around = (run) => async (/** @type {number} */ turn) => {
    const pictures = new Float32Array(count * imageLength);
    chosen(turn).forEach((strokes, index) => pictures.set(normalizeStrokes(strokes).pixels, index * imageLength));
    const logits = await run(pictures, count);
    return Array.from({ length: count }, (_, index) =>
      decodeLogits(logits.subarray(index * digits, (index + 1) * digits), 1),
    );
  };
  return takeTurns(
    {
      program: (turn) => Promise.all(chosen(turn).map((strokes) => recognize(strokes, options))),
      onnxruntime: around(runs.onnxruntime),
      tensorflow: around(runs.tensorflow),
    },
    counts,
  );
}

/**
 * What `recognize()` reads.
 * @param {{ model: string, drawings: Strokes[] }} parameters
 */
export async function readDigits({ model, drawings }) {
  const recognitions = await Promise.all(drawings.map((strokes) => recognize(strokes, { model, backend: 'wasm' })));
  return recognitions.map(({ digit }) => digit);
}

/**
 * Reads images in batches.
 * @param {{ batch: number, count: number, parts: number }} parameters `count`: images, taken in so many parts by turns
 * @returns {Promise<Record<Name, number[]>>} images per second, by part
 */
export async function throughput({ batch, count, parts }) {
  /** @type {Record<Name, number[]>} */
  const rates = { program: [], onnxruntime: [], tensorflow: [] };
  const size = Math.ceil(count / parts);
  for (let part = 0; part < parts; part++) {
    const end = Math.min(count, (part + 1) * size);
    for (const name of rotate(names, part)) {
      const start = performance.now();
      for (let first = part * size; first < end; first += batch) {
        const taken = Math.min(batch, end - first);
        await runs[name](slice(first, taken), taken);
      }
      rates[name].push((1000 * (end - part * size)) / (performance.now() - start));
    }
  }
  return rates;
}

/**
 * Compares the program with ONNX Runtime, bit for bit.
 * @param {{ kind: 'mnist' | 'random' | 'extreme', batch: number, first: number, count: number }} parameters
 * @returns {Promise<EqualCount>}
 */
export async function countEqualAnswers({ kind, batch, first, count }) {
  const extremes = kind === 'extreme' ? extremePictures(slice(0, 1)) : [];
  /** @param {number} index */
  const picture = (index) => {
    if (kind === 'mnist') return slice(index, 1);
    return kind === 'random' ? randomPicture(index) : extremes[index % extremes.length];
  };
  /** @type {EqualCount} */
  const total = { pictures: 0, equal: 0, largestDifference: 0 };
  for (let start = first; start < first + count; start += batch) {
    const taken = Math.min(batch, first + count - start);
    const pictures = new Float32Array(taken * imageLength);
    for (let index = 0; index < taken; index++) pictures.set(picture(start + index), index * imageLength);
    const own = await runs.program(pictures, taken);
    const part = countEqual(own, await runs.onnxruntime(pictures, taken), digits);
    total.pictures += part.pictures;
    total.equal += part.equal;
    total.largestDifference = Math.max(total.largestDifference, part.largestDifference);
  }
  return total;
}

/** How many extreme pictures there are. */
export function countExtremes() {
  return extremePictures(slice(0, 1)).length;
}

/**
 * How many multiply-adds this machine does at best, in turns with the program.
 * @param {{ rounds: number, operations: number }} parameters `operations`: multiply-adds in one call of the kernel's loop
 * @returns {Promise<{ rate: number[], program: number[] }>} multiply-adds per second; milliseconds of one picture
 */
export async function measureFloor({ rounds, operations }) {
  const { instance } = await WebAssembly.instantiate(await load('multiply-add.wasm'));
  const multiplyAdd = /** @type {(loops: number) => number} */ (instance.exports.run);
  const [loops, calls] = [400_000, 20];
  // The browser first compiles it quickly, and well when it has been called often.
  for (let call = 0; call < 3000; call++) multiplyAdd(20);
  await new Promise((resolve) => setTimeout(resolve, 500));
  /** @type {number[]} */
  const rate = [];
  /** @type {number[]} */
  const program = [];
  for (let round = 0; round < rounds; round++) {
    let start = performance.now();
    multiplyAdd(loops);
    rate.push((1000 * loops * operations) / (performance.now() - start));
    for (let call = 0; call < calls; call++) {
      start = performance.now();
      await runs.program(slice(call, 1), 1);
      program.push(performance.now() - start);
    }
  }
  return { rate, program };
}
