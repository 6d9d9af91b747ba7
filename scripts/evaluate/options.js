/** The command line of `npm run evaluate`. */
import { resolve } from 'node:path';
import { parseCommandLine, UsageError } from '../command-line.js';

export const usage = `Measures the built package in a headless browser. Build it first: npm run build

Usage: npm run evaluate -- [options]

What is read (at least one; --strokes may be given more than once)
  --mnist               the 10,000 MNIST test images, through the inference service
  --strokes FILE        drawings with labels, as JSON lines, .jsonl or .jsonl.gz:
                        {"label":"7","strokes":[[[x,y],…],…]}, y down, in any unit
  --nondigits FILE      drawn things that are no digits, in the same form; any label. What is refused is compared
                        with the digits of the same run. May be given more than once
  --numbers FILE        numbers of four digits, composed of the digits of a file such as --strokes takes, each
                        number by one writer, with gaps as people leave them: the share that is wholly right
                        (500 numbers, or --limit). May be given more than once
  --robustness          MNIST test images (1,000, or --limit) as pictures that are turned, scaled, sheared,
                        noisy, blurred, thickened, faint and partly covered, at five strengths each
  --photographs         MNIST test images (200, or --limit) as photographs of ink on paper, made up: uneven light,
                        shadows, ruled and squared paper, blue ink, pencil, tilt, blur and noise; as JPEG files
  --limit N             only N of each, evenly spread
  --card                everything for the model card, of both models, which takes a quarter of an hour or more:
                        --mnist, --calibration, --robustness (400 images), the digits of --strokes also drawn in
                        other ways (200 of them: stroke width, size, rotation, position, speed), and the
                        --nondigits. Digits are drawn on the pad unless --through says otherwise. Give files that
                        nothing was trained on; what no file is given for is left out of the card, which says so

How it is read
  --model NAME          compact (default) or reference; not with --card
  --backend BACKEND     wasm or webgpu (on a software adapter: right digits, meaningless times);
                        without it the package chooses
  --through WAY         recognize: drawings go to recognize(strokes) (default)
                        pad: drawings are drawn on <digit-recognizer> with pointer events (default of --card)

What comes out
  --calibration         also the expected calibration error (15 bins) and the reliability table of each set of digits
  --json FILE           also writes all figures and every answer to FILE
  --card                writes models/README.md and its pictures in models/figures, which also show models/*.onnx,
                        models/catalog.json and the learning curves of models/figures/*-learning.csv
  --help                this text

The exit code is 1 when any run has failed, else 0.`;

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {boolean} mnist
 * @property {string[]} strokes absolute paths
 * @property {string[]} nondigits absolute paths
 * @property {string[]} numbers absolute paths
 * @property {boolean} calibration
 * @property {boolean} robustness
 * @property {boolean} photographs
 * @property {boolean} card
 * @property {number} limit most samples of each data set; Infinity for all
 * @property {readonly string[]} models measured one after the other
 * @property {'auto' | 'wasm' | 'webgpu'} backend
 * @property {'recognize' | 'pad'} through
 * @property {string | null} json absolute path
 */

/**
 * @template {string} Choice
 * @param {string} option
 * @param {string} value
 * @param {readonly Choice[]} choices
 * @returns {Choice}
 */
function oneOf(option, value, choices) {
  const choice = choices.find((each) => each === value);
  if (!choice) throw new UsageError(`--${option} must be ${choices.join(' or ')}, not "${value}".`);
  return choice;
}

/** @param {string | undefined} value */
function parseLimit(value) {
  if (value === undefined) return Infinity;
  if (!/^[1-9]\d*$/.test(value)) throw new UsageError(`--limit must be a whole number from 1, not "${value}".`);
  return Number(value);
}

/**
 * @param {string[]} args the command line without node and the script
 * @param {string} folder that relative paths count from
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(args, folder) {
  const values = parseCommandLine({
    args,
    options: {
      help: { type: 'boolean', default: false },
      mnist: { type: 'boolean', default: false },
      strokes: { type: 'string', multiple: true, default: [] },
      nondigits: { type: 'string', multiple: true, default: [] },
      numbers: { type: 'string', multiple: true, default: [] },
      calibration: { type: 'boolean', default: false },
      robustness: { type: 'boolean', default: false },
      photographs: { type: 'boolean', default: false },
      card: { type: 'boolean', default: false },
      limit: { type: 'string' },
      model: { type: 'string' },
      backend: { type: 'string', default: 'auto' },
      through: { type: 'string' },
      json: { type: 'string' },
    },
  }).values;
  const { help, card } = values;
  const files = values.strokes.length + values.nondigits.length + values.numbers.length;
  if (!help && !card && !values.mnist && !values.robustness && !values.photographs && files === 0) {
    throw new UsageError(
      'Nothing to read: give --mnist, --strokes FILE, --nondigits FILE, --numbers FILE, --robustness, --photographs or --card.',
    );
  }
  if (card && values.model !== undefined) throw new UsageError('--card measures both models: leave --model out.');
  return {
    help,
    card,
    mnist: values.mnist || card,
    strokes: values.strokes.map((path) => resolve(folder, path)),
    nondigits: values.nondigits.map((path) => resolve(folder, path)),
    numbers: values.numbers.map((path) => resolve(folder, path)),
    calibration: values.calibration || card,
    robustness: values.robustness || card,
    photographs: values.photographs,
    limit: parseLimit(values.limit),
    models: card ? ['compact', 'reference'] : [values.model ?? 'compact'],
    backend: oneOf('backend', values.backend, /** @type {const} */ (['auto', 'wasm', 'webgpu'])),
    through: oneOf(
      'through',
      values.through ?? (card ? 'pad' : 'recognize'),
      /** @type {const} */ (['recognize', 'pad']),
    ),
    json: values.json === undefined ? null : resolve(folder, values.json),
  };
}
