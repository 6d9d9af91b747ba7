/** Figures of a bench, and what a person reads of them. Pure. */
import { alignColumns } from '../align-columns.js';
import { quantile } from 'd3-array';

/** @typedef {'ms' | 'bytes' | 'x' | '/s' | ''} Unit `x`: times as much; `/s`: per second; nothing: a count */

/**
 * What was measured, of one thing: the median, the quartiles as its spread, and the 95th percentile.
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {Unit} unit
 * @property {number} median
 * @property {number} low first quartile
 * @property {number} high third quartile
 * @property {number} p95
 * @property {number} count of the values
 */

/**
 * What must hold, as the issue has it.
 *
 * @typedef {object} Bar
 * @property {string} name
 * @property {Unit} unit
 * @property {number} value
 * @property {'at least' | 'at most' | 'under' | 'exactly'} relation
 * @property {number} limit
 */

/**
 * @typedef {object} Outcome
 * @property {readonly Figure[]} figures
 * @property {readonly Bar[]} bars
 * @property {readonly string[]} [notes] what the reader must know
 * @property {boolean} [failed] whether answers were wrong
 */

/**
 * @param {string} name
 * @param {Unit} unit
 * @param {readonly number[]} values at least one
 * @returns {Figure}
 */
export function toFigure(name, unit, values) {
  const [low, median, high, p95] = [0.25, 0.5, 0.75, 0.95].map((share) => quantile(values, share) ?? NaN);
  return { name, unit, median, low, high, p95, count: values.length };
}

/**
 * How many times as much one took as another, round by round: what disturbs a round disturbs both.
 * @param {string} name
 * @param {readonly number[]} values by round
 * @param {readonly number[]} others by round, as many
 */
export function toRatio(name, values, others) {
  return toFigure(
    name,
    'x',
    values.map((value, round) => value / others[round]),
  );
}

/** Whether a bar is met. @param {Bar} bar */
export function isMet({ value, relation, limit }) {
  if (relation === 'at least') return value >= limit;
  if (relation === 'at most') return value <= limit;
  return relation === 'under' ? value < limit : value === limit;
}

/** @param {number} value @param {Unit} unit */
export function formatValue(value, unit) {
  if (unit === 'bytes') return `${Math.round(value).toLocaleString('en')} B`;
  if (unit === '') return value.toLocaleString('en');
  if (unit === '/s') return `${Math.round(value).toLocaleString('en')}/s`;
  const digits = value >= 100 ? value.toFixed(0) : value.toPrecision(3);
  return unit === 'x' ? `${digits}x` : `${digits} ms`;
}

/** @param {readonly Figure[]} figures @returns {string[]} */
function figureTable(figures) {
  if (figures.length === 0) return [];
  return alignColumns([
    ['', 'median', 'quartiles', 'p95', 'values'],
    ...figures.map(({ name, unit, median, low, high, p95, count }) => [
      name,
      formatValue(median, unit),
      ...(count > 1
        ? [`${formatValue(low, unit)} to ${formatValue(high, unit)}`, formatValue(p95, unit), String(count)]
        : ['', '', '']),
    ]),
  ]);
}

/** @param {readonly Bar[]} bars @returns {string[]} */
export function barTable(bars) {
  if (bars.length === 0) return [];
  return alignColumns([
    ['must hold', '', '', ''],
    ...bars.map((bar) => [
      bar.name,
      formatValue(bar.value, bar.unit),
      `${bar.relation} ${formatValue(bar.limit, bar.unit)}`,
      isMet(bar) ? 'met' : 'NOT MET',
    ]),
  ]);
}

/**
 * @param {string} title
 * @param {Outcome} outcome
 * @returns {string} several lines
 */
export function formatOutcome(title, { figures, bars, notes = [] }) {
  const lines = [...figureTable(figures), ...notes, ...(bars.length > 0 ? [''] : []), ...barTable(bars)];
  return [title, ...lines.map((line) => (line ? `  ${line}` : line)), ''].join('\n');
}
