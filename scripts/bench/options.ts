/** The command line of `npm run bench`. */
import { flag, oneOf, parseCommandLine, pathOf, UsageError } from '../shared/command-line.js';

export const usage = `Measures the built package in a headless browser, against stock onnxruntime-web and TensorFlow.js with the same
network and the same weights. Build it first: npm run build

Usage: npm run bench -- [options]

What is measured (all but the floor, unless --part is given; it may be given more than once)
  --part start          script start to the first prediction, in steps, and bytes over the wire: the tag, the pad and
                        recognize() alone, the engine alone, stock onnxruntime-web, TensorFlow.js
  --part predict        one prediction and 64: the network alone, and from strokes
  --part paint          pointer-up to the painted answer; the longest task while loading, while drawing digits, and
                        while strokes of 2,000 points are drawn
  --part draw           the longest task while strokes of 2,000 points are drawn
  --part pictures       a picture of 280 px and a photograph of 12 megapixels, from pixels to 28x28
  --part memory         one element, 50, none, and after 1,000,000 predictions
  --part throughput     the 10,000 MNIST test images, in batches of 1, 2, 7 and 64
  --part equality       the WASM program against stock onnxruntime-web: how many answers are the same bit for bit
  --part backends       the WebGPU program against the WASM program: how many digits are the same
  --floor               also the physical minimum: bytes, and multiply-adds over this machine's peak

How
  --model NAME          compact (default) or reference
  --firefox             in Firefox (FIREFOX_PATH, else firefox-esr or firefox) instead of Chromium; memory is left out
  --throttle N          with a CPU that is N times as slow: 6 is roughly a cheap phone (Chromium)
  --against FOLDER      start: also measures the tag of another built checkout, alternating
  --quick               small counts, to check that everything runs, not for reliable figures

What comes out
  --json FILE           all figures; results/bench.json without it
  --publish             also writes the comparison into README.md and demo/index.html: for an otherwise idle machine;
                        needs the parts start and predict of compact in Chromium, and not --quick
  --help                this text

The exit code is 1 when something cannot be measured or answers differ, never because of times.`;

export const partNames = [
  'start',
  'predict',
  'paint',
  'draw',
  'pictures',
  'memory',
  'throughput',
  'equality',
  'backends',
] as const;

export type Options = ReturnType<typeof parseOptions>;

/**
 * @param args of the command line, after the script's name
 * @param folder that relative paths are resolved against
 * @throws {UsageError}
 */
export function parseOptions(args: string[], folder: string) {
  const { part, model, json, throttle, against, ...flags } = parseCommandLine({
    args,
    options: {
      help: flag,
      part: { type: 'string', multiple: true, default: [] as string[] },
      floor: flag,
      model: { type: 'string', default: 'compact' },
      firefox: flag,
      throttle: { type: 'string', default: '1' },
      against: { type: 'string' },
      quick: flag,
      json: { type: 'string' },
      publish: flag,
    },
  }).values;
  const chosen = part.map((name) => oneOf('part', name, partNames));
  const { firefox, publish, quick } = flags;
  const rate = Number(throttle);
  if (!(rate >= 1 && rate <= 100)) throw new UsageError('--throttle takes a number from 1 to 100.');
  if (firefox && rate > 1) throw new UsageError('Firefox cannot be slowed down: leave --throttle or --firefox out.');
  if (firefox && chosen.includes('memory')) {
    throw new UsageError('Firefox does not report the memory of a page: leave --part memory or --firefox out.');
  }
  if (publish && (quick || firefox || model !== 'compact' || rate > 1)) {
    throw new UsageError(
      'What is published is measured in full, of compact, in Chromium: leave the other options out.',
    );
  }
  const asked = partNames.filter((name) => chosen.length === 0 || chosen.includes(name));
  if (publish && !(asked.includes('start') && asked.includes('predict'))) {
    throw new UsageError('--publish needs the parts start and predict.');
  }
  return {
    ...flags,
    parts: asked.filter((name) => !(firefox && name === 'memory')),
    model: oneOf('model', model, ['compact', 'reference'] as const),
    json: pathOf(folder, json),
    throttle: rate,
    against: pathOf(folder, against),
  };
}
