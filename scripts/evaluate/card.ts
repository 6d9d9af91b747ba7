/** Writes the model card, models/README.md and its figures, from measurements, the models and their learning curves. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup.js';
import { ensureBuilt } from '../shared/command-line.js';
import { calibrate } from './calibration.js';
import { drawArchitecture } from './card/architecture.js';
import {
  drawConditions,
  drawConfusion,
  drawLearned,
  drawLearning,
  drawReliability,
  parseHistory,
} from './card/charts.js';
import { drawContactSheet, worstMistakes, worstRefusals, type Cell } from './card/contact-sheet.js';
import { missingSections, slug, writeDocument, type Catalog, type ModelFacts } from './card/document.js';
import { describeNetwork } from './card/layers.js';
import { setNames, type Options } from './options.js';
import type { ConditionResult, Measurement } from './results.js';

const modelsFolder = join(root, 'models');
const figuresFolder = join(modelsFolder, 'figures');

/** How many mistakes, and rejections, are shown at most. */
const shown = 50;

/** What is known of a model before it is measured. */
export type Description = Omit<ModelFacts, 'measurement'>;

type Package = typeof import('../../src/model/catalog.js');
type Figure = readonly [file: string, svg: string];

/**
 * Describes the models. To be called before measuring, which takes long.
 * @throws {Error} when a model is not described, or the built package has another one
 */
export async function describeModels(names: readonly string[]): Promise<Description[]> {
  ensureBuilt();
  const { catalog } = (await import(pathToFileURL(join(root, 'dist/model/catalog.js')).href)) as Package;
  const built: Readonly<Record<string, { sha256: string }>> = catalog;
  const { models, measuredBy } = JSON.parse(readFileSync(join(modelsFolder, 'catalog.json'), 'utf8')) as Catalog;
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
function drawModel({ name, layers, runs, measurement: { digits, learning } }: ModelFacts): Figure[] {
  // Other people's pictures are used for measuring, but not shown.
  const drawings = digits.filter(({ through }) => through !== 'file' && through !== 'picture');
  const sheet = (kind: string, cells: readonly Cell[]) => {
    const worst = cells.slice(0, shown);
    const which = worst.length < cells.length ? `the worst ${worst.length} of` : 'all';
    return drawContactSheet(`${name}: ${which} ${cells.length} ${kind}`, worst);
  };
  const [mnist, ...drawn] = drawings;
  const answers = drawn.flatMap((set) => set.answers);
  const labels = answers.map(({ label }) => label);
  const pooled = {
    name: `drawn digits, ${drawn.length} ${drawn.length === 1 ? 'set' : 'sets'}`,
    calibration: calibrate(labels, answers),
  };
  const reliability = drawn.length > 0 ? [mnist, pooled] : [mnist];
  const figures: Figure[] = [
    [`${name}-architecture.svg`, drawArchitecture(name, layers)],
    [`${name}-mistakes.svg`, sheet('mistakes', worstMistakes(drawings))],
    [`${name}-refused.svg`, sheet('rejected digits', worstRefusals(drawings))],
    [`${name}-reliability.svg`, drawReliability(`${name}: confidence and accuracy`, reliability)],
  ];
  for (const set of digits) {
    figures.push([`${name}-confusion-${slug(set.name)}.svg`, drawConfusion(`${name}: ${set.name}`, set)]);
  }
  if (learning.length > 0) figures.push([`${name}-learned.svg`, drawLearned(`${name}: right answers`, learning)]);
  for (const run of runs) {
    const history = parseHistory(readFileSync(join(figuresFolder, `${run}-learning.csv`), 'utf8'));
    figures.push([`${run}-learning.svg`, drawLearning(run, history)]);
  }
  return figures;
}

/** Draws the figure that compares all models under the conditions of a family, if any. */
function drawFamily(
  measurements: readonly Measurement[],
  family: ConditionResult['family'],
  title: string,
  columns: number,
): Figure[] {
  const series = measurements.map(({ model, conditions }) => ({
    name: model,
    conditions: conditions
      .filter((each) => each.family === family && each.kind !== 'as they are')
      .map(({ guessed, ...condition }) => ({ ...condition, share: guessed })),
  }));
  return series[0].conditions.length > 0 ? [[`${family}.svg`, drawConditions(title, series, columns)]] : [];
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
 * @param measurements of the same models, on the same sets, MNIST's test set first
 * @param options of the evaluation
 * @returns what was written and what was left out, in words
 */
export function writeCard(
  descriptions: readonly Description[],
  measurements: readonly Measurement[],
  options: Options,
): string[] {
  const models = descriptions.map((each, index) => ({ ...each, measurement: measurements[index] }));
  const figures = [
    ...models.flatMap(drawModel),
    ...drawFamily(measurements, 'distorted', 'MNIST test images, distorted', 4),
    ...drawFamily(measurements, 'redrawn', 'Drawn digits, drawn in other ways', 3),
  ];
  // All figures in that folder are the card's, maybe of one with more sections, or other runs.
  for (const file of readdirSync(figuresFolder)) if (file.endsWith('.svg')) rmSync(join(figuresFolder, file));
  for (const [file, svg] of figures) writeFileSync(join(figuresFolder, file), svg);
  writeFileSync(join(modelsFolder, 'README.md'), writeDocument(models, commandOf(options)));
  return [
    `The model card is in models/README.md, with ${figures.length} pictures in models/figures.`,
    ...missingSections(measurements).map(({ title, option }) => `Left out of the card: ${title} (needs ${option}).`),
  ];
}
