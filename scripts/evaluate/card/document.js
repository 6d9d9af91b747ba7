/** The model card as Markdown, from what was measured. Pure. */
import { demoAccuracy, published } from './published.js';
import * as prose from './prose.js';

/** @import { Layer } from './layers.js' */
/** @import { Published } from './published.js' */
/** @import { Rejection } from '../rejection.js' */
/** @import { ConditionResult, DigitsResult, Measurement } from '../results.js' */

/**
 * What training measured of a set of images, in `catalog.json`; shares in per cent.
 * @typedef {{ images: number, accuracy: number, accuracyLow: number, accuracyHigh: number, calibrationError: number }} TrainingFigures
 *
 * @typedef {object} ModelFacts
 * @property {string} name
 * @property {string} file
 * @property {number} bytes
 * @property {number} parameters
 * @property {number} temperature
 * @property {number} leastEnergy
 * @property {{ type: string, zeros: number }} storage of the weights, `zeros` of which are left out
 * @property {readonly Layer[]} layers
 * @property {readonly string[]} runs names of the training runs whose learning curves are there
 * @property {Readonly<Record<string, TrainingFigures>>} figures by set
 * @property {Measurement} measurement
 */

/** @param {number} share 0..1 */
const percent = (share) => `${(share * 100).toFixed(2)} %`;

/** @param {number} value in per cent */
const bare = (value) => value.toFixed(2);

/** @param {number} count */
const whole = (count) => count.toLocaleString('en');

/** @param {string} name of a data set @returns {string} as part of a file's name */
export const slug = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** @param {string} name of a data set */
const called = (name) => prose.dataSets[name] ?? `\`${name}\``;

/** @param {readonly (readonly string[])[]} rows the first is the head */
const table = ([head, ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {string} text @param {string} file */
const image = (text, file) => `![${text}](figures/${file})`;

/** @param {{ accuracy: number, interval: readonly [number, number] }} result */
const accuracyCell = ({ accuracy, interval: [low, high] }) =>
  `${percent(accuracy)} (${bare(low * 100)}–${bare(high * 100)})`;

/** Accuracy and calibration error. @param {TrainingFigures | undefined} figures none where that set was not measured */
const figuresCells = (figures) =>
  figures
    ? [
        `${bare(figures.accuracy)} % (${bare(figures.accuracyLow)}–${bare(figures.accuracyHigh)})`,
        `${bare(figures.calibrationError)} %`,
      ]
    : ['–', '–'];

/** @param {Layer} layer */
function layerText({ operation, kernel, activation, shape }) {
  const channels = whole(shape[0]);
  /** @type {Record<Layer['operation'], string>} */
  const names = {
    input: '',
    convolution: `conv ${kernel.join('x')}x${channels}`,
    'max pooling': `max-pool ${kernel[0]}`,
    'global average': 'global average',
    flatten: 'flatten',
    dense: `dense ${channels}`,
  };
  return activation ? `${names[operation]} ${activation}` : names[operation];
}

/** @param {readonly ModelFacts[]} models */
function overview(models) {
  const multiplyAdds = (/** @type {ModelFacts} */ { layers }) =>
    layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  const inferTime = (/** @type {ModelFacts} */ { measurement }) => {
    const times = measurement.digits.flatMap(({ times: { infer } }) => (infer ? [infer.p50] : []));
    return times.length > 0 ? `${Math.min(...times).toPrecision(2)} ms` : '–';
  };
  const { backend, browser } = models[0].measurement;
  return [
    table([
      ['', ...models.map(({ name }) => `\`${name}\``)],
      ['what it is', ...models.map(({ name }) => prose.purposes[name] ?? '')],
      ['layers', ...models.map(({ layers }) => layers.slice(1).map(layerText).join(', '))],
      ['parameters', ...models.map(({ parameters }) => whole(parameters))],
      ['multiply-adds for a picture', ...models.map((model) => `${(multiplyAdds(model) / 1e6).toFixed(1)} million`)],
      [
        'file',
        ...models.map(
          ({ file, bytes, storage: { type, zeros } }) =>
            `[\`${file}\`](${file}), ${whole(bytes)} bytes, weights in ${prose.weightTypes[type] ?? type}` +
            (zeros > 0 ? `; ${whole(zeros)} are zero and not stored` : ''),
        ),
      ],
      ['temperature', ...models.map(({ temperature }) => String(temperature))],
      ['least energy of a digit', ...models.map(({ leastEnergy }) => String(leastEnergy))],
      [
        `one picture, on ${backend} in ${browser}: the least of the sets’ medians, on the machine that measured, ` +
          'whatever else it did',
        ...models.map(inferTime),
      ],
    ]),
    prose.expansion,
    'Every box is what a layer gives, to scale: below it what makes it, height × width × channels, and its parameters.',
    ...models.map(({ name }) => image(`Architecture of ${name}`, `${name}-architecture.svg`)),
  ];
}

/** @param {DigitsResult['through']} through */
const howRead = (through) =>
  ({
    service: 'as published, through the inference service',
    pad: 'drawn again on `<digit-recognizer>` with a pointer',
    recognize: 'through `recognize(strokes)`',
    picture: 'through `recognize(ImageData)`',
    canvas: 'painted on a canvas',
    photograph: 'as JPEG files through `recognize(Blob)`',
  })[through];

/** @param {readonly ModelFacts[]} models */
function accuracy(models) {
  const { digits, backend, browser } = models[0].measurement;
  const measured = new Set([...digits.map(({ name }) => name), ...digits.map(({ name }) => slug(name))]);
  const sets = Object.keys(models[0].figures).filter((name) => !measured.has(name));
  const ways = [...new Set(digits.map(({ name, through }) => `${called(name)}, ${howRead(through)}`))].join('; ');
  const heads = models.flatMap(({ name }) => [`\`${name}\``, `calibration error, \`${name}\``]);
  return [
    'Share of digits whose best guess is right, with its 95 % interval (Wilson), and the calibration error of the ' +
      'confidence. None of these digits was trained on, nor used to choose anything. Measured in the browser ' +
      `(${browser}, ${backend}) through the built package: ${ways}.`,
    table([
      ['', 'digits', ...heads],
      ...digits.map(({ name, total }, index) => [
        called(name),
        whole(total),
        ...models.flatMap(({ measurement: { digits: own } }) => [
          accuracyCell(own[index]),
          percent(own[index].calibration.error),
        ]),
      ]),
    ]),
    ...(sets.length > 0
      ? [
          'Measured by training, of the exported files (`catalog.json`). The sets held out of training chose the ' +
            'temperature and the least energy.',
          table([
            ['', 'digits', ...heads],
            ...sets.map((set) => [
              called(set),
              whole(models[0].figures[set].images),
              ...models.flatMap(({ figures }) => figuresCells(figures[set])),
            ]),
          ]),
        ]
      : []),
  ];
}

/** @param {readonly ModelFacts[]} models */
function comparison(models) {
  /** @type {Published[]} */
  const rows = [
    ...published,
    ...models.map(({ name, parameters, measurement }) => ({
      name: `**\`${name}\`**`,
      parameters,
      accuracy: measurement.digits[0].accuracy * 100,
      source: 'this package, measured above',
    })),
    {
      name: 'the demo that this package replaces',
      parameters: models.find(({ name }) => name === 'reference')?.parameters ?? null,
      accuracy: demoAccuracy,
      source: 'its own figure; the architecture of `reference`',
    },
  ];
  const size = (/** @type {Published} */ { parameters }) => parameters ?? Infinity;
  return [
    'MNIST’s test part, smallest network first; the figures of others as they published them. The best in ' +
      'print are made of several networks. None of these figures says how well a network reads what people draw on a screen.',
    table([
      ['network', 'parameters', 'right', 'source'],
      ...rows
        .toSorted((a, b) => size(a) - size(b) || a.accuracy - b.accuracy)
        .map(({ name, parameters, accuracy: right, source }) => [
          name,
          parameters === null ? 'not given' : whole(parameters),
          `${bare(right)} %`,
          source,
        ]),
    ]),
  ];
}

/** @param {readonly ModelFacts[]} models */
function mistakes(models) {
  const names = models.map(({ name }) => `\`${name}\``);
  return [
    'Rows are the digits drawn, columns the best guesses.',
    table([
      names,
      ...models[0].measurement.digits.map(({ name: set }) =>
        models.map(({ name }) => image(`Confusion matrix of ${name}: ${set}`, `${name}-confusion-${slug(set)}.svg`)),
      ),
    ]),
    'The mistakes that each network was most sure of, among all digits above, as the network saw them: what it is, what it ' +
      'was read as, how sure that was, and whether the product would have said that it is not sure it is a digit at all.',
    ...models.map(({ name }) => image(`Worst mistakes of ${name}`, `${name}-mistakes.svg`)),
  ];
}

/** @param {readonly ModelFacts[]} models */
const reliability = (models) => [
  prose.calibration,
  ...models.map(({ name }) => image(`Reliability diagram of ${name}`, `${name}-reliability.svg`)),
];

/** @param {readonly ModelFacts[]} models */
function nondigits(models) {
  const sets = models[0].measurement.nondigits;
  return [
    prose.rejection,
    ...sets.flatMap(({ name: set, total, comparisons }, index) => {
      const row = (/** @type {string} */ title, /** @type {(facts: ModelFacts) => string} */ cell) => [
        title,
        ...models.map(cell),
      ];
      const own = (/** @type {ModelFacts} */ { measurement }) => measurement.nondigits[index];
      /** @param {string} digits @param {(rejection: Rejection) => string} show */
      const compared = (digits, show) => (/** @type {ModelFacts} */ facts) => {
        const rejection = own(facts).comparisons.find(({ name }) => name === digits)?.rejection;
        return rejection ? show(rejection) : '–';
      };
      const digitSets = comparisons.map(({ name }) => name);
      return [
        `${whole(total)} drawings: ${called(set)}, beside the digits above.`,
        table([
          ['', ...models.map(({ name }) => `\`${name}\``)],
          row('**no digits, refused at the shipped threshold**', (facts) => `**${percent(own(facts).refused)}**`),
          ...digitSets.map((digits) =>
            row(
              `refused there of: ${called(digits)}`,
              compared(digits, ({ digitsRefused }) => percent(digitsRefused)),
            ),
          ),
          ...digitSets.map((digits) =>
            row(
              `no digits, refused where 98 % pass of: ${called(digits)}`,
              compared(digits, ({ refusedAt98 }) => percent(refusedAt98)),
            ),
          ),
          ...digitSets.map((digits) =>
            row(
              `area under the ROC curve, beside: ${called(digits)}`,
              compared(digits, ({ area }) => area.toFixed(4)),
            ),
          ),
        ]),
      ];
    }),
  ];
}

/** @param {readonly ModelFacts[]} models @param {ConditionResult['family']} family */
const conditionsOf = (models, family) =>
  models.map(({ name, measurement }) => ({
    name,
    conditions: measurement.conditions.filter((condition) => condition.family === family),
  }));

/** One table per kind. @param {{ name: string, conditions: readonly ConditionResult[] }[]} series */
function conditionTables(series) {
  const kinds = [...new Set(series[0].conditions.map(({ kind }) => kind))].filter((kind) => kind !== 'as they are');
  return kinds.map((kind) => {
    const own = series.map(({ name, conditions }) => ({
      name,
      conditions: conditions.filter((each) => each.kind === kind),
    }));
    const [{ conditions }] = own;
    return table([
      [`${kind}: ${conditions[0].unit}`, ...conditions.map(({ strength }) => String(strength))],
      ...own.map((each) => [`\`${each.name}\``, ...each.conditions.map(({ accuracy: share }) => percent(share))]),
    ]);
  });
}

/** @param {readonly ModelFacts[]} models */
function redrawn(models) {
  const series = conditionsOf(models, 'redrawn');
  const sets = models[0].measurement.digits.slice(1).map(({ name }) => `\`${name}\``);
  return [
    `${whole(series[0].conditions[0].total)} digits, evenly spread over ${sets.join(' and ')}, in each of these ways. ${prose.redrawn}`,
    image('Accuracy by stroke width, size, rotation, position and speed', 'redrawn.svg'),
    ...conditionTables(series),
  ];
}

/** @param {readonly ModelFacts[]} models */
function distorted(models) {
  const series = conditionsOf(models, 'distorted');
  const plain = series.map(({ name, conditions }) => {
    const asTheyAre = conditions.find(({ kind }) => kind === 'as they are');
    return `\`${name}\` ${asTheyAre ? percent(asTheyAre.accuracy) : '–'}`;
  });
  return [
    `${whole(series[0].conditions[0].total)} images, evenly spread over the test part, in each of these ways. ${prose.distorted} ` +
      `Enlarged but not distorted: ${plain.join(', ')}.`,
    image('Accuracy under eight kinds of distortion', 'distorted.svg'),
    ...conditionTables(series),
  ];
}

/** @param {readonly ModelFacts[]} models */
function limits(models) {
  const refusals = models.flatMap(({ name, measurement }) =>
    measurement.nondigits.map(
      ({ name: set, refused }) => `\`${name}\` takes ${percent(1 - refused)} of \`${set}\` for digits`,
    ),
  );
  return [
    [
      ...(refusals.length > 0 ? [`What is no digit is not always refused: ${refusals.join(', ')}.`] : []),
      ...prose.limits,
    ]
      .map((limit) => `- ${limit}`)
      .join('\n'),
  ];
}

/**
 * The sections that cannot be written for want of a file, and the option that gives it.
 * @param {readonly Measurement[]} measurements
 * @returns {{ title: string, option: string }[]}
 */
export function missingSections([{ digits, nondigits: others, conditions }]) {
  return [
    ...(digits.length > 1 ? [] : [{ title: 'drawn digits', option: '--strokes FILE' }]),
    ...(conditions.some(({ family }) => family === 'redrawn')
      ? []
      : [{ title: 'stroke width, size, rotation, position and speed', option: '--strokes FILE' }]),
    ...(others.length > 0 ? [] : [{ title: 'what is no digit', option: '--nondigits FILE' }]),
  ];
}

/**
 * @param {readonly ModelFacts[]} models at least one, measured on the same sets, MNIST's test part first
 * @param {string} command that makes the card
 * @returns {string} Markdown
 */
export function writeDocument(models, command) {
  const measurements = models.map(({ measurement }) => measurement);
  const missing = missingSections(measurements);
  const [{ nondigits: others, conditions }] = measurements;
  /** @type {[title: string, parts: readonly string[]][]} */
  const sections = [
    ['How well they read', accuracy(models)],
    ['Compared with others', comparison(models)],
    ['Mistakes', mistakes(models)],
    ['Whether confidence means something', reliability(models)],
    ...(others.length > 0 ? [/** @type {[string, string[]]} */ (['What is no digit', nondigits(models)])] : []),
    ...(conditions.some(({ family }) => family === 'redrawn')
      ? [/** @type {[string, string[]]} */ (['Drawn in other ways', redrawn(models)])]
      : []),
    ['Distorted pictures', distorted(models)],
    ['What they learned from', [prose.data]],
    [
      'How they learned',
      models.flatMap(({ runs }) => runs.map((run) => image(`Learning curves of ${run}`, `${run}-learning.svg`))),
    ],
    ['Limits', limits(models)],
  ];
  return `${[
    '<!-- Written by scripts/evaluate/card.js. Change that, or measure again; not this file. -->',
    '# The models',
    prose.introduction,
    ...overview(models),
    ...sections.flatMap(([title, parts]) => [`## ${title}`, ...parts]),
    '## How this card was made',
    `All figures and pictures are written by one command, after \`npm run build\`:\n\n\`\`\`sh\n${command}\n\`\`\``,
    ...(missing.length > 0
      ? [
          `Left out, since no file was given for it: ${missing.map(({ title, option }) => `${title} (\`${option}\`)`).join(', ')}.`,
        ]
      : []),
  ].join('\n\n')}\n`;
}
