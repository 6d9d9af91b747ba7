/** Fills the model card's template, models/README.hbs, with measurements. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { group } from 'd3-array';
import Handlebars from 'handlebars';
import type catalog from '../../../models/catalog.json';
import { root } from '../../setup.js';
import { ways } from '../job.js';
import { shareGone, type LearningSummary } from '../learning.js';
import { padShares } from '../redrawings.js';
import { percent, whole, withInterval } from '../report.js';
import type { ConditionResult, DigitsResult, Measurement } from '../results.js';
import { toShare } from '../statistics.js';
import { fewSamples } from './charts.js';
import type { LayerFacts, NetworkFacts } from './layers.js';

export type Catalog = typeof catalog;

export interface ModelFacts extends Omit<Catalog['models'][number], 'figures' | 'nonDigits'>, NetworkFacts {
  /** What training measured, in percent, by data set. */
  readonly figures: Readonly<Record<string, object>>;
  readonly nonDigits: Readonly<Record<string, object>>;
  /** How training measured it, and chose the temperature and the energy threshold. */
  readonly measuredBy: string;
  /** Training runs with learning curves. */
  readonly runs: readonly string[];
  readonly measurement: Measurement;
}

type Models = readonly ModelFacts[];

/** A data set's name as part of a file name. */
export const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** Titles of data sets; others are called by their file's name. */
export const dataSets: Readonly<Record<string, string>> = {
  'MNIST test': 'MNIST, test set',
  'finger-digits-dev': 'drawn by finger on a phone, 4 people (`finger-digits-dev`)',
  'handdrawn-digits-dev': 'drawn once each by 55 people (`handdrawn-digits-dev`)',
  'finger-nondigit-dev': 'drawn by finger on a phone, 61 kinds of non-digits (`finger-nondigit-dev`)',
  'crohme-digits-dev': 'written in formulas by 456 people with pen and mouse (`crohme-digits-dev`)',
  'crohme-numbers-dev': 'whole numbers in formulas by 178 people (`crohme-numbers-dev`)',
  'pictures-dev, digits':
    'pictures of one digit that people made to try their own digit readers, whose kinds of failure were known when the rules were made (`pictures-dev`)',
  'pictures-dev, numbers': 'pictures of whole numbers, from the same people (`pictures-dev`)',
  'semeion-dev': 'scanned digits, cropped and stretched to 16x16, 80 people (`semeion-dev`)',
  'mnist-test': 'MNIST, test set',
  'mnist-validation': 'MNIST, held out from its training set',
  'mnist-validation-normalized': 'the same through `src/imaging`',
  'pen-writers': 'pen-digits, writers held out',
  'unipen-writers': 'UNIPEN, writers held out',
  'unipen-donor': 'UNIPEN, a donor held out',
  'unipen-painted': 'UNIPEN, writers held out, as pictures',
  'mnist-test-normalized': 'MNIST, test set, through `src/imaging`',
  'unipen-measured-donor': 'UNIPEN, another donor held out, not used for any choice',
  'scans-validation': 'MNIST, held out from its training set, as small scans',
  'letters-writers': 'UNIPEN, letters and symbols of writers held out',
  'letters-donor': 'UNIPEN, letters and symbols of a donor held out',
  'letters-painted': 'UNIPEN, letters and symbols of writers held out, as pictures',
  'scanned-letters-writers': 'UNIPEN, letters and symbols of writers held out, as small scans',
  'letters-measured-donor': 'UNIPEN, letters and symbols of the donor not used for any choice',
  'alphabets-validation': 'Omniglot, alphabets held out',
  'drawings-validation': 'scribbles, shapes and pieces of digits, generated',
  'cut-digits-writers': 'touching digits of writers held out, cut out of pictures',
  'cut-pieces-writers': 'pieces of touching digits, cut wrongly',
};

const purposes = {
  compact: 'the default: designed here to read digits well, yet small and fast',
  reference: 'exactly the architecture of the demo that this package replaces',
};

const weightTypes = {
  float32: 'float32',
  float16: 'fp16',
  int8: 'int8 with a scale per output channel',
  uint4: 'four bits each, with a scale per output channel',
};

const code = (text: string) => `\`${text}\``;
const title = (set: string) => dataSets[set] ?? code(set);

function layerText({ name, activation, shape }: LayerFacts): string {
  const text = name
    .replace(/^conv (\d+)×(\d+)$/, `conv $1x$2x${whole(shape[0])}`)
    .replace(/^max-pool (\d+)×\d+$/, 'max-pool $1')
    .replace(/^dense$/, `dense ${whole(shape[0])}`);
  return activation ? `${text} ${activation}` : text;
}

const helpers = {
  title,
  slug,
  whole,
  percent,
  interval: withInterval,
  intervalOf: (percentage: number, images: number) =>
    withInterval(toShare(Math.round((images * percentage) / 100), images)),
  intervalOfCount: (count: number, total: number) => withInterval(toShare(count, total)),
  ratio: (count: number, total: number) => percent(count / total),
  removed: (learning: LearningSummary) => percent(shareGone(learning)),
  /** A share without decimals. */
  percentage: (share: number) => `${share * 100} %`,
  fixed: (value: number, digits: number) => value.toFixed(digits),
  millions: (value: number) => (value / 1e6).toFixed(1),
  layerList: (layers: readonly LayerFacts[]) => layers.slice(1).map(layerText).join(', '),
  fastest: (digits: readonly DigitsResult[]) => {
    const medians = digits.flatMap(({ times: { infer } }) => infer?.p50 ?? []);
    return medians.length > 0 ? `${Math.min(...medians).toPrecision(2)} ms` : '–';
  },
  /** Sorts the rows of a table by parameters, then by accuracy; those without parameters come last. */
  sortBySize(this: unknown, { fn }: Handlebars.HelperOptions) {
    const rows = fn(this).trimEnd().split('\n');
    const cell = (row: string, index: number) => Number.parseFloat(row.split(' | ')[index].replaceAll(',', ''));
    const size = (row: string) => cell(row, 1) || Infinity;
    return `${rows.sort((a, b) => size(a) - size(b) || cell(a, 2) - cell(b, 2)).join('\n')}\n`;
  },
};

/** Best guesses by kind and strength; null if the family was not measured. */
function conditionTables(models: Models, family: ConditionResult['family']) {
  const results = models.map(({ name, measurement }) => {
    const conditions = measurement.conditions.filter((condition) => condition.family === family);
    return { name, byKind: group(conditions, ({ kind }) => kind) };
  });
  const [{ byKind }] = results;
  if (byKind.size === 0) return null;
  const tables = [...byKind].map(([kind, conditions]) => ({
    ...conditions[0],
    strengths: conditions.map(({ strength }) => strength),
    rows: results.map(({ name, byKind }) => ({
      name,
      shares: (byKind.get(kind) ?? []).map(({ guessed }) => guessed.share),
    })),
  }));
  return {
    total: tables[0].total,
    kinds: tables.filter(({ kind }) => kind !== 'as they are'),
    plain: tables.find(({ kind }) => kind === 'as they are')?.rows ?? [],
  };
}

/** The sections that cannot be written, with the options that they need. */
export function missingSections([{ digits, nondigits, learning, conditions }]: readonly Measurement[]) {
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
    { has: nondigits.length > 0, title: 'drawings of other things', option: '--nondigits FILE' },
  ].flatMap(({ has, ...section }) => (has ? [] : [section]));
}

/**
 * @param models at least one, measured on the same sets, MNIST's test set first
 * @param command that makes the card
 * @returns Markdown
 */
export function writeDocument(models: Models, command: string): string {
  const measurements = models.map(({ measurement }) => measurement);
  const [first] = measurements;
  const drawn = first.digits.filter(({ through }) => through === 'pad' || through === 'recognize');
  const read = [...first.digits, ...first.numbers].map(({ name, through }) => `${title(name)}, ${ways[through]}`);
  const taken = models.flatMap(({ name, measurement: { nondigits } }) =>
    nondigits.map((set) => `${code(name)} mistakes ${percent(1 - set.refused.share)} of ${code(set.name)} for digits`),
  );
  const missing = missingSections(measurements).map(({ title, option }) => `${title} (${code(option)})`);
  const view = {
    ...{ models, first, command, purposes, weightTypes, ways, fewSamples, padShares },
    sets: [...new Set(read)].join('; '),
    drawnSets: drawn.map(({ name }) => code(name)).join(' and '),
    nondigits: first.nondigits.map(({ name, total, comparisons }, index) => ({
      name,
      total,
      refused: measurements.map(({ nondigits }) => nondigits[index].refused),
      comparisons: comparisons.map((digits, row) => ({
        name: digits.name,
        rejections: measurements.map(({ nondigits }) => nondigits[index].comparisons[row].rejection),
      })),
    })),
    redrawn: conditionTables(models, 'redrawn'),
    distorted: conditionTables(models, 'distorted'),
    taken: taken.join(', '),
    missing: missing.join(', '),
  };
  const template = readFileSync(join(root, 'models/README.hbs'), 'utf8');
  return Handlebars.compile<typeof view>(template, { noEscape: true, strict: true })(view, { helpers });
}
