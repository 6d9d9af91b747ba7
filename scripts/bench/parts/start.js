/** From script start to the first prediction, in fresh contexts by turns; and what goes over the wire for it. */
import { toFigure, toRatio } from '../figures.js';
import { rotate } from '../rotate.js';

/** @import { BenchBrowser } from '../browsers.js' */
/** @import { Bar, Figure, Outcome } from '../figures.js' */
/** @import { FileServer } from '../serve-files.js' */
/** @import { StartReport } from '../page/start/report-start.js' */
/** @import { Starter } from '../pages.js' */
/** @import { Context } from './context.js' */

/** How far an answer may be from that of stock ONNX Runtime. */
const tolerance = 1e-4;

/** @type {Record<Starter, string>} */
export const startTitles = {
  element: '<digit-recognizer>, to the painted answer',
  'program-wasm': 'digit-recognizer, WASM program',
  'onnx-runtime-wasm': 'onnxruntime-web, wasm',
  'tensorflow-wasm': 'TensorFlow.js, wasm',
  'program-webgpu': 'digit-recognizer, WebGPU program (software)',
  'onnx-runtime-webgpu': 'onnxruntime-web, webgpu (software)',
};

/** @type {Starter[]} */
const onProcessor = ['element', 'program-wasm', 'onnx-runtime-wasm', 'tensorflow-wasm'];
/** @type {Starter[]} */
const onSoftwareGpu = ['program-webgpu', 'onnx-runtime-webgpu'];

/** One start, with the bytes that were sent for it. @typedef {StartReport & { bytes: number }} Start */

/**
 * @param {BenchBrowser} browser
 * @param {FileServer} server
 * @param {Starter} name
 * @param {string} model
 * @returns {Promise<Start>}
 */
async function startOnce(browser, server, name, model) {
  server.takeSent();
  const page = await browser.open(`${server.origin}/start/${name}/index.html?model=${model}`);
  try {
    const reported = await page.evaluate(
      () => /** @type {{ startReport: Promise<StartReport> }} */ (/** @type {unknown} */ (globalThis)).startReport,
      undefined,
    );
    const own = [...server.takeSent()].filter(
      ([path]) => !path.endsWith('.html') && !(name === 'element' && path.endsWith('/script.js')),
    );
    return { ...reported, bytes: own.reduce((sum, [, bytes]) => sum + bytes, 0) };
  } finally {
    await page.close();
  }
}

/**
 * @param {Context} context
 * @param {BenchBrowser} browser
 * @param {readonly Starter[]} names
 * @param {number} rounds
 * @returns {Promise<Map<Starter, Start[]>>} by round
 */
async function startInTurns({ options, server, report }, browser, names, rounds) {
  /** @type {Map<Starter, Start[]>} */
  const starts = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of rotate(names, round)) {
      const start = await startOnce(browser, server, name, options.model);
      starts.get(name)?.push(start);
    }
    report(`round ${round + 1} of ${rounds}`);
  }
  return starts;
}

/** @param {readonly number[]} logits @param {readonly number[]} others */
const largestDifference = (logits, others) =>
  logits.reduce((most, logit, index) => Math.max(most, Math.abs(logit - others[index])), 0);

/**
 * @param {ReadonlyMap<Starter, readonly Start[]>} starts
 * @returns {string[]} a line for each that answers otherwise than stock ONNX Runtime, or does not read the 7
 * @throws {Error} when there is nothing to compare with
 */
function findWrongAnswers(starts) {
  const stock = starts.get('onnx-runtime-wasm')?.[0].logits;
  if (stock?.length !== 10) throw new Error('onnxruntime-web has given no answer to compare with.');
  const isRight = (/** @type {Start} */ { logits, digit }) =>
    logits ? largestDifference(logits, stock) <= tolerance : digit === 7;
  return [...starts].flatMap(([name, own]) => (own.every(isRight) ? [] : [`WRONG ANSWERS: ${startTitles[name]}`]));
}

/** @param {Starter} name @param {readonly Start[]} starts @returns {Figure[]} */
function toFigures(name, starts) {
  const title = startTitles[name];
  const longest = starts.flatMap(({ longestTask }) => longestTask ?? []);
  const scripts = starts.map(({ script }) => script);
  const requests = starts.map(({ request }) => request);
  return [
    toFigure(`${title}: script start`, 'ms', scripts),
    toFigure(`${title}: script request`, 'ms', requests),
    toFigure(`${title}: bytes, gzip`, 'bytes', [starts[0].bytes]),
    ...(longest.length > 0 ? [toFigure(`${title}: longest task over 50 ms`, 'ms', longest)] : []),
  ];
}

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measureStart(context) {
  const { browser, options, launchWith } = context;
  const [rounds, gpuRounds] = options.quick ? [3, 1] : [15, 3];
  // The browser's own first page is slower than all that follow.
  await startInTurns({ ...context, report: () => {} }, browser, onProcessor, 1);
  const starts = await startInTurns(context, browser, onProcessor, rounds);
  if (!options.firefox) {
    const gpuBrowser = await launchWith({ softwareWebGpu: true });
    try {
      const onGpu = await startInTurns(context, gpuBrowser, onSoftwareGpu, gpuRounds);
      for (const [name, own] of onGpu) starts.set(name, own);
    } finally {
      await gpuBrowser.close();
    }
  }
  const wrong = findWrongAnswers(starts);
  const webGpu = options.firefox
    ? 'WebGPU was left out in this browser.'
    : 'WebGPU is emulated on the processor here: its bytes and answers count, its times say nothing.';

  const times = (/** @type {Starter} */ name) => starts.get(name)?.map(({ script }) => script) ?? [];
  const againstStock = toRatio('onnxruntime-web wasm / program', times('onnx-runtime-wasm'), times('program-wasm'));
  const againstTensorFlow = toRatio('TensorFlow.js wasm / program', times('tensorflow-wasm'), times('program-wasm'));
  const ratio = /** @type {const} */ ({ unit: 'x', relation: 'at least' });
  /** @type {Bar[]} */
  const bars = [
    { ...ratio, name: 'start, against onnxruntime-web wasm: faster', value: againstStock.median, limit: 8 },
    { ...ratio, name: 'start, against TensorFlow.js wasm: faster', value: againstTensorFlow.median, limit: 3 },
  ];
  return {
    figures: [...[...starts].flatMap(([name, own]) => toFigures(name, own)), againstStock, againstTensorFlow],
    bars,
    notes: [webGpu, ...wrong],
    failed: wrong.length > 0,
  };
}
