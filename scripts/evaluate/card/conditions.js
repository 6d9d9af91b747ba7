/** Accuracy under conditions: one small chart per kind, a line per model. Pure. */
import { element, line, moved, picture, text } from './svg.js';

/** @import { ConditionResult } from '../results.js' */

const panelWidth = 232;
const panelHeight = 204;
const plotWidth = 172;
const plotHeight = 112;
const left = 46;

/** Characters of a line below a chart. */
const lineLength = 34;

/** @param {string} words @returns {string[]} lines */
function wrap(words) {
  return words.split(' ').reduce((/** @type {string[]} */ lines, word) => {
    const last = lines[lines.length - 1];
    return last !== undefined && last.length + word.length < lineLength
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}

/** @typedef {{ model: string, conditions: readonly ConditionResult[] }} Series */

/**
 * @param {Series} series
 * @param {number} index of the series
 * @param {number} count of all series
 * @param {(accuracy: number) => number} toY
 */
function drawSeries({ conditions }, index, count, toY) {
  const step = plotWidth / conditions.length;
  // Side by side, so that the intervals of two models do not hide each other.
  const aside = (index - (count - 1) / 2) * 5;
  const places = conditions.map(({ accuracy, interval }, place) => ({
    x: (place + 0.5) * step + aside,
    y: toY(accuracy),
    low: toY(interval[0]),
    high: toY(interval[1]),
  }));
  return [
    element('polyline', {
      points: places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '),
      class: `s${index}-line thick`,
    }),
    ...places.map(({ x, low, high }) =>
      element('line', { x1: x, y1: low, x2: x, y2: high, class: `s${index}-line`, 'stroke-opacity': 0.45 }),
    ),
    ...places.map(({ x, y }) => element('circle', { cx: x, cy: y, r: 3, class: `s${index}` })),
  ].join('');
}

/**
 * @param {string} title
 * @param {readonly Series[]} series of the same conditions
 * @param {number} columns
 * @returns {string} SVG
 */
export function drawConditions(title, series, columns) {
  const kinds = [...new Set(series[0].conditions.map(({ kind }) => kind))];
  const least = Math.min(...series.flatMap(({ conditions }) => conditions.map(({ interval }) => interval[0])));
  const floor = Math.max(0, Math.floor(least * 10) / 10);
  const toY = (/** @type {number} */ accuracy) => (plotHeight * (1 - accuracy)) / (1 - floor);
  const ticks = [floor, (1 + floor) / 2, 1];
  const panels = kinds.map((kind, index) => {
    const own = series.map(({ model, conditions }) => ({
      model,
      conditions: conditions.filter((condition) => condition.kind === kind),
    }));
    const [{ conditions }] = own;
    const step = plotWidth / conditions.length;
    return moved(
      (index % columns) * panelWidth + left,
      62 + Math.floor(index / columns) * panelHeight,
      text(kind, 0, -10, 'strong'),
      ...ticks.flatMap((tick) => [
        line(0, toY(tick), plotWidth, toY(tick), 'rule'),
        text(`${Math.round(tick * 100)} %`, -6, toY(tick) + 4, 'end small muted'),
      ]),
      ...conditions.map(({ strength }, place) =>
        text(strength, (place + 0.5) * step, plotHeight + 16, 'middle small muted'),
      ),
      ...wrap(conditions[0].unit).map((words, row) =>
        text(words, plotWidth / 2, plotHeight + 32 + row * 13, 'middle small muted'),
      ),
      ...own.map((each, place) => drawSeries(each, place, own.length, toY)),
    );
  });
  const width = columns * panelWidth + 8;
  const legend = series.map(({ model }, index) =>
    moved(
      width - (series.length - index) * 100,
      18,
      element('circle', { cx: 0, cy: 0, r: 4, class: `s${index}` }),
      text(model, 9, 4),
    ),
  );
  return picture(
    width,
    62 + Math.ceil(kinds.length / columns) * panelHeight - 36,
    title,
    text(title, 14, 23, 'title'),
    ...legend,
    ...panels,
  );
}
