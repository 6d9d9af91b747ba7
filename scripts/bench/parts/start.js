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
const titles = {
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

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measureStart(context) {
  const { browser, options, launchWith } = context;
  const [rounds, gpuRounds] = options.quick ? [3, 1] : [15, 3];
  // The browser's own first page is slower than all that follow.
  await startInTurns({ ...context, report: () => {} }, browser, onProcessor, 1);
  const starts = await startInTurns(context, browser, onProcessor, rounds);
  /** @type {string[]} */
  const notes = [];
  if (launchWith) {
    const gpuBrowser = await launchWith({ softwareWebGpu: true });
    try {
      for (const [name, own] of await startInTurns(context, gpuBrowser, onSoftwareGpu, gpuRounds))
        starts.set(name, own);
      notes.push('WebGPU is emulated on the processor here: its bytes and answers count, its times say nothing.');
    } finally {
      await gpuBrowser.close();
    }
  } else {
    notes.push('WebGPU was left out in this browser.');
  }

  const of = (/** @type {Starter} */ name) => starts.get(name) ?? [];
  const measured = [...starts.keys()];
  const stock = of('onnx-runtime-wasm')[0].logits ?? [];
  const differences = measured.flatMap((name) =>
    of(name).flatMap(({ logits }) => (logits ? [{ name, difference: largestDifference(logits, stock) }] : [])),
  );
  const wrong = differences.filter(({ difference }) => !(difference <= tolerance));
  if (stock.length !== 10) throw new Error('onnxruntime-web has given no answer to compare with.');
  for (const name of new Set(wrong.map((each) => each.name))) notes.push(`WRONG ANSWERS: ${titles[name]}`);
  if (of('element').some(({ digit }) => digit !== 7)) notes.push('WRONG ANSWERS: <digit-recognizer>');

  /** @param {Starter} name */
  const longestTasks = (name) => {
    const longest = of(name).flatMap(({ longestTask }) => longestTask ?? []);
    return longest.length > 0 ? [toFigure(`${titles[name]}: longest task over 50 ms`, 'ms', longest)] : [];
  };
  /** @type {Figure[]} */
  const figures = measured.flatMap((name) => [
    toFigure(
      `${titles[name]}: script start`,
      'ms',
      of(name).map(({ script }) => script),
    ),
    toFigure(
      `${titles[name]}: script request`,
      'ms',
      of(name).map(({ request }) => request),
    ),
    toFigure(
      `${titles[name]}: bytes, gzip`,
      'bytes',
      of(name)
        .map(({ bytes }) => bytes)
        .slice(0, 1),
    ),
    ...longestTasks(name),
  ]);
  const times = (/** @type {Starter} */ name) => of(name).map(({ script }) => script);
  const againstStock = toRatio('onnxruntime-web wasm / program', times('onnx-runtime-wasm'), times('program-wasm'));
  const againstTensorFlow = toRatio('TensorFlow.js wasm / program', times('tensorflow-wasm'), times('program-wasm'));
  /** @type {Bar[]} */
  const bars = [
    {
      name: 'start, against onnxruntime-web wasm: faster',
      unit: 'x',
      value: againstStock.median,
      relation: 'at least',
      limit: 8,
    },
    {
      name: 'start, against TensorFlow.js wasm: faster',
      unit: 'x',
      value: againstTensorFlow.median,
      relation: 'at least',
      limit: 3,
    },
    ...(options.model === 'compact'
      ? /** @type {Bar[]} */ ([
          {
            name: '<digit-recognizer>, all bytes, gzip',
            unit: 'bytes',
            value: of('element')[0].bytes,
            relation: 'at most',
            limit: 200_000,
          },
        ])
      : []),
  ];
  return {
    figures: [...figures, againstStock, againstTensorFlow],
    bars,
    notes,
    failed: notes.some((note) => note.startsWith('WRONG')),
  };
}
