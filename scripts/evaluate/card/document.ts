/** Writes the model card as Markdown from measurements. Pure. */
import { group } from 'd3-array';
import { percent, whole, withInterval } from '../report.js';
import { shareGone } from '../learning.js';
import type { Rejection } from '../rejection.js';
import type { ConditionResult, DigitsResult, Measurement, NumbersResult } from '../results.js';
import { toShare } from '../statistics.js';
import type { LayerFacts, NetworkFacts } from './layers.js';
import * as prose from './prose.js';
import { demoAccuracy, published } from './published.js';

/** Training's measurements of a set of non-digits, in `catalog.json`; shares in percent. */
interface TrainingRefusals {
  readonly images: number;
  readonly refused: number;
}

/** Training's measurements of a set of digits. */
interface TrainingFigures extends TrainingRefusals {
  readonly right: number;
  /** Of the best guess. */
  readonly accuracy: number;
  readonly calibrationError: number;
}

export interface ModelFacts extends NetworkFacts {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly parameters: number;
  readonly temperature: number;
  readonly leastEnergy: number;
  /** Names of the training runs with learning curves. */
  readonly runs: readonly string[];
  /** By set. */
  readonly figures: Readonly<Record<string, TrainingFigures>>;
  readonly nonDigits: Readonly<Record<string, TrainingRefusals>>;
  /** How training measured these, and chose temperature and least energy. */
  readonly measuredBy: string;
  readonly measurement: Measurement;
}

type Models = readonly ModelFacts[];

/** Returns the name of a data set as part of a file name. */
export const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const called = (set: string) => prose.dataSets[set] ?? `\`${set}\``;
const code = (text: string) => `\`${text}\``;

const table = ([head, ...rows]: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const image = (text: string, file: string) => `![${text}](figures/${file})`;

const imagesOf = (models: Models, text: string, file: string) =>
  models.map(({ name }) => image(`${text} of ${name}`, `${name}-${file}.svg`));

function layerText({ name, activation, shape }: LayerFacts): string {
  const text = name
    .replace(/^conv (\d+)×(\d+)$/, `conv $1x$2x${whole(shape[0])}`)
    .replace(/^max-pool (\d+)×\d+$/, 'max-pool $1')
    .replace(/^dense$/, `dense ${whole(shape[0])}`);
  return activation ? `${text} ${activation}` : text;
}

function inferTime({ measurement }: ModelFacts): string {
  const times = measurement.digits.flatMap(({ times: { infer } }) => infer?.p50 ?? []);
  return times.length > 0 ? `${Math.min(...times).toPrecision(2)} ms` : '–';
}

function fileText({ file, bytes, storage, zeros }: ModelFacts): string {
  const left = zeros > 0 ? `; ${whole(zeros)} are zero and not stored` : '';
  return `[\`${file}\`](${file}), ${whole(bytes)} bytes, weights in ${prose.weightTypes[storage] ?? storage}${left}`;
}

function overview(models: Models): string[] {
  const { backend, browser } = models[0].measurement;
  const row = (title: string, cell: (model: ModelFacts) => string) => [title, ...models.map(cell)];
  return [
    table([
      row('', ({ name }) => code(name)),
      row('purpose', ({ name }) => prose.purposes[name] ?? ''),
      row('layers', ({ layers }) => layers.slice(1).map(layerText).join(', ')),
      row('parameters', ({ parameters }) => whole(parameters)),
      row('multiply-adds per picture', ({ multiplyAdds }) => `${(multiplyAdds / 1e6).toFixed(1)} million`),
      row('file', fileText),
      row('temperature', ({ temperature }) => String(temperature)),
      row('least energy of a digit', ({ leastEnergy }) => String(leastEnergy)),
      row(`one picture, on ${backend} in ${browser}: the lowest median of the sets`, inferTime),
    ]),
    prose.expansion,
    'Every box is the output of a layer, to scale; below it the layer, height × width × channels, and its parameters.',
    ...imagesOf(models, 'Architecture', 'architecture'),
  ];
}

const howRead: Record<DigitsResult['through'], string> = {
  service: 'as published, through the inference service',
  pad: 'redrawn on `<digit-recognizer>` with a pointer',
  numberPad: 'redrawn on `<digit-recognizer multiple>` with a pointer',
  recognize: 'through `recognize(strokes)`',
  recognizeAll: 'through `recognizeAll(strokes)`',
  picture: 'through `recognize(ImageData)`',
  canvas: 'painted on a canvas',
  numberCanvas: 'painted on a canvas, through `recognizeAll(canvas)`',
  photograph: 'as JPEG files through `recognize(Blob)`',
  file: 'through `recognize(Blob)`',
  numberFile: 'through `recognizeAll(Blob)`',
};

/** Right, best guess and refused, side by side. */
const shares = ({ right, guessed, refused }: Pick<NumbersResult, 'right' | 'guessed' | 'refused'>) =>
  [right, guessed, refused].map(withInterval);

const shareHeads = ['right', 'best guess', 'refused'];

const ofImages = (images: number, percentage: number) =>
  withInterval(toShare(Math.round((images * percentage) / 100), images));

/** Training's measurements: every set in full, even those measured here, perhaps in part. */
function trainingTables(models: Models): string[] {
  const tables = models.map(({ name, figures }) =>
    table([
      [`${code(name)}, by training`, 'digits', ...shareHeads, 'calibration error'],
      ...Object.entries(figures).map(([set, { images, right, accuracy: guessed, refused, calibrationError }]) => [
        called(set),
        whole(images),
        ...[right, guessed, refused].map((share) => ofImages(images, share)),
        percent(calibrationError / 100),
      ]),
    ]),
  );
  return [`Measured by training, of the exported files (\`catalog.json\`): ${models[0].measuredBy}.`, ...tables];
}

/** Training's measurements of non-digits. */
const trainingRefusals = (models: Models) => [
  'Refused of the data held out from training, measured by training (`catalog.json`), except what anyone would call a digit:',
  table([
    ['', 'drawings', ...models.map(({ name }) => code(name))],
    ...Object.entries(models[0].nonDigits).map(([set, { images }]) => [
      called(set),
      whole(images),
      ...models.map(({ nonDigits }) => ofImages(images, nonDigits[set].refused)),
    ]),
  ]),
];

function accuracy(models: Models): string[] {
  const { digits, numbers, backend, browser } = models[0].measurement;
  const sets = [...digits, ...numbers].map(({ name, through }) => `${called(name)}, ${howRead[through]}`);
  return [
    '“Right” counts what the product answers: a refused digit is not right, nor is a number with a refused digit. ' +
      '“Best guess” counts what it would have answered. Each with its 95 % interval (Wilson). None of these digits were ' +
      'used for training or for choosing anything. Measured in the browser ' +
      `(${browser}, ${backend}) through the built package: ${[...new Set(sets)].join('; ')}.`,
    ...models.flatMap(({ name, measurement }) => [
      table([
        [code(name), 'digits', ...shareHeads, 'calibration error'],
        ...measurement.digits.map((set) => [
          called(set.name),
          whole(set.total),
          ...shares(set),
          percent(set.calibration.error),
        ]),
      ]),
      ...(measurement.numbers.length > 0
        ? [
            table([
              [`${code(name)}, whole numbers`, 'numbers', ...shareHeads],
              ...measurement.numbers.map((set) => [
                `${called(set.name)}, ${howRead[set.through]}`,
                whole(set.total),
                ...shares(set),
              ]),
            ]),
          ]
        : []),
    ]),
    ...trainingTables(models),
  ];
}

function comparison(models: Models): string[] {
  const rows = [
    ...published,
    ...models.map(({ name, parameters, measurement }) => ({
      name: `**\`${name}\`**`,
      parameters,
      accuracy: measurement.digits[0].guessed.share * 100,
      source: 'this package, measured above',
    })),
    {
      name: 'the demo that this package replaces',
      parameters: models.find(({ name }) => name === 'reference')?.parameters ?? null,
      accuracy: demoAccuracy,
      source: 'its own figure; the architecture of `reference`',
    },
  ];
  const size = ({ parameters }: { parameters: number | null }) => parameters ?? Infinity;
  return [
    'MNIST’s test part, best guesses, smallest network first; the figures of others as published. The best ' +
      'published results are from ensembles. None of these figures says how well a network reads what people draw on a ' +
      'screen.',
    table([
      ['network', 'parameters', 'best guess right', 'source'],
      ...rows
        .toSorted((a, b) => size(a) - size(b) || a.accuracy - b.accuracy)
        .map(({ name, parameters, accuracy: right, source }) => [
          name,
          parameters === null ? 'not given' : whole(parameters),
          `${right.toFixed(2)} %`,
          source,
        ]),
    ]),
  ];
}

const mistakes = (models: Models) => [
  'Rows are the digits drawn, columns the best guesses.',
  table([
    models.map(({ name }) => code(name)),
    ...models[0].measurement.digits.map(({ name: set }) =>
      models.map(({ name }) => image(`Confusion matrix of ${name}: ${set}`, `${name}-confusion-${slug(set)}.svg`)),
    ),
  ]),
  'The most confident wrong guesses of each network, among all digits above but those of pictures, as the network saw them: the digit, the ' +
    'guess, its confidence, and whether the product refuses to answer.',
  ...imagesOf(models, 'Worst mistakes', 'mistakes'),
  'The digits that the product refuses, the worst refusals first: those that it would have read right, the most confident first.',
  ...imagesOf(models, 'Worst refusals', 'refused'),
];

function nondigits(models: Models): string[] {
  const sets = models[0].measurement.nondigits;
  return [
    prose.rejection,
    ...sets.flatMap(({ name: set, total, comparisons }, index) => {
      const row = (title: string, cell: (model: ModelFacts) => string) => [title, ...models.map(cell)];
      const compared = (digits: string, show: (rejection: Rejection) => string) => (model: ModelFacts) => {
        const own = model.measurement.nondigits[index].comparisons.find(({ name }) => name === digits)?.rejection;
        return own ? show(own) : '–';
      };
      const rows = (title: string, show: (rejection: Rejection) => string) =>
        comparisons.map(({ name }) => row(`${title}: ${called(name)}`, compared(name, show)));
      return [
        `${whole(total)} drawings: ${called(set)}, compared with the digits above.`,
        table([
          row('', ({ name }) => code(name)),
          row(
            '**non-digits, refused at the shipped threshold**',
            ({ measurement }) => `**${withInterval(measurement.nondigits[index].refused)}**`,
          ),
          ...rows('digits refused at that threshold', ({ digitsRefused }) => percent(digitsRefused)),
          ...rows('non-digits, refused if 98 % of the digits pass', ({ refusedAt98 }) => percent(refusedAt98)),
          ...rows('area under the ROC curve, digits', ({ area }) => area.toFixed(4)),
        ]),
      ];
    }),
    ...trainingRefusals(models),
  ];
}

function learned(models: Models): string[] {
  return [
    prose.learned,
    table([
      [
        'model, set',
        'writers',
        'digits',
        'right without learning',
        'right with learning',
        'wrong answers removed',
        'writers with no fewer right answers',
      ],
      ...models.flatMap(({ name, measurement }) =>
        measurement.learning.map((set) => [
          `${code(name)}, ${called(set.name)}`,
          whole(set.writers),
          whole(set.total),
          percent(set.without / set.total),
          percent(set.with / set.total),
          percent(shareGone(set)),
          withInterval(toShare(set.notWorse, set.writers)),
        ]),
      ),
    ]),
    ...imagesOf(models, 'Right answers by previous corrections', 'learned'),
  ];
}

const conditionsOf = ({ measurement }: ModelFacts, family: ConditionResult['family']) =>
  measurement.conditions.filter((condition) => condition.family === family);

/** One table per kind: right best guesses. */
function conditionTables(models: Models, family: ConditionResult['family']): string[] {
  const kinds = group(conditionsOf(models[0], family), ({ kind }) => kind);
  return [...kinds]
    .filter(([kind]) => kind !== 'as they are')
    .map(([kind, conditions]) =>
      table([
        [`${kind}: ${conditions[0].unit}`, ...conditions.map(({ strength }) => String(strength))],
        ...models.map((model) => [
          code(model.name),
          ...conditionsOf(model, family)
            .filter((each) => each.kind === kind)
            .map(({ guessed }) => percent(guessed.share)),
        ]),
      ]),
    );
}

function redrawn(models: Models): string[] {
  const sets = models[0].measurement.digits.filter(({ through }) => through === 'pad' || through === 'recognize');
  const total = whole(conditionsOf(models[0], 'redrawn')[0].total);
  return [
    `Right best guesses of ${total} digits, evenly spread over ${sets.map(({ name }) => code(name)).join(' and ')}, ` +
      `in each condition. ${prose.redrawn}`,
    image('Right best guesses by stroke width, size, rotation, position and speed', 'redrawn.svg'),
    ...conditionTables(models, 'redrawn'),
  ];
}

function distorted(models: Models): string[] {
  const plain = models.map((model) => {
    const own = conditionsOf(model, 'distorted').find(({ kind }) => kind === 'as they are');
    return `${code(model.name)} ${own ? percent(own.guessed.share) : '–'}`;
  });
  return [
    `Right best guesses of ${whole(conditionsOf(models[0], 'distorted')[0].total)} images, evenly spread over ` +
      `the test part, in each condition. ${prose.distorted} Enlarged but not distorted: ${plain.join(', ')}.`,
    image('Right best guesses under eight kinds of distortion', 'distorted.svg'),
    ...conditionTables(models, 'distorted'),
  ];
}

function limits(models: Models): string[] {
  const taken = models.flatMap(({ name, measurement }) =>
    measurement.nondigits.map(
      ({ name: set, refused }) => `\`${name}\` takes ${percent(1 - refused.share)} of \`${set}\` for digits`,
    ),
  );
  const lines = [
    ...(taken.length > 0 ? [`Non-digits are not always refused: ${taken.join(', ')}.`] : []),
    ...prose.limits,
  ];
  return [lines.map((line) => `- ${line}`).join('\n')];
}

/** Returns the sections that cannot be written, with the options that they need. */
export function missingSections([{ digits, nondigits: others, learning, conditions }]: readonly Measurement[]) {
  const has = (wanted: ConditionResult['family']) => conditions.some(({ family }) => family === wanted);
  return [
    { has: digits.length > 1, title: 'drawn digits', option: '--strokes FILE' },
    {
      has: has('redrawn'),
      title: 'stroke width, size, rotation, position and speed',
      option: '--strokes FILE without --quick',
    },
    { has: has('distorted'), title: 'distorted pictures', option: '--card without --quick' },
    { has: learning.length > 0, title: 'learning from corrections', option: '--learning' },
    { has: others.length > 0, title: 'drawings of other things', option: '--nondigits FILE' },
  ].flatMap(({ has, ...section }) => (has ? [] : [section]));
}

/**
 * @param models at least one, measured on the same sets, MNIST's test part first
 * @param command the one that makes the card
 * @returns Markdown
 */
export function writeDocument(models: Models, command: string): string {
  const measurements = models.map(({ measurement }) => measurement);
  const missing = missingSections(measurements).map(({ title, option }) => `${title} (\`${option}\`)`);
  const sections: (readonly [title: string, parts: () => readonly string[], has?: boolean])[] = [
    ['Accuracy', () => accuracy(models)],
    ['Comparison with others', () => comparison(models)],
    ['Mistakes and refusals', () => mistakes(models)],
    ['Calibration', () => [prose.calibration, ...imagesOf(models, 'Reliability diagram', 'reliability')]],
    ['Non-digits', () => nondigits(models)],
    ['Learning from corrections', () => learned(models), models[0].measurement.learning.length > 0],
    ['Redrawn', () => redrawn(models), conditionsOf(models[0], 'redrawn').length > 0],
    ['Distorted pictures', () => distorted(models), conditionsOf(models[0], 'distorted').length > 0],
    ['Training data', () => [prose.data]],
    [
      'Learning curves',
      () => [
        prose.learning,
        ...models.flatMap(({ runs }) => runs.map((run) => image(`Learning curves of ${run}`, `${run}-learning.svg`))),
      ],
    ],
    ['Limits', () => limits(models)],
  ];
  return `${[
    '<!-- Generated by scripts/evaluate/card.ts. Do not edit: change that, or measure again. -->',
    '# The models',
    prose.introduction,
    ...overview(models),
    ...sections.flatMap(([title, parts, has = true]) => (has ? [`## ${title}`, ...parts()] : [])),
    '## How this card was made',
    `One command writes all figures and pictures, after \`npm run build\`:\n\n\`\`\`sh\n${command}\n\`\`\``,
    ...(missing.length > 0 ? [`Left out, with the options needed: ${missing.join(', ')}.`] : []),
  ].join('\n\n')}\n`;
}
