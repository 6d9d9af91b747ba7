/** Prints the results of an evaluation. Pure. */
import { groups, rollups, sum } from 'd3-array';
import { alignColumns } from '../shared/align-columns.js';
import type { Calibration } from './calibration.js';
import { ways, type Way } from './job.js';
import { shareGone, type LearningStep } from './learning.js';
import type {
  ConditionResult,
  DigitsResult,
  LearningResult,
  Measurement,
  NondigitsResult,
  NumbersResult,
} from './results.js';
import type { Share, Summary } from './statistics.js';

export const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
export const whole = (count: number) => count.toLocaleString('en');

/** A share with its interval, in percent: `98.50 % (97.61–99.06)`. */
export const withInterval = ({ share, interval }: Share) =>
  `${percent(share)} (${interval.map((bound) => (bound * 100).toFixed(2)).join('–')})`;

const milliseconds = (time: number) => `${time >= 100 ? time.toFixed(0) : time.toPrecision(3)} ms`;

/** Lines, indented, below a title. */
const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => line && `  ${line}`), ''].join('\n');

/** Right, best guess and rejected side by side, in this order. */
const shareTable = ({ total, right, guessed, refused }: Summary) =>
  alignColumns([
    [whole(total), 'right', 'best guess', 'rejected'],
    ['', ...[right, guessed, refused].map(withInterval)],
    ['', ...[right, guessed, refused].map(({ count }) => whole(count))],
  ]);

function confusionTable(confusion: DigitsResult['confusion']): string[] {
  const columns = confusion.some((row) => row[10] > 0) ? 11 : 10;
  const names = [...confusion.keys()].map(String);
  return alignColumns([
    ['drawn', ...[...names, 'none'].slice(0, columns), 'wrong', ''],
    ...confusion.map((row, digit) => {
      const wrong = sum(row) - row[digit];
      const cells = row.slice(0, columns).map((count) => (count === 0 ? '·' : String(count)));
      return [names[digit], ...cells, String(wrong), wrong > 0 ? percent(wrong / sum(row)) : ''];
    }),
  ]);
}

function timeTable({ times }: Summary): string[] {
  const rows = Object.entries(times).map(([step, { p50, p95 }]) => [step, milliseconds(p50), milliseconds(p95)]);
  return rows.length > 0 ? ['', ...alignColumns([['time', 'p50', 'p95'], ...rows])] : [];
}

function failures({ answers, failed }: Pick<NumbersResult | NondigitsResult, 'answers' | 'failed'>): string[] {
  if (failed === 0) return [];
  const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
  const counts = rollups(errors, (same) => same.length, String);
  return [
    `${whole(failed)} FAILED, counted as not right:`,
    ...counts.map(([error, count]) => `  ${whole(count)} x ${error}`),
  ];
}

/** How many wrong numbers are listed at most. */
const listedNumbers = 12;

function wrongNumbers({ answers }: NumbersResult): string[] {
  const wrong = answers.flatMap((answer) => {
    if ('error' in answer || (answer.guess === answer.label && !answer.refused)) return [];
    return [`${answer.label} as ${answer.guess || 'nothing'}${answer.refused ? ' (rejected)' : ''}`];
  });
  const more = wrong.length > listedNumbers ? ', …' : '';
  return wrong.length > 0 ? [`${wrong.slice(0, listedNumbers).join(', ')}${more}`] : [];
}

/**
 * Formats the results of digits or numbers.
 * @param title what was read, and how
 */
export const formatSet = (title: string, set: NumbersResult | DigitsResult): string =>
  section(title, [
    ...shareTable(set),
    ...failures(set),
    ...('confusion' in set ? ['', ...confusionTable(set.confusion)] : wrongNumbers(set)),
    ...timeTable(set),
  ]);

export function formatCalibration({ error, bins }: Calibration): string {
  const rows = bins.map(({ low, high, count, confidence, accuracy }) => [
    `${low.toFixed(3)} to ${high.toFixed(3)}`,
    whole(count),
    ...(count > 0 ? [percent(confidence), percent(accuracy)] : ['–', '–']),
  ]);
  return section(
    `  expected calibration error ${percent(error)}, ${bins.length} bins`,
    alignColumns([['confidence', 'count', 'mean', 'accuracy'], ...rows]),
  );
}

export function formatLearning(title: string, learning: LearningResult): string {
  const { writers, notWorse, steps } = learning;
  const row = (name: string, own: Pick<LearningStep, 'total' | 'without' | 'with'>) => [
    name,
    whole(own.total),
    percent(own.without / Math.max(1, own.total)),
    percent(own.with / Math.max(1, own.total)),
  ];
  return section(title, [
    ...failures(learning),
    ...alignColumns([
      ['corrections before', 'drawings', 'right without learning', 'with'],
      ...steps.map((step) => row(stepName(step), step)),
      row('all', learning),
    ]),
    `${percent(shareGone(learning))} of the wrong answers are gone; for ${whole(notWorse)} of ${whole(writers)} writers ` +
      `(${percent(notWorse / writers)}) no fewer are right`,
  ]);
}

export const stepName = ({ from, to }: Pick<LearningStep, 'from' | 'to'>): string =>
  from === to ? String(from) : to === Infinity ? `${from} or more` : `${from} to ${to}`;

export const formatNondigits = (title: string, set: NondigitsResult): string =>
  section(title, [
    `${withInterval(set.refused)} of ${whole(set.total)} rejected at the shipped threshold`,
    ...failures(set),
    ...set.comparisons.flatMap(({ name, rejection }) =>
      rejection
        ? [
            `against ${name}, of which ${percent(rejection.digitsRefused)} are rejected at the shipped threshold:`,
            `  ${percent(rejection.refusedAt98)} rejected where 98 % of the digits are accepted ` +
              `(energy ${rejection.threshold.toFixed(3)}), AUROC ${rejection.area.toFixed(4)}`,
          ]
        : [],
    ),
  ]);

type ShownCondition = Pick<ConditionResult, 'kind' | 'unit' | 'strength' | 'right' | 'guessed' | 'refused'>;

/** Formats one line per kind and strength. */
export function formatConditions(title: string, conditions: readonly ShownCondition[]): string {
  const rows = groups(conditions, ({ kind }) => kind).flatMap(([kind, own]) =>
    own.map(({ unit, strength, right, guessed, refused }, index) => [
      index === 0 ? kind + (unit && ` (${unit})`) : '',
      unit && String(strength),
      ...[right, guessed, refused].map(({ share }) => percent(share)),
    ]),
  );
  return section(title, alignColumns([['', '', 'right', 'best guess', 'rejected'], ...rows]));
}

const inWords = (way: Way) => ways[way].replaceAll('`', '');

/** Formats all results of one model. */
export function formatMeasurement(measurement: Measurement, { calibration }: { calibration: boolean }): string {
  const { model, backend, browser, digits, numbers, learning, nondigits, conditions } = measurement;
  const setting = `model ${model} on ${backend}, ${browser}`;
  const titleOf = ({ name, through }: Pick<NumbersResult, 'name' | 'through'>) =>
    `${name}, ${inWords(through)}: ${setting}`;
  const families = {
    distorted: `MNIST test images, ${inWords('picture')}`,
    redrawn: 'Drawn digits, drawn in other ways',
    photographed: `MNIST test images, photographed on paper, ${inWords('photograph')}`,
  };
  return [
    ...digits.flatMap((set) => [
      formatSet(titleOf(set), set),
      ...(calibration ? [formatCalibration(set.calibration)] : []),
    ]),
    ...numbers.map((set) => formatSet(titleOf(set), set)),
    ...learning.map((set) =>
      formatLearning(`${set.name}, learning from corrections, ${inWords(set.through)}: ${setting}`, set),
    ),
    ...nondigits.map((set) => formatNondigits(titleOf(set), set)),
    ...groups(conditions, ({ family }) => family).map(([family, own]) =>
      formatConditions(`${families[family]}: ${setting}`, own),
    ),
  ].join('\n');
}
