/** All contestants in one page with precise clocks. They take turns, so that what disturbs one disturbs all. */
import * as ort from 'onnxruntime-web/wasm';
import type { Strokes } from '../../../src/drawing/index.js';
import { normalizeStrokes } from '../../../src/imaging/index.js';
import { recognize } from '../../../src/index.js';
import { DIGITS, IMAGE_LENGTH } from '../../../src/model/shapes.js';
import { decodeLogits } from '../../../src/recognition/decode.js';
import { rotate } from '../turns.js';
import { addComparisons, compareAnswers, extremePictures, randomPicture, type Comparison } from './compare.js';
import { startOnnxRuntime } from './contestants/onnx-runtime.js';
import { startProgram } from './contestants/program.js';
import { startTensorFlow } from './contestants/tensorflow.js';
import { load, loadImages, type Run } from './load.js';

// Most pages are not cross-origin isolated, and have one thread only.
ort.env.wasm.numThreads = 1;

const runs = {
  program: await startProgram(),
  onnxruntime: await startOnnxRuntime(ort, 'wasm'),
  tensorflow: await startTensorFlow(),
};

export type Name = keyof typeof runs;
const names = Object.keys(runs) as Name[];

function forEach<Value>(create: (run: Run, name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, create(runs[name], name)])) as Record<Name, Value>;
}

const images = await loadImages();
const slice = (first: number, count: number) => images.subarray(first * IMAGE_LENGTH, (first + count) * IMAGE_LENGTH);

/** The largest difference of each contestant's logits from the program's, on the first images. */
export async function compare(count: number): Promise<Record<string, number>> {
  const own = (await runs.program(slice(0, count), count)).slice();
  const differences = names.map(async (name) => {
    const { largestDifference } = compareAnswers(own, await runs[name](slice(0, count), count));
    return [name, largestDifference] as const;
  });
  return Object.fromEntries(await Promise.all(differences));
}

interface Turns {
  readonly rounds: number;
  readonly turns: number;
}

/**
 * Runs each contestant several times in a row, round by round.
 * @returns milliseconds of each turn, by round
 */
async function takeTurns(
  tasks: Record<Name, (turn: number) => Promise<unknown>>,
  { rounds, turns }: Turns,
): Promise<Record<Name, number[][]>> {
  const times = forEach((): number[][] => []);
  for (let round = 0; round < rounds; round++) {
    for (const name of rotate(names, round)) {
      const own: number[] = [];
      // The first turn, not counted, refills the caches.
      for (let turn = -1; turn < turns; turn++) {
        const start = performance.now();
        await tasks[name](turn + 1);
        if (turn >= 0) own.push(performance.now() - start);
      }
      times[name].push(own);
    }
    // Gives the browser a turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/**
 * Times the network alone.
 * @param count pictures per call
 */
export function predict(count: number, turns: Turns) {
  const last = images.length / IMAGE_LENGTH - count;
  return takeTurns(
    forEach((run) => (turn) => run(slice((turn * count) % (last + 1), count), count)),
    turns,
  );
}

/** Times the way from strokes to digits: `recognize()`, and the same preparation and decoding around the others. */
export function read(model: string, drawings: readonly Strokes[], count: number, turns: Turns) {
  const chosen = (turn: number) =>
    Array.from({ length: count }, (_, index) => drawings[(turn + index) % drawings.length]);
  const around = (run: Run) => async (turn: number) => {
    const pictures = new Float32Array(count * IMAGE_LENGTH);
    chosen(turn).forEach((strokes, index) => pictures.set(normalizeStrokes(strokes).pixels, index * IMAGE_LENGTH));
    const logits = await run(pictures, count);
    return Array.from({ length: count }, (_, index) =>
      decodeLogits(logits.subarray(index * DIGITS, (index + 1) * DIGITS), 1),
    );
  };
  const product = (turn: number) =>
    Promise.all(chosen(turn).map((strokes) => recognize(strokes, { model, backend: 'wasm' })));
  return takeTurns({ ...forEach(around), program: product }, turns);
}

/** The digits that `recognize()` reads. */
export const readDigits = (model: string, drawings: readonly Strokes[]) =>
  Promise.all(drawings.map(async (strokes) => (await recognize(strokes, { model, backend: 'wasm' })).digit));

/**
 * Reads images in batches.
 * @param count images in all, read in as many alternating parts
 * @returns images per second, by part
 */
export async function throughput(batch: number, count: number, parts: number): Promise<Record<Name, number[]>> {
  const rates = forEach((): number[] => []);
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

const extremes = extremePictures(slice(0, 1));
export const countExtremes = () => extremes.length;

const pictures = {
  mnist: (index: number) => slice(index, 1),
  random: randomPicture,
  extreme: (index: number) => extremes[index % extremes.length],
};

/** Compares the program with ONNX Runtime, bit for bit. */
export async function countEqualAnswers(
  kind: keyof typeof pictures,
  batch: number,
  first: number,
  count: number,
): Promise<Comparison> {
  const parts: Comparison[] = [];
  for (let start = first; start < first + count; start += batch) {
    const taken = Math.min(batch, first + count - start);
    const input = new Float32Array(taken * IMAGE_LENGTH);
    for (let index = 0; index < taken; index++) input.set(pictures[kind](start + index), index * IMAGE_LENGTH);
    const own = await runs.program(input, taken);
    parts.push(compareAnswers(own, await runs.onnxruntime(input, taken)));
  }
  return addComparisons(parts);
}

/**
 * Times the kernel that does nothing but multiply and add, in turns with the program.
 * @param operations multiply-adds per iteration of the kernel's loop
 * @returns multiply-adds per second; milliseconds of one picture
 */
export async function measureFloor(rounds: number, operations: number): Promise<{ rate: number[]; program: number[] }> {
  const { instance } = await WebAssembly.instantiate(await load('multiply-add.wasm'));
  const multiplyAdd = instance.exports.run as (loops: number) => number;
  const [loops, calls] = [400_000, 20];
  // Called often, the kernel is compiled by the optimizing compiler.
  for (let call = 0; call < 3000; call++) multiplyAdd(20);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const rate: number[] = [];
  const program: number[] = [];
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
