/** From script start to the first prediction, in fresh, alternating contexts, and the bytes that are sent for it. */
import { sum } from 'd3-array';
import { contestants, titles, type Starter } from '../contestants.js';
import { openPage, type Context } from '../context.js';
import { toBar, toFigure, toRatio, type Bar, type Figure, type Outcome } from '../figures.js';
import { launch } from '../launch.js';
import type { StartReport, StartStep } from '../page/start/report-start.js';
import { takeTurns } from '../turns.js';

/** By how much an answer may differ from that of stock ONNX Runtime. */
const tolerance = 1e-4;

const onProcessor: Starter[] = ['element', 'pad', 'recognize', ...contestants];
const onSoftwareGpu: Starter[] = ['program-webgpu', 'onnx-runtime-webgpu'];

/** One start, with the bytes that were sent for it. */
type Start = StartReport & { readonly bytes: number };
type Starts = Partial<Record<Starter, readonly Start[]>>;

async function startOnce(context: Context, name: Starter): Promise<Start> {
  const { server, options } = context;
  server.sent.clear();
  await using page = await openPage(context, `/start/${name}/index.html?model=${options.model}`);
  const report = await page.evaluate(
    () => (globalThis as unknown as { startReport: Promise<StartReport> }).startReport,
  );
  const sent = [...server.sent].filter(
    ([path]) => report.requests.includes(path) && !(name.startsWith('element') && path.endsWith('/script.js')),
  );
  return { ...report, bytes: sum(sent, ([, bytes]) => bytes) };
}

const startInTurns = (context: Context, names: readonly Starter[], rounds: number): Promise<Starts> =>
  takeTurns(names, rounds, (name, round) => {
    context.report(`round ${round + 1} of ${rounds}: ${name}`);
    return startOnce(context, name);
  });

const entriesOf = (starts: Starts) => Object.entries(starts) as [Starter, readonly Start[]][];

/**
 * @returns a line for each that answers differently from stock ONNX Runtime, or does not read the 7
 * @throws {Error} when there is nothing to compare with
 */
function findWrongAnswers(starts: Starts): string[] {
  const stock = starts['onnx-runtime-wasm']?.[0].logits;
  if (stock?.length !== 10) throw new Error('onnxruntime-web has given no answer to compare with.');
  // The pad alone answers nothing.
  const isRight = ({ logits, digit }: Start) =>
    logits
      ? logits.every((logit, index) => Math.abs(logit - stock[index]) <= tolerance)
      : digit === undefined || digit === 7;
  return entriesOf(starts).flatMap(([name, own]) => (own.every(isRight) ? [] : [`WRONG ANSWERS: ${titles[name]}`]));
}

function toFigures(name: Starter, starts: readonly Start[]): Figure[] {
  const figure = (what: string, values: number[], unit: 'ms' | 'bytes' = 'ms') =>
    values.length > 0 ? [toFigure(`${titles[name]}: ${what}`, unit, values)] : [];
  const times = (kind: 'script' | 'request' | 'navigation') => starts.map((start) => start[kind]);
  return [
    ...figure('script start', times('script')),
    ...figure('script request', times('request')),
    ...figure('navigation', times('navigation')),
    ...figure('bytes, gzip', [starts[0].bytes], 'bytes'),
    ...figure(
      'longest task over 50 ms',
      starts.flatMap(({ longestTask }) => longestTask ?? []),
    ),
  ];
}

const stepTitles: Record<StartStep, string> = {
  fetched: 'script fetched',
  started: 'script begins',
  run: 'script run',
  rendered: 'first rendered',
  model: 'model loaded',
  ready: 'first logits',
  answered: 'answer',
};

/** The steps from the script's request to the painted answer. */
const breakdown = (name: Starter, starts: readonly Start[] = []): Figure[] =>
  (Object.keys(stepTitles) as StartStep[]).flatMap((step) => {
    const times = starts.flatMap(({ steps }) => steps[step] ?? []);
    return times.length > 0 ? [toFigure(`${titles[name]}: request to ${stepTitles[step]}`, 'ms', times)] : [];
  });

export async function measureStart(context: Context): Promise<Outcome> {
  const { options } = context;
  const [rounds, gpuRounds] = options.quick ? [3, 1] : [15, 3];
  const measured: Starter[] = options.against ? ['element-before', ...onProcessor] : onProcessor;
  // The first pages of a browser are slower than all that follow.
  await startInTurns({ ...context, report: () => {} }, measured, 1);
  const starts = await startInTurns(context, measured, rounds);
  const withGpu = !options.firefox && options.throttle === 1;
  if (withGpu) {
    await using browser = await launch(options, { softwareWebGpu: true });
    Object.assign(starts, await startInTurns({ ...context, browser }, onSoftwareGpu, gpuRounds));
  }
  const wrong = findWrongAnswers(starts);
  const ratio = (title: string, other: Starter, own: Starter, kind: 'script' | 'navigation' = 'script') => {
    const [others, ours] = [other, own].map((name) => (starts[name] ?? []).map((start) => start[kind]));
    return toRatio(title, others, ours);
  };
  const stock = ratio('onnxruntime-web wasm / program', 'onnx-runtime-wasm', 'program-wasm');
  const tensorflow = ratio('TensorFlow.js wasm / program', 'tensorflow-wasm', 'program-wasm');
  const bar = (name: string, { median }: Figure, limit: number): Bar =>
    toBar(`start, against ${name} wasm: faster`, 'x', median, 'at least', limit);
  const toAnswer = '<digit-recognizer> to the painted answer';
  return {
    figures: [
      ...entriesOf(starts).flatMap(([name, own]) => toFigures(name, own)),
      ...(['element-before', 'element', 'pad', 'recognize'] as const).flatMap((name) => breakdown(name, starts[name])),
      stock,
      tensorflow,
      ratio(`onnxruntime-web wasm / ${toAnswer}`, 'onnx-runtime-wasm', 'element'),
      ratio(`TensorFlow.js wasm / ${toAnswer}`, 'tensorflow-wasm', 'element'),
      ...(options.against
        ? [ratio('--against / this build: navigation to the painted answer', 'element-before', 'element', 'navigation')]
        : []),
    ],
    bars: [bar('onnxruntime-web', stock, 8), bar('TensorFlow.js', tensorflow, 3)],
    notes: [
      withGpu
        ? 'WebGPU is emulated on the CPU here: its bytes and answers count, its times do not.'
        : 'WebGPU was left out.',
      ...wrong,
    ],
    failed: wrong.length > 0,
  };
}
