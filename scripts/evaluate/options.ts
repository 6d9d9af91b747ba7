/** The command line of `npm run evaluate`. */
import { resolve } from 'node:path';
import { flag, oneOf, parseCommandLine, pathOf, UsageError, wholeNumber } from '../shared/command-line.js';

export const usage = `Measures the built package in a headless browser. Build it first: npm run build

Usage: npm run evaluate -- [options]

For each set it prints, side by side, the share that the product answers correctly, the share whose best guess is right
even where the product rejects it, and the share that it rejects, each with its 95 % interval.

What is read (at least one; options with FILE may be given more than once)
  --mnist               the 10,000 MNIST test images, as published (28x28), averaged over three views
  --strokes FILE        drawings with labels, as JSON lines, .jsonl or .jsonl.gz:
                        {"label":"7","strokes":[[[x,y],…],…]}, y down, in any unit
  --learning            the writers of --strokes one by one, each correcting what is read wrongly: what is right with
                        and without learning from that, by the number of corrections. --limit is one of writers;
                        with --card beside all else
  --nondigits FILE      drawings of non-digits, in the same form; any label. What is rejected is compared with the
                        digits of the same run
  --numbers FILE        whole numbers, in the same form: {"label":"1984",…}. Where all labels are single digits, numbers
                        of four digits are composed of them, each by one writer, with gaps as people leave them
                        (at most 500 numbers)
  --pictures INDEX      pictures of digits and numbers, as JSON lines {"file":"7.png","kind":"digit","label":"7"} or
                        "kind":"number", files relative to the index. A contact sheet of what was misread is written
                        to results/
  --raw FILE.json       small gray pictures of single digits as they are: {"h":16,"w":16,"labels":[…]}, and a byte per
                        pixel in FILE.u8. Also with a contact sheet
  --robustness          MNIST test images (at most 1,000) as pictures that are rotated, scaled, sheared,
                        noisy, blurred, thickened, faint and partly covered, at five strengths each
  --photographs         MNIST test images (at most 200) as synthetic photographs of ink on paper: uneven light,
                        shadows, ruled and squared paper, blue ink, pencil, tilt, blur and noise; as JPEG files
  --limit N             only N of each, evenly spread
  --card                everything for the model card, of both models, which takes a quarter of an hour or more:
                        --mnist, --calibration, --robustness (400 images), the digits of --strokes also drawn in
                        other ways (200 of them: stroke width, size, rotation, position, speed), and whatever else is
                        given. Digits are drawn on the pad unless --through says otherwise. Give files that nothing
                        was trained on; what no file is given for is left out of the card, which says so
                        Writes models/README.md and its pictures in models/figures, which also show models/*.onnx,
                        models/catalog.json and the learning curves of models/figures/*-learning.csv
  --quick               with --card: without the distorted pictures and the digits drawn in other ways, which take most
                        of its time. The card says so

How it is read
  --model NAME          compact (default) or reference; not with --card
  --backend BACKEND     wasm or webgpu (on a software adapter: right digits, meaningless times);
                        without it the package chooses
  --through WAY         recognize: drawings go to recognize(strokes) (default)
                        pad: drawings are drawn on <digit-recognizer> with pointer events (default of --card)

What comes out
  --calibration         also the expected calibration error (15 bins) and the reliability table of each set of digits
  --json FILE           also writes all figures and every answer to FILE
  --help                this text

The exit code is 1 when any run has failed, else 0.`;

/** Options that name data sets. */
export const setNames = ['strokes', 'nondigits', 'numbers', 'pictures', 'raw'] as const;

const files = { type: 'string', multiple: true, default: [] as string[] } as const;
const text = { type: 'string' } as const;

export type Options = ReturnType<typeof parseOptions>;

/**
 * @param args of the command line, after the script's name
 * @param folder that relative paths are resolved against
 * @throws {UsageError}
 */
export function parseOptions(args: string[], folder: string) {
  const { model, limit, ...values } = parseCommandLine({
    args,
    options: {
      help: flag,
      mnist: flag,
      calibration: flag,
      robustness: flag,
      photographs: flag,
      card: flag,
      quick: flag,
      learning: flag,
      strokes: files,
      nondigits: files,
      numbers: files,
      pictures: files,
      raw: files,
      limit: text,
      model: text,
      backend: { ...text, default: 'auto' },
      through: text,
      json: text,
    },
  }).values;
  const { help, card, quick, learning, mnist, robustness, photographs } = values;
  const paths = setNames.map((name) => [name, values[name].map((path) => resolve(folder, path))]);
  const sets = Object.fromEntries(paths) as Record<(typeof setNames)[number], string[]>;
  if (!help && !card && !mnist && !robustness && !photographs && Object.values(sets).flat().length === 0) {
    const options = setNames.map((name) => `--${name} FILE`);
    throw new UsageError(
      `Nothing to read: give --mnist, ${options.join(', ')}, --robustness, --photographs or --card.`,
    );
  }
  if (card && model !== undefined) throw new UsageError('--card measures both models: leave --model out.');
  if (quick && !card) throw new UsageError('--quick is for --card alone.');
  if (learning && sets.strokes.length === 0)
    throw new UsageError('--learning simulates the writers of --strokes FILE.');
  return {
    ...values,
    ...sets,
    mnist: mnist || card,
    calibration: values.calibration || card,
    robustness: robustness || (card && !quick),
    /** Samples of each set, at most. */
    limit: limit === undefined ? Infinity : wholeNumber('limit', limit, 1),
    models: card ? ['compact', 'reference'] : [model ?? 'compact'],
    backend: oneOf('backend', values.backend, ['auto', 'wasm', 'webgpu'] as const),
    through: oneOf('through', values.through ?? (card ? 'pad' : 'recognize'), ['recognize', 'pad'] as const),
    json: pathOf(folder, values.json),
  };
}
