/** All contestants in one page with precise clocks. They take turns, so that what disturbs one disturbs all. */
import * as ort from 'onnxruntime-web/wasm';
import type { Strokes } from '../../../src/drawing/index.js';
import { normalizeStrokes } from '../../../src/imaging/normalize-strokes.js';
import { recognize } from '../../../src/index.js';
import { prepareWasmProgram, startWasmProgram } from '../../../src/inference/engines/wasm/wasm-program.js';
import { DIGITS, IMAGE_LENGTH } from '../../../src/model/shapes.js';
import { decodeLogits } from '../../../src/recognition/decode.js';
import { contestants, type Contestant } from '../contestants.js';
import { takeTurns } from '../turns.js';
import { addComparisons, compareAnswers, extremePictures, randomPicture, type Comparison } from './compare.js';
import { startOnnxRuntime } from './contestants/onnx-runtime.js';
import { startTensorFlow } from './contestants/tensorflow.js';
import { load, loadImages, type Run } from './load.js';

// Most pages are not cross-origin isolated, and have one thread only.
ort.env.wasm.numThreads = 1;

/** The package's engine, without its service. */
async function startProgram(): Promise<Run> {
  const [program, model] = await Promise.all([load('program.wasm'), load('model.onnx')]);
  const engine = await startWasmProgram(await prepareWasmProgram(new Uint8Array(program)), model);
  return async (images, count) => (await engine.run(images, count)).logits;
}

const runs: Record<Contestant, Run> = {
  'program-wasm': await startProgram(),
  'onnx-runtime-wasm': await startOnnxRuntime(ort, 'wasm'),
  'tensorflow-wasm': await startTensorFlow(),
};
const runProgram = runs['program-wasm'];

const images = await loadImages();
const slice = (first: number, count: number) => images.subarray(first * IMAGE_LENGTH, (first + count) * IMAGE_LENGTH);

/** The largest difference of each contestant's logits from the program's, on the first images. */
export async function compare(count: number): Promise<Record<string, number>> {
  const own = (await runProgram(slice(0, count), count)).slice();
  const differences: Record<string, number> = {};
  for (const [name, run] of Object.entries(runs)) {
    differences[name] = compareAnswers(own, await run(slice(0, count), count)).largestDifference;
  }
  return differences;
}

interface Turns {
  readonly rounds: number;
  readonly turns: number;
}

/**
 * Runs each contestant several times in a row, round by round.
 * @returns milliseconds of each turn, by round
 */
const timeTurns = ({ rounds, turns }: Turns, task: (name: Contestant, turn: number) => Promise<unknown>) =>
  takeTurns(contestants, rounds, async (name) => {
    // Gives the browser a turn.
    await new Promise((resolve) => setTimeout(resolve));
    const times: number[] = [];
    // The first turn, not counted, refills the caches.
    for (let turn = 0; turn <= turns; turn++) {
      const start = performance.now();
      await task(name, turn);
      if (turn > 0) times.push(performance.now() - start);
    }
    return times;
  });

/**
 * Times the network alone.
 * @param count pictures per call
 */
export function predict(count: number, turns: Turns) {
  const last = images.length / IMAGE_LENGTH - count;
  return timeTurns(turns, (name, turn) => runs[name](slice((turn * count) % (last + 1), count), count));
}

/** Times the way from strokes to digits: `recognize()`, and the same preparation and decoding around the others. */
export function read(model: string, drawings: readonly Strokes[], count: number, turns: Turns) {
  return timeTurns(turns, async (name, turn) => {
    const chosen = Array.from({ length: count }, (_, index) => drawings[(turn + index) % drawings.length]);
    if (name === 'program-wasm') {
      return Promise.all(chosen.map((strokes) => recognize(strokes, { model, backend: 'wasm' })));
    }
    const pictures = new Float32Array(count * IMAGE_LENGTH);
    chosen.forEach((strokes, index) => pictures.set(normalizeStrokes(strokes).pixels, index * IMAGE_LENGTH));
    const logits = await runs[name](pictures, count);
    return chosen.map((_, index) => decodeLogits(logits.subarray(index * DIGITS, (index + 1) * DIGITS), 1));
  });
}

/** The digits that `recognize()` reads. */
export const readDigits = (model: string, drawings: readonly Strokes[]) =>
  Promise.all(drawings.map(async (strokes) => (await recognize(strokes, { model, backend: 'wasm' })).digit));

/**
 * Reads images in batches.
 * @param count images in all, read in as many alternating parts
 * @returns images per second, by part
 */
export function throughput(batch: number, count: number, parts: number): Promise<Record<Contestant, number[]>> {
  const size = Math.ceil(count / parts);
  return takeTurns(contestants, parts, async (name, part) => {
    const end = Math.min(count, (part + 1) * size);
    const start = performance.now();
    for (let first = part * size; first < end; first += batch) {
      const taken = Math.min(batch, end - first);
      await runs[name](slice(first, taken), taken);
    }
    return (1000 * (end - part * size)) / (performance.now() - start);
  });
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
    const own = await runProgram(input, taken);
    parts.push(compareAnswers(own, await runs['onnx-runtime-wasm'](input, taken)));
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
      await runProgram(slice(call, 1), 1);
      program.push(performance.now() - start);
    }
  }
  return { rate, program };
}
