/** The network alone, and from strokes to digits: all contestants in one page, after a comparison of their answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { median } from 'd3-array';
import { caller, type Caller } from '../../call-page.js';
import { countMultiplyAdds, readLayers } from '../../network.js';
import { wasmPrograms } from '../../../src/inference/engines/wasm/wasm-programs.js';
import { root } from '../../setup.js';
import type { Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { weightEntropy } from '../entropy.js';
import { toFigure, toRatio, type Bar, type Figure, type Outcome } from '../figures.js';
import { operationsPerLoop } from '../multiply-add.js';
import type { Name } from '../page/measure.js';

/** How far the answers of TensorFlow.js may be from those of the program. */
const tolerance = 1e-4;

export const contestants: Record<Name, string> = {
  program: 'digit-recognizer, WASM program',
  onnxruntime: 'onnxruntime-web, wasm',
  tensorflow: 'TensorFlow.js, wasm',
};

const contestantNames = Object.keys(contestants) as Name[];

/** @throws {Error} when the contestants do not run the same network */
async function withMeasurePage<Result>(
  { browser, server }: Context,
  measure: (call: Caller<typeof import('../page/measure.js')>) => Promise<Result>,
): Promise<Result> {
  const page = await browser.open(`${server.origin}/measure/index.html`);
  try {
    const call = caller<typeof import('../page/measure.js')>(page);
    for (const [name, difference] of Object.entries(await call('compare', 100))) {
      if (!(difference <= tolerance)) {
        throw new Error(`${name} runs another network: its logits differ by ${difference}.`);
      }
    }
    return await measure(call);
  } finally {
    await page.close();
  }
}

/** @param times by round */
function summarize(title: string, times: Record<Name, number[][]>) {
  const medians = (name: Name) => times[name].map((round) => median(round) ?? NaN);
  const ratio = (name: Name) => toRatio(`${title}: program / ${contestants[name]}`, medians('program'), medians(name));
  const [onnxruntime, tensorflow] = [ratio('onnxruntime'), ratio('tensorflow')];
  const figures = contestantNames.map((name) => toFigure(`${title}: ${contestants[name]}`, 'ms', times[name].flat()));
  return { figures: [...figures, onnxruntime, tensorflow], onnxruntime, tensorflow };
}

/** One prediction and sixty-four. */
export function measurePredict(context: Context): Promise<Outcome> {
  const { report } = context;
  const { model, quick } = context.options;
  const samples = createDrawings(64);
  const drawings = samples.map(({ strokes }) => strokes);
  return withMeasurePage(context, async (call) => {
    const digits = await call('readDigits', model, drawings);
    const right = digits.filter((digit, index) => digit === samples[index].digit).length;
    const one = quick ? { rounds: 10, turns: 10 } : { rounds: 60, turns: 20 };
    const many = quick ? { rounds: 3, turns: 1 } : { rounds: 20, turns: 2 };
    // Once unmeasured: browsers compile again what runs often.
    await call('predict', 1, { rounds: 10, turns: 50 });
    await call('read', model, drawings, 1, { rounds: 5, turns: 20 });
    report('warm');
    const networkOne = summarize('network, 1', await call('predict', 1, one));
    report('network, 1');
    const networkMany = summarize('network, 64', await call('predict', 64, many));
    report('network, 64');
    const readOne = summarize('strokes, 1', await call('read', model, drawings, 1, one));
    report('strokes, 1');
    const readMany = summarize('strokes, 64', await call('read', model, drawings, 64, many));
    const bar = (name: string, { median: value }: Figure, limit: number): Bar => ({
      name: `one prediction, against ${name} wasm`,
      unit: 'x',
      value,
      relation: 'at most',
      limit,
    });
    return {
      figures: [networkOne, networkMany, readOne, readMany].flatMap(({ figures }) => figures),
      bars: [bar('onnxruntime-web', networkOne.onnxruntime, 1.05), bar('TensorFlow.js', networkOne.tensorflow, 1)],
      notes: [`recognize(strokes) reads ${right} of the ${samples.length} drawings as they are meant.`],
    };
  });
}

const batches = [1, 2, 7, 64];

/** MNIST's test images in batches: how many a second. */
export function measureThroughput(context: Context): Promise<Outcome> {
  const [count, parts] = context.options.quick ? [640, 2] : [10_000, 20];
  return withMeasurePage(context, async (call) => {
    await call('throughput', 64, 640, 2);
    const figures: Figure[] = [];
    for (const batch of batches) {
      const rates = await call('throughput', batch, count, parts);
      for (const name of contestantNames) {
        figures.push(toFigure(`batches of ${batch}: ${contestants[name]}`, '/s', rates[name]));
      }
      context.report(`batches of ${batch}`);
    }
    return { figures };
  });
}

/** Pictures that are compared before the bench says how far it is. */
const slice = 2500;

/** The WASM program against stock onnxruntime-web with the same file: how many answers are the same, bit for bit. */
export function measureEquality(context: Context): Promise<Outcome> {
  const count = context.options.quick ? 250 : 10_000;
  return withMeasurePage(context, async (call) => {
    const sets = [
      { kind: 'mnist', title: 'MNIST test images', pictures: count },
      { kind: 'random', title: 'random pictures', pictures: count },
      { kind: 'extreme', title: 'extreme pictures', pictures: await call('countExtremes') },
    ] as const;
    const bars: Bar[] = [];
    const notes: string[] = [];
    for (const batch of batches) {
      for (const { kind, title, pictures } of sets) {
        let value = 0;
        for (let first = 0; first < pictures; first += slice) {
          const part = await call('countEqualAnswers', kind, batch, first, Math.min(slice, pictures - first));
          value += part.equal;
          if (part.equal < part.pictures) {
            const difference = part.largestDifference;
            notes.push(`${title}, batches of ${batch}, from ${first}: logits differ by up to ${difference}`);
          }
        }
        const name = `${title}, batches of ${batch}: same bits`;
        bars.push({ name, unit: '', value, relation: 'exactly', limit: pictures });
      }
      context.report(`batches of ${batch}`);
    }
    const figures = bars.map(({ name, value }) => toFigure(name, '', [value]));
    return { figures, bars, notes, failed: notes.length > 0 };
  });
}

/** What is physically least: bytes by the entropy of the weights, time by multiply-adds over the machine's peak. */
export async function measureFloor(context: Context): Promise<Outcome> {
  const { model, quick } = context.options;
  const read = (path: string) => readFileSync(join(root, path));
  const gzip = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length;
  const network = read(`models/${model}.onnx`);
  const layers = readLayers(network);
  const tensors = layers.flatMap((layer) => ('weight' in layer ? [layer.weight, layer.bias] : []));
  const weights = weightEntropy(network, tensors);
  const script = gzip(read('dist/cdn/digit-recognizer.js'));
  const operations = countMultiplyAdds(layers);
  const measured = await withMeasurePage(context, (call) => call('measureFloor', quick ? 10 : 100, operationsPerLoop));
  const time = toFigure('one picture, WASM program', 'ms', measured.program);
  const least = (1000 * operations) / Math.max(...measured.rate);
  const bytes = (name: string, value: number) => toFigure(name, 'bytes', [value]);
  return {
    figures: [
      bytes('weights and biases, as stored', weights.bytes),
      bytes('weights and biases, zero-order entropy of the values', weights.values),
      bytes('weights and biases, zero-order entropy of their bytes by place', weights.planes),
      bytes('model file, gzip', gzip(network)),
      bytes('script, the programs in it, gzip', script),
      bytes('of it the program alone, gzip', gzip(Buffer.from(await wasmPrograms[model](), 'hex'))),
      bytes('zero-order entropy of the values, and script', weights.values + script),
      bytes('loaded: model and script', gzip(network) + script),
      toFigure('multiply-adds of one picture', '', [operations]),
      toFigure('multiply-adds of the SIMD kernel', '/s', measured.rate),
      toFigure('least time of one picture, at the highest rate seen', 'ms', [least]),
      time,
      toFigure('WASM program / least time', 'x', [time.median / least]),
    ],
    notes: [
      'What orders or groups the weights, as a scale per channel does, can bring them below their zero-order entropy.',
      'Multiply-adds are those of direct convolution in float32, four lanes, without fused multiply-add.',
    ],
  };
}
