/** From script start to the first prediction, in fresh contexts by turns; and what goes over the wire for it. */
import type { BenchBrowser } from '../browsers.js';
import type { Context } from '../context.js';
import { toFigure, toRatio, type Bar, type Figure, type Outcome } from '../figures.js';
import type { StartReport, StartStep } from '../page/start/report-start.js';
import type { Starter } from '../pages.js';
import { rotate } from '../turns.js';

/** How far an answer may be from that of stock ONNX Runtime. */
const tolerance = 1e-4;

export const startTitles: Record<Starter, string> = {
  element: '<digit-recognizer>, to the painted answer',
  'program-wasm': 'digit-recognizer, WASM program',
  'onnx-runtime-wasm': 'onnxruntime-web, wasm',
  'tensorflow-wasm': 'TensorFlow.js, wasm',
  'program-webgpu': 'digit-recognizer, WebGPU program (software)',
  'onnx-runtime-webgpu': 'onnxruntime-web, webgpu (software)',
  'element-before': '<digit-recognizer> of --against, to the painted answer',
  pad: '<digit-pad> alone, to the painted ink',
  recognize: 'recognize() alone',
};

const onProcessor: Starter[] = ['element', 'pad', 'recognize', 'program-wasm', 'onnx-runtime-wasm', 'tensorflow-wasm'];
const onSoftwareGpu: Starter[] = ['program-webgpu', 'onnx-runtime-webgpu'];

/** One start, with the bytes that were sent for it. */
type Start = StartReport & { readonly bytes: number };
type Starts = Map<Starter, Start[]>;

async function startOnce({ server, options }: Context, browser: BenchBrowser, name: Starter): Promise<Start> {
  server.takeSent();
  const page = await browser.open(`${server.origin}/start/${name}/index.html?model=${options.model}`);
  try {
    const reported = await page.evaluate(
      () => (globalThis as unknown as { startReport: Promise<StartReport> }).startReport,
      undefined,
    );
    const own = [...server.takeSent()].filter(
      ([path]) => !path.endsWith('.html') && !(name.startsWith('element') && path.endsWith('/script.js')),
    );
    return { ...(reported as StartReport), bytes: own.reduce((sum, [, bytes]) => sum + bytes, 0) };
  } finally {
    await page.close();
  }
}

/** By round. */
async function startInTurns(
  context: Context,
  browser: BenchBrowser,
  names: readonly Starter[],
  rounds: number,
): Promise<Starts> {
  const starts: Starts = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of rotate(names, round)) starts.get(name)?.push(await startOnce(context, browser, name));
    context.report(`round ${round + 1} of ${rounds}`);
  }
  return starts;
}

/**
 * @returns a line for each that answers otherwise than stock ONNX Runtime, or does not read the 7
 * @throws {Error} when there is nothing to compare with
 */
function findWrongAnswers(starts: Starts): string[] {
  const stock = starts.get('onnx-runtime-wasm')?.[0].logits;
  if (stock?.length !== 10) throw new Error('onnxruntime-web has given no answer to compare with.');
  // The pad alone answers nothing.
  const isRight = ({ logits, digit }: Start) =>
    logits
      ? logits.every((logit, index) => Math.abs(logit - stock[index]) <= tolerance)
      : digit === undefined || digit === 7;
  return [...starts].flatMap(([name, own]) => (own.every(isRight) ? [] : [`WRONG ANSWERS: ${startTitles[name]}`]));
}

function toFigures(name: Starter, starts: readonly Start[]): Figure[] {
  const title = startTitles[name];
  const longest = starts.flatMap(({ longestTask }) => longestTask ?? []);
  const times = (kind: 'script' | 'request' | 'navigation') => starts.map((start) => start[kind]);
  return [
    toFigure(`${title}: script start`, 'ms', times('script')),
    toFigure(`${title}: script request`, 'ms', times('request')),
    toFigure(`${title}: navigation`, 'ms', times('navigation')),
    toFigure(`${title}: bytes, gzip`, 'bytes', [starts[0].bytes]),
    ...(longest.length > 0 ? [toFigure(`${title}: longest task over 50 ms`, 'ms', longest)] : []),
  ];
}

const stepTitles: Record<StartStep, string> = {
  fetched: 'script fetched',
  started: 'script begins',
  run: 'script run',
  rendered: 'first rendered',
  model: 'model there',
  ready: 'first logits',
  answered: 'answer',
};

/** The way from the script's request to the painted answer, for what draws. */
const breakdown = (name: Starter, starts: readonly Start[]): Figure[] =>
  (Object.keys(stepTitles) as StartStep[]).flatMap((step) => {
    const times = starts.flatMap(({ steps }) => steps[step] ?? []);
    return times.length > 0 ? [toFigure(`${startTitles[name]}: request to ${stepTitles[step]}`, 'ms', times)] : [];
  });

export async function measureStart(context: Context): Promise<Outcome> {
  const { browser, options, launch } = context;
  const [rounds, gpuRounds] = options.quick ? [3, 1] : [15, 3];
  // The browser's own first page is slower than all that follow.
  const measured: Starter[] = options.against ? ['element-before', ...onProcessor] : onProcessor;
  await startInTurns({ ...context, report: () => {} }, browser, measured, 1);
  const starts = await startInTurns(context, browser, measured, rounds);
  if (!options.firefox && options.throttle === 1) {
    const gpuBrowser = await launch({ softwareWebGpu: true });
    try {
      const onGpu = await startInTurns(context, gpuBrowser, onSoftwareGpu, gpuRounds);
      for (const [name, own] of onGpu) starts.set(name, own);
    } finally {
      await gpuBrowser.close();
    }
  }
  const wrong = findWrongAnswers(starts);
  const webGpu =
    options.firefox || options.throttle > 1
      ? 'WebGPU was left out.'
      : 'WebGPU is emulated on the processor here: its bytes and answers count, its times say nothing.';
  const times = (name: Starter) => starts.get(name)?.map(({ script }) => script) ?? [];
  const against = (name: string, other: Starter) =>
    toRatio(`${name} wasm / program`, times(other), times('program-wasm'));
  const stock = against('onnxruntime-web', 'onnx-runtime-wasm');
  const tensorflow = against('TensorFlow.js', 'tensorflow-wasm');
  const tag = (name: string, other: Starter) =>
    toRatio(`${name} wasm / <digit-recognizer> to the painted answer`, times(other), times('element'));
  const tagStock = tag('onnxruntime-web', 'onnx-runtime-wasm');
  const tagTensorflow = tag('TensorFlow.js', 'tensorflow-wasm');
  const navigations = (name: Starter) => starts.get(name)?.map(({ navigation }) => navigation) ?? [];
  const before = options.against
    ? [
        toRatio(
          '--against / this build: navigation to the painted answer',
          navigations('element-before'),
          navigations('element'),
        ),
      ]
    : [];
  const bar = (name: string, { median }: Figure, limit: number): Bar => ({
    name: `start, against ${name} wasm: faster`,
    unit: 'x',
    value: median,
    relation: 'at least',
    limit,
  });
  return {
    figures: [
      ...[...starts].flatMap(([name, own]) => toFigures(name, own)),
      ...(['element-before', 'element', 'pad', 'recognize'] as const).flatMap((name) =>
        breakdown(name, starts.get(name) ?? []),
      ),
      stock,
      tensorflow,
      tagStock,
      tagTensorflow,
      ...before,
    ],
    bars: [bar('onnxruntime-web', stock, 8), bar('TensorFlow.js', tensorflow, 3)],
    notes: [webGpu, ...wrong],
    failed: wrong.length > 0,
  };
}
