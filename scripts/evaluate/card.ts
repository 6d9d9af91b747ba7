/** Writes the model card, models/README.md and its figures, from measurements, the models and their learning curves. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from '../command-line.js';
import { root } from '../setup.js';
import { pool } from './calibration.js';
import { drawArchitecture } from './card/architecture.js';
import {
  drawConditions,
  drawConfusion,
  drawLearned,
  drawLearning,
  drawReliability,
  parseHistory,
} from './card/charts.js';
import { drawContactSheet, worstMistakes, worstRefusals } from './card/contact-sheet.js';
import { missingSections, slug, writeDocument, type ModelFacts } from './card/document.js';
import { describeNetwork, type NetworkFacts } from './card/layers.js';
import { setNames, type Options } from './options.js';
import type { ConditionResult, Measurement } from './results.js';

const modelsFolder = join(root, 'models');
const figuresFolder = join(modelsFolder, 'figures');

/** How many mistakes, and refusals, are shown at most. */
const shown = 50;

/** What is known of a model before it is measured. */
export type Description = Omit<ModelFacts, 'measurement'>;

type CatalogModel = Omit<Description, keyof NetworkFacts | 'runs' | 'measuredBy'> & { sha256: string };
type Catalog = typeof import('../../src/model/catalog.js');
type Figure = readonly [file: string, svg: string];

/**
 * Describes the models. To be called before measuring, which takes long.
 * @throws {Error} when a model is not described, or the built package has another one
 */
export async function describeModels(names: readonly string[]): Promise<Description[]> {
  ensureBuilt();
  const { catalog } = (await import(pathToFileURL(join(root, 'dist/model/catalog.js')).href)) as Catalog;
  const built: Readonly<Record<string, { sha256: string }>> = catalog;
  const { models, measuredBy } = JSON.parse(readFileSync(join(modelsFolder, 'catalog.json'), 'utf8')) as {
    models: CatalogModel[];
    measuredBy: string;
  };
  return names.map((name) => {
    const described = models.find((each) => each.name === name);
    if (!described) throw new Error(`models/catalog.json does not describe the model "${name}".`);
    const file = readFileSync(join(modelsFolder, described.file));
    if (createHash('sha256').update(file).digest('hex') !== described.sha256) {
      throw new Error(`models/${described.file} is not the file that models/catalog.json describes.`);
    }
    if (built[name]?.sha256 !== described.sha256) {
      throw new Error(`The built package has another model "${name}" than models/. Run: npm run build`);
    }
    const runs = readdirSync(figuresFolder)
      .filter((each) => new RegExp(`^${name}(-.+)?-learning\\.csv$`).test(each))
      .map((each) => each.replace(/-learning\.csv$/, ''))
      .sort();
    return { ...described, ...describeNetwork(file), runs, measuredBy };
  });
}

/** Draws the figures of one model. */
function drawModel({ name, layers, runs, measurement }: ModelFacts): Figure[] {
  const { digits } = measurement;
  // Other people's pictures are used for measuring, but not shown.
  const drawings = digits.filter(({ through }) => through !== 'file' && through !== 'picture');
  const mistakes = drawings.reduce((sum, { total, guessed }) => sum + total - guessed.count, 0);
  const refusals = drawings.reduce((sum, { refused }) => sum + refused.count, 0);
  const sheet = (title: string, total: number, choose: typeof worstMistakes) =>
    drawContactSheet(
      `${name}: the worst ${Math.min(shown, total)} of ${total} ${title}`,
      choose({ ...measurement, digits: drawings }, shown),
    );
  const [mnist, ...drawn] = drawings;
  const pooled = {
    name: `drawn digits, ${drawn.length} ${drawn.length === 1 ? 'set' : 'sets'}`,
    calibration: pool(drawn.map((each) => each.calibration)),
  };
  return [
    [`${name}-architecture.svg`, drawArchitecture(name, layers)],
    ...digits.map((set): Figure => [
      `${name}-confusion-${slug(set.name)}.svg`,
      drawConfusion(`${name}: ${set.name}`, set),
    ]),
    [`${name}-mistakes.svg`, sheet('mistakes', mistakes, worstMistakes)],
    [`${name}-refused.svg`, sheet('refused digits', refusals, worstRefusals)],
    [
      `${name}-reliability.svg`,
      drawReliability(`${name}: confidence and accuracy`, [mnist, ...(drawn.length > 0 ? [pooled] : [])]),
    ],
    ...(measurement.learning.length > 0
      ? [[`${name}-learned.svg`, drawLearned(`${name}: right answers`, measurement.learning)] as const]
      : []),
    ...runs.map((run): Figure => {
      const history = parseHistory(readFileSync(join(figuresFolder, `${run}-learning.csv`), 'utf8'));
      return [`${run}-learning.svg`, drawLearning(run, history)];
    }),
  ];
}

/** Draws the figures that compare all models. */
function drawConditionFigures(measurements: readonly Measurement[]): Figure[] {
  const draw = (family: ConditionResult['family'], title: string, columns: number): Figure[] => {
    const series = measurements.map(({ model, conditions }) => ({
      name: model,
      conditions: conditions
        .filter((each) => each.family === family && each.kind !== 'as they are')
        .map(({ kind, unit, strength, guessed }) => ({ kind, unit, strength, share: guessed })),
    }));
    return series[0].conditions.length > 0 ? [[`${family}.svg`, drawConditions(title, series, columns)]] : [];
  };
  return [
    ...draw('distorted', 'MNIST test images, distorted', 4),
    ...draw('redrawn', 'Drawn digits, drawn in other ways', 3),
  ];
}

/** The command that reproduces the card, with files by name only. */
function commandOf({ learning, quick, limit, through, backend, ...options }: Options): string {
  const files = setNames.flatMap((option) => options[option].map((path) => `--${option} ${basename(path)}`));
  return [
    'npm run evaluate -- --card',
    ...files,
    ...(learning ? ['--learning'] : []),
    ...(quick ? ['--quick'] : []),
    ...(limit < Infinity ? [`--limit ${limit}`] : []),
    ...(through === 'pad' ? [] : [`--through ${through}`]),
    ...(backend === 'auto' ? [] : [`--backend ${backend}`]),
  ].join(' ');
}

/**
 * @param measurements of the same models, on the same sets, MNIST's test part first
 * @param options of the evaluation
 * @returns what was written and what was left out, in words
 */
export function writeCard(
  descriptions: readonly Description[],
  measurements: readonly Measurement[],
  options: Options,
): string[] {
  const models = descriptions.map((each, index) => ({ ...each, measurement: measurements[index] }));
  const figures = [...models.flatMap(drawModel), ...drawConditionFigures(measurements)];
  // All figures in that folder are the card's, maybe of one with more sections, or other runs.
  for (const file of readdirSync(figuresFolder)) if (file.endsWith('.svg')) rmSync(join(figuresFolder, file));
  for (const [file, svg] of figures) writeFileSync(join(figuresFolder, file), svg);
  writeFileSync(join(modelsFolder, 'README.md'), writeDocument(models, commandOf(options)));
  return [
    `The model card is in models/README.md, with ${figures.length} pictures in models/figures.`,
    ...missingSections(measurements).map(
      ({ title, option }) => `Left out of the card: ${title}, for want of ${option}.`,
    ),
  ];
}
