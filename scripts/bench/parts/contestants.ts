/** The network alone, and from strokes to digits: all contestants in one page, once their answers are known to agree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { median } from 'd3-array';
import { wasmPrograms } from '../../../src/inference/engines/wasm/wasm-programs.js';
import { root } from '../../setup.js';
import { countMultiplyAdds, readLayers } from '../../shared/network.js';
import { contestants, titles, type Contestant } from '../contestants.js';
import { openPage, type Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { weightEntropy } from '../entropy.js';
import { toBar, toFigure, toRatio, type Bar, type Figure, type Outcome } from '../figures.js';
import { operationsPerLoop } from '../multiply-add.js';

/** By how much the logits of the contestants may differ. */
const tolerance = 1e-4;

/** @throws {Error} when the contestants do not run the same network */
async function openMeasurePage(context: Context) {
  const page = await openPage<typeof import('../page/measure.js')>(context, '/measure/');
  for (const [name, difference] of Object.entries(await page.call('compare', 100))) {
    if (!(difference <= tolerance))
      throw new Error(`${name} runs another network: its logits differ by ${difference}.`);
  }
  return page;
}

/** @param times by round */
function summarize(title: string, times: Record<Contestant, number[][]>) {
  const medians = (name: Contestant) => times[name].map((round) => median(round) ?? NaN);
  const ratio = (name: Contestant) =>
    toRatio(`${title}: program / ${titles[name]}`, medians('program-wasm'), medians(name));
  const [onnxruntime, tensorflow] = [ratio('onnx-runtime-wasm'), ratio('tensorflow-wasm')];
  const figures = contestants.map((name) => toFigure(`${title}: ${titles[name]}`, 'ms', times[name].flat()));
  return { figures: [...figures, onnxruntime, tensorflow], onnxruntime, tensorflow };
}

/** One prediction, and 64. */
export async function measurePredict(context: Context): Promise<Outcome> {
  const { report, options } = context;
  const { model, quick } = options;
  const samples = createDrawings(64);
  const drawings = samples.map(({ strokes }) => strokes);
  await using page = await openMeasurePage(context);
  const digits = await page.call('readDigits', model, drawings);
  const right = digits.filter((digit, index) => digit === samples[index].digit).length;
  const one = quick ? { rounds: 10, turns: 10 } : { rounds: 60, turns: 20 };
  const many = quick ? { rounds: 3, turns: 1 } : { rounds: 20, turns: 2 };
  // Unmeasured: browsers compile again what runs often.
  await page.call('predict', 1, { rounds: 10, turns: 50 });
  await page.call('read', model, drawings, 1, { rounds: 5, turns: 20 });
  report('warm');
  const results: ReturnType<typeof summarize>[] = [];
  for (const [title, measure] of [
    ['network, 1', () => page.call('predict', 1, one)],
    ['network, 64', () => page.call('predict', 64, many)],
    ['strokes, 1', () => page.call('read', model, drawings, 1, one)],
    ['strokes, 64', () => page.call('read', model, drawings, 64, many)],
  ] as const) {
    results.push(summarize(title, await measure()));
    report(title);
  }
  const [{ onnxruntime, tensorflow }] = results;
  const bar = (name: string, { median: value }: Figure, limit: number): Bar =>
    toBar(`one prediction, against ${name} wasm`, 'x', value, 'at most', limit);
  return {
    figures: results.flatMap(({ figures }) => figures),
    bars: [bar('onnxruntime-web', onnxruntime, 1.05), bar('TensorFlow.js', tensorflow, 1)],
    notes: [`recognize(strokes) reads ${right} of the ${samples.length} drawings right.`],
  };
}

const batches = [1, 2, 7, 64];

/** How many of MNIST's test images are read per second, in batches. */
export async function measureThroughput(context: Context): Promise<Outcome> {
  const [count, parts] = context.options.quick ? [640, 2] : [10_000, 20];
  await using page = await openMeasurePage(context);
  await page.call('throughput', 64, 640, 2);
  const figures: Figure[] = [];
  for (const batch of batches) {
    const rates = await page.call('throughput', batch, count, parts);
    for (const name of contestants) {
      figures.push(toFigure(`batches of ${batch}: ${titles[name]}`, '/s', rates[name]));
    }
    context.report(`batches of ${batch}`);
  }
  return { figures };
}

/** Pictures per call of the page. */
const slice = 2500;

/** How many answers of the WASM program are the same as those of stock onnxruntime-web, bit for bit. */
export async function measureEquality(context: Context): Promise<Outcome> {
  const count = context.options.quick ? 250 : 10_000;
  await using page = await openMeasurePage(context);
  const sets = [
    { kind: 'mnist', title: 'MNIST test images', pictures: count },
    { kind: 'random', title: 'random pictures', pictures: count },
    { kind: 'extreme', title: 'extreme pictures', pictures: await page.call('countExtremes') },
  ] as const;
  const bars: Bar[] = [];
  const notes: string[] = [];
  for (const batch of batches) {
    for (const { kind, title, pictures } of sets) {
      let value = 0;
      for (let first = 0; first < pictures; first += slice) {
        const part = await page.call('countEqualAnswers', kind, batch, first, Math.min(slice, pictures - first));
        value += part.sameBits;
        if (part.sameBits < part.pictures) {
          const difference = part.largestDifference;
          notes.push(`${title}, batches of ${batch}, from ${first}: logits differ by up to ${difference}`);
        }
      }
      bars.push(toBar(`${title}, batches of ${batch}: same bits`, '', value, 'exactly', pictures));
    }
    context.report(`batches of ${batch}`);
  }
  const figures = bars.map(({ name, value }) => toFigure(name, '', [value]));
  return { figures, bars, notes, failed: notes.length > 0 };
}

/** The physical minimum: bytes by the entropy of the weights, time by multiply-adds over the machine's peak. */
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
  await using page = await openMeasurePage(context);
  const measured = await page.call('measureFloor', quick ? 10 : 100, operationsPerLoop);
  const time = toFigure('one picture, WASM program', 'ms', measured.program);
  const least = (1000 * operations) / Math.max(...measured.rate);
  const bytes = (name: string, value: number) => toFigure(name, 'bytes', [value]);
  return {
    figures: [
      bytes('weights and biases, as stored', weights.bytes),
      bytes('weights and biases, zero-order entropy of the values', weights.values),
      bytes('weights and biases, zero-order entropy of their bytes by position', weights.planes),
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
      'Ordering or grouping the weights, such as by a scale per channel, can compress them below this entropy.',
      'Multiply-adds are those of direct convolution in float32, four lanes, without fused multiply-add.',
    ],
  };
}
