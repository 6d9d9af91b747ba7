/** Figures of a bench, and how they are printed. Pure. */
import { quantile } from 'd3-array';
import { alignColumns } from '../shared/align-columns.js';

/** `x`: times as much; `/s`: per second; empty: a count. */
export type Unit = 'ms' | 'bytes' | 'x' | '/s' | '';

/** What was measured of one thing. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly median: number;
  /** First quartile. */
  readonly low: number;
  /** Third quartile. */
  readonly high: number;
  readonly p95: number;
  /** How many values there are. */
  readonly count: number;
}

/** A limit to meet. */
export interface Bar {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  readonly relation: 'at least' | 'at most' | 'under' | 'exactly';
  readonly limit: number;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  readonly bars?: readonly Bar[];
  readonly notes?: readonly string[];
  /** Whether answers were wrong. */
  readonly failed?: boolean;
}

/** @param values at least one */
export function toFigure(name: string, unit: Unit, values: readonly number[]): Figure {
  const [low, median, high, p95] = [0.25, 0.5, 0.75, 0.95].map((share) => quantile(values, share) ?? NaN);
  return { name, unit, median, low, high, p95, count: values.length };
}

/** Compares round by round: what disturbs a round disturbs both. */
export const toRatio = (name: string, values: readonly number[], others: readonly number[]): Figure =>
  toFigure(
    name,
    'x',
    values.map((value, round) => value / others[round]),
  );

export const toBar = (name: string, unit: Unit, value: number, relation: Bar['relation'], limit: number): Bar => ({
  name,
  unit,
  value,
  relation,
  limit,
});

export function isMet({ value, relation, limit }: Bar): boolean {
  if (relation === 'at least') return value >= limit;
  if (relation === 'at most') return value <= limit;
  return relation === 'under' ? value < limit : value === limit;
}

export function formatValue(value: number, unit: Unit): string {
  if (unit === 'bytes') return `${Math.round(value).toLocaleString('en')} B`;
  if (unit === '') return value.toLocaleString('en');
  if (unit === '/s') return `${Math.round(value).toLocaleString('en')}/s`;
  const digits = value >= 100 ? value.toFixed(0) : value.toPrecision(3);
  return unit === 'x' ? `${digits}x` : `${digits} ms`;
}

function figureTable(figures: readonly Figure[]): string[] {
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

export function barTable(bars: readonly Bar[]): string[] {
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

/** Several lines. */
export function formatOutcome(title: string, { figures, bars = [], notes = [] }: Outcome): string {
  const lines = [...figureTable(figures), ...notes, ...(bars.length > 0 ? [''] : []), ...barTable(bars)];
  return [title, ...lines.map((line) => (line ? `  ${line}` : line)), ''].join('\n');
}
