/** What a person reads at the end of an evaluation. Pure. */
import { alignColumns } from '../align-columns.js';

/** @import { Calibration } from './calibration.js' */
/** @import { NumbersResult } from './numbers.js' */
/** @import { Rejection } from './rejection.js' */
/** @import { Summary } from './statistics.js' */

/** @param {number} share 0..1 */
const percent = (share) => `${(share * 100).toFixed(2)} %`;

/** @param {number} count */
const whole = (count) => count.toLocaleString('en');

/** Milliseconds with three significant figures. @param {number} time */
const milliseconds = (time) => `${time >= 100 ? time.toFixed(0) : time.toPrecision(3)} ms`;

/** @param {Summary} summary */
function confusionTable({ confusion, digits }) {
  const undecided = confusion.some((row) => row[digits.length] > 0);
  const columns = undecided ? digits.length + 1 : digits.length;
  const names = [...digits.map(({ digit }) => String(digit)), 'none'].slice(0, columns);
  return alignColumns([
    ['drawn', ...names, 'errors', ''],
    ...confusion.map((row, digit) => [
      String(digit),
      ...row.slice(0, columns).map((count) => (count === 0 ? '·' : String(count))),
      String(digits[digit].errors),
      digits[digit].total > 0 ? percent(digits[digit].errors / digits[digit].total) : '–',
    ]),
  ]);
}

/** @param {Summary} summary */
function timeTable({ times }) {
  const rows = Object.entries(times).map(([step, { p50, p95 }]) => [step, milliseconds(p50), milliseconds(p95)]);
  return rows.length > 0 ? alignColumns([['time', 'p50', 'p95'], ...rows]) : [];
}

/**
 * @param {string} title what was read, and how
 * @param {Summary} summary
 * @param {readonly string[]} errors messages of the runs that failed
 * @returns {string} several lines
 */
export function formatReport(title, summary, errors) {
  const { accuracy, interval, right, total, failed } = summary;
  const [low, high] = interval.map(percent);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const error of errors) counts.set(error, (counts.get(error) ?? 0) + 1);
  return [
    title,
    `  accuracy ${percent(accuracy)}, 95 % interval ${low} to ${high}: ${whole(right)} of ${whole(total)} right`,
    ...(failed > 0 ? [`  ${whole(failed)} FAILED, counted as not right:`] : []),
    ...[...counts].map(([error, count]) => `    ${whole(count)} x ${error}`),
    '',
    ...confusionTable(summary).map((line) => `  ${line}`),
    '',
    ...timeTable(summary).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/**
 * @param {Calibration} calibration
 * @returns {string} several lines
 */
export function formatCalibration({ error, bins }) {
  return [
    `  expected calibration error ${percent(error)}, ${bins.length} bins`,
    ...alignColumns([
      ['confidence', 'count', 'mean', 'accuracy'],
      ...bins.map(({ low, high, count, confidence, accuracy }) => [
        `${low.toFixed(3)} to ${high.toFixed(3)}`,
        whole(count),
        ...(count > 0 ? [percent(confidence), percent(accuracy)] : ['–', '–']),
      ]),
    ]).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/**
 * @param {string} title what was read, and how
 * @param {{ total: number, refused: number, failed: number }} counts refused: share of what was read, 0..1
 * @param {readonly { name: string, rejection: Rejection | null }[]} comparisons by the digits compared with
 * @returns {string} several lines
 */
export function formatRejection(title, { total, refused, failed }, comparisons) {
  return [
    title,
    ...(failed < total ? [`  ${percent(refused)} of ${whole(total - failed)} refused at the shipped threshold`] : []),
    ...(failed > 0 ? [`  ${whole(failed)} FAILED, not counted above`] : []),
    ...comparisons.flatMap(({ name, rejection }) =>
      rejection
        ? [
            `  against ${name}, of which ${percent(rejection.digitsRefused)} are refused at the shipped threshold:`,
            `    ${percent(rejection.refusedAt98)} refused where 98 % of the digits are accepted ` +
              `(energy ${rejection.threshold.toFixed(3)}), AUROC ${rejection.area.toFixed(4)}`,
          ]
        : [],
    ),
    '',
  ].join('\n');
}

/**
 * @param {string} title
 * @param {readonly { kind: string, unit: string, strength: number, accuracy: number }[]} conditions
 * @returns {string} several lines: one per kind, its strengths with the accuracy at each
 */
export function formatConditions(title, conditions) {
  const kinds = [...new Set(conditions.map(({ kind }) => kind))];
  const lines = kinds.map((kind) => {
    const own = conditions.filter((condition) => condition.kind === kind);
    const cells = own.map(({ strength, unit, accuracy }) => `${unit ? `${strength}: ` : ''}${percent(accuracy)}`);
    return `  ${kind}${own[0].unit ? ` (${own[0].unit})` : ''}\n    ${cells.join('   ')}`;
  });
  return [title, ...lines, ''].join('\n');
}

/** Most wrong numbers that are listed. */
const listedNumbers = 12;

/**
 * @param {string} setting
 * @param {readonly NumbersResult[]} results
 * @returns {string} several lines
 */
export function formatNumbers(setting, results) {
  const rows = results.map(({ name, way, total, right, share, interval }) => [
    name,
    way,
    percent(share),
    `${percent(interval[0])} to ${percent(interval[1])}`,
    `${whole(right)} of ${whole(total)}`,
  ]);
  return [
    `Numbers of four digits, wholly right: ${setting}`,
    ...alignColumns([['digits of', 'read', 'right', '95 % interval', ''], ...rows]).map((line) => `  ${line}`),
    ...results.flatMap(({ name, way, wrong }) =>
      wrong.length === 0
        ? []
        : [
            `  ${name}, ${way}: ${wrong
              .slice(0, listedNumbers)
              .map(({ label, read }) => `${label} as ${read || 'nothing'}`)
              .join(', ')}${wrong.length > listedNumbers ? ', …' : ''}`,
          ],
    ),
  ].join('\n');
}
