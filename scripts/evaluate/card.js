/** Writes the model card: models/README.md and its pictures, from measurements, the models and their training's tables. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup.js';
import { pool } from './calibration.js';
import { drawArchitecture } from './card/architecture.js';
import { drawConditions } from './card/conditions.js';
import { drawConfusion } from './card/confusion.js';
import { missingSections, slug, writeDocument } from './card/document.js';
import { readLayers, readStorage, readWeighted } from './card/layers.js';
import { drawLearning, parseHistory } from './card/learning.js';
import { drawMistakes, worstMistakes } from './card/mistakes.js';
import { drawReliability } from './card/reliability.js';
import { ensureBuilt } from './product-page.js';

/** @import { ModelFacts } from './card/document.js' */
/** @import { Options } from './options.js' */
/** @import { ConditionResult, Measurement } from './results.js' */

const modelsFolder = join(root, 'models');
const figuresFolder = join(modelsFolder, 'figures');

const mistakesShown = 50;

/** @typedef {Omit<ModelFacts, 'measurement'>} Description all that is known of a model before it is measured */
/** @typedef {Omit<Description, 'storage' | 'layers' | 'runs'> & { sha256: string }} CatalogModel */

/**
 * @param {string} name
 * @param {Readonly<Record<string, { sha256: string }>>} built the models of the built package
 * @returns {Description}
 */
function describeModel(name, built) {
  const catalog = /** @type {{ models: CatalogModel[] }} */ (
    JSON.parse(readFileSync(join(modelsFolder, 'catalog.json'), 'utf8'))
  );
  const described = catalog.models.find((each) => each.name === name);
  if (!described) throw new Error(`models/catalog.json does not describe the model "${name}".`);
  const file = readFileSync(join(modelsFolder, described.file));
  if (createHash('sha256').update(file).digest('hex') !== described.sha256) {
    throw new Error(`models/${described.file} is not the file that models/catalog.json describes.`);
  }
  if (built[name]?.sha256 !== described.sha256) {
    throw new Error(`The built package has another model "${name}" than models/. Run: npm run build`);
  }
  const model = readWeighted(file);
  const runs = readdirSync(figuresFolder)
    .filter((file) => new RegExp(`^${name}(-.+)?-learning\\.csv$`).test(file))
    .map((file) => file.replace(/-learning\.csv$/, ''))
    .sort();
  return { ...described, storage: readStorage(model), layers: readLayers(model), runs };
}

/**
 * What the card says about models besides what is measured: to be called first, since measuring takes long.
 * @param {readonly string[]} names
 * @returns {Promise<Description[]>}
 * @throws {Error} when something about a model is missing, or the built package has another one
 */
export async function describeModels(names) {
  ensureBuilt();
  /** @type {unknown} */
  const built = await import(pathToFileURL(join(root, 'dist/model/catalog.js')).href);
  const { catalog } = /** @type {typeof import('../../src/model/catalog.js')} */ (built);
  return names.map((name) => describeModel(name, catalog));
}

/** The pictures of one model, by file name. @param {ModelFacts} facts @returns {[file: string, svg: string][]} */
function drawModel({ name, layers, runs, measurement }) {
  const { digits } = measurement;
  const mistakes = worstMistakes(measurement, mistakesShown);
  const total = digits.reduce((sum, each) => sum + each.total - each.right, 0);
  const [mnist, ...drawn] = digits;
  const reliable = [
    { name: mnist.name, calibration: mnist.calibration },
    ...(drawn.length > 0
      ? [{ name: drawn.map((each) => each.name).join(', '), calibration: pool(drawn.map((each) => each.calibration)) }]
      : []),
  ];
  return [
    [`${name}-architecture.svg`, drawArchitecture(name, layers)],
    ...digits.map(
      (each) =>
        /** @type {[string, string]} */ ([
          `${name}-confusion-${slug(each.name)}.svg`,
          drawConfusion(`${name}: ${each.name}`, each),
        ]),
    ),
    [`${name}-mistakes.svg`, drawMistakes(`${name}: the worst ${mistakes.length} of ${total} mistakes`, mistakes)],
    [`${name}-reliability.svg`, drawReliability(`${name}: confidence and accuracy`, reliable)],
    ...runs.map(
      (run) =>
        /** @type {[string, string]} */ ([
          `${run}-learning.svg`,
          drawLearning(run, parseHistory(readFileSync(join(figuresFolder, `${run}-learning.csv`), 'utf8'))),
        ]),
    ),
  ];
}

/** The pictures of all models together. @param {readonly Measurement[]} measurements @returns {[file: string, svg: string][]} */
function drawConditionFigures(measurements) {
  /** @param {ConditionResult['family']} family */
  const seriesOf = (family) =>
    measurements.map(({ model, conditions }) => ({
      model,
      conditions: conditions.filter((each) => each.family === family && each.kind !== 'as they are'),
    }));
  const [distorted, redrawn] = [seriesOf('distorted'), seriesOf('redrawn')];
  return [
    ['distorted.svg', drawConditions('MNIST test images, distorted', distorted, 4)],
    ...(redrawn[0].conditions.length > 0
      ? [
          /** @type {[string, string]} */ ([
            'redrawn.svg',
            drawConditions('Drawn digits, drawn in other ways', redrawn, 3),
          ]),
        ]
      : []),
  ];
}

/** The command that makes this card again, files by their names alone. @param {Options} options */
function commandOf({ strokes, nondigits, limit, through, backend }) {
  return [
    'npm run evaluate -- --card',
    ...strokes.map((path) => `--strokes ${basename(path)}`),
    ...nondigits.map((path) => `--nondigits ${basename(path)}`),
    ...(limit < Infinity ? [`--limit ${limit}`] : []),
    ...(through === 'pad' ? [] : [`--through ${through}`]),
    ...(backend === 'auto' ? [] : [`--backend ${backend}`]),
  ].join(' ');
}

/**
 * @param {readonly Description[]} descriptions
 * @param {readonly Measurement[]} measurements of the same models, on the same sets, MNIST's test part first
 * @param {Options} options that they were made with
 * @returns {string[]} what was written, and what was left out
 */
export function writeCard(descriptions, measurements, options) {
  const models = descriptions.map((each, index) => ({ ...each, measurement: measurements[index] }));
  const figures = [...models.flatMap(drawModel), ...drawConditionFigures(measurements)];
  // Every picture in that folder is the card's: those of a card with more sections, or of other runs, go.
  for (const file of readdirSync(figuresFolder)) if (file.endsWith('.svg')) rmSync(join(figuresFolder, file));
  for (const [file, svg] of figures) writeFileSync(join(figuresFolder, file), svg);
  writeFileSync(join(modelsFolder, 'README.md'), writeDocument(models, commandOf(options)));
  return [
    `The model card is in models/README.md, with ${figures.length} pictures in models/figures.`,
    ...missingSections(measurements).map(({ title, option }) => `Left out of the card: ${title}. It needs ${option}.`),
  ];
}
