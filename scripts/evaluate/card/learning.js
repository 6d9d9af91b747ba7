/** Learning curves, from the table that a training run writes. Pure. */
import { element, line, moved, picture, seriesColors, text } from './svg.js';

const plotWidth = 330;
const plotHeight = 190;
const top = 62;

/**
 * @typedef {object} History
 * @property {number[]} epochs
 * @property {number[]} loss of training
 * @property {{ name: string, errors: number[] }[]} sets share of each validation set that was misread, 0..1
 */

/**
 * Reads what training writes: `epoch`, `loss`, and an accuracy (0..1) for each validation set.
 * @param {string} csv
 * @returns {History}
 */
export function parseHistory(csv) {
  const [head, ...rows] = csv
    .trim()
    .split('\n')
    .map((row) => row.trim().split(','));
  const column = (/** @type {string} */ name) => {
    const index = head.indexOf(name);
    if (index < 0) throw new Error(`The learning curve has no column "${name}".`);
    return rows.map((row) => Number(row[index]));
  };
  const suffix = ' accuracy';
  return {
    epochs: column('epoch'),
    loss: column('loss'),
    sets: head
      .filter((name) => name.endsWith(suffix))
      .map((name) => ({ name: name.slice(0, -suffix.length), errors: column(name).map((accuracy) => 1 - accuracy) })),
  };
}

/** Round steps of at most `most` ticks that cover 0..limit. @param {number} limit @param {number} most */
function ticksTo(limit, most) {
  const rough = limit / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(limit / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** Round values from low to high: 1, 2 and 5 times the powers of ten, or all their multiples where those are few. @param {number} low @param {number} high */
function logarithmicTicks(low, high) {
  const powers = [-4, -3, -2, -1, 0, 1].map((exponent) => 10 ** exponent);
  const [coarse, fine] = [
    [1, 2, 5],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ].map((factors) =>
    powers.flatMap((power) => factors.map((factor) => factor * power)).filter((tick) => tick >= low && tick <= high),
  );
  return coarse.length > 2 ? coarse : fine;
}

/** @param {readonly number[]} epochs @param {(epoch: number) => number} toX */
function epochAxis(epochs, toX) {
  const last = epochs[epochs.length - 1];
  const whole = ticksTo(last, 6).filter((tick) => Number.isInteger(tick) && tick > 0);
  return [
    line(0, plotHeight, plotWidth, plotHeight, 'axis'),
    ...whole.map((tick) => text(tick, toX(tick), plotHeight + 16, 'middle small muted')),
    text('epoch', plotWidth / 2, plotHeight + 32, 'middle small muted'),
  ];
}

/** @param {readonly number[]} xs @param {readonly number[]} ys @param {number} series */
const curve = (xs, ys, series) =>
  element('polyline', {
    points: xs.map((x, index) => `${x.toFixed(1)},${ys[index].toFixed(1)}`).join(' '),
    class: `s${series % seriesColors}-line thick`,
  });

/**
 * Training loss, on a logarithmic scale, and the share of each validation set that is misread, by epoch.
 * @param {string} title
 * @param {History} history
 * @returns {string} SVG
 */
export function drawLearning(title, { epochs, loss, sets }) {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  const toX = (/** @type {number} */ epoch) => (last > first ? ((epoch - first) / (last - first)) * plotWidth : 0);
  const xs = epochs.map(toX);
  const [most, least] = [Math.log10(Math.max(...loss)), Math.log10(Math.min(...loss))];
  const toLossY = (/** @type {number} */ value) => ((most - Math.log10(value)) / (most - least || 1)) * plotHeight;
  const lossTicks = logarithmicTicks(10 ** least, 10 ** most);
  // The first epochs, far above all others, would press the rest flat.
  const settled = sets.flatMap(({ errors }) => errors.slice(Math.floor(errors.length / 5)));
  const limit = Math.max(...settled) * 1.1 || 0.01;
  const toErrorY = (/** @type {number} */ share) => plotHeight * (1 - share / limit);
  const errorTicks = ticksTo(limit * 100, 5);
  const legend = sets.map(({ name }, index) =>
    moved(
      430 + (index % 2) * 165,
      34 + Math.floor(index / 2) * 14,
      element('circle', { cx: 0, cy: -3, r: 3.5, class: `s${index % seriesColors}` }),
      text(name, 8, 0, 'small'),
    ),
  );
  return picture(
    820,
    top + plotHeight + 44,
    title,
    element('clipPath', { id: 'plot' }, element('rect', { x: 0, y: 0, width: plotWidth, height: plotHeight })),
    text(`${title}: learning`, 14, 23, 'title'),
    moved(
      52,
      top,
      text('training loss', 0, -12, 'muted small'),
      ...lossTicks.flatMap((tick) => [
        line(0, toLossY(tick), plotWidth, toLossY(tick), 'rule'),
        text(Number(tick.toPrecision(1)), -6, toLossY(tick) + 4, 'end small muted'),
      ]),
      curve(xs, loss.map(toLossY), 0),
      ...epochAxis(epochs, toX),
    ),
    text('validation, misread', 430, 20, 'muted small'),
    ...legend,
    moved(
      466,
      top,
      ...errorTicks.flatMap((tick) => [
        line(0, toErrorY(tick / 100), plotWidth, toErrorY(tick / 100), 'rule'),
        text(`${Number(tick.toFixed(3))} %`, -6, toErrorY(tick / 100) + 4, 'end small muted'),
      ]),
      element(
        'g',
        { 'clip-path': 'url(#plot)' },
        ...sets.map(({ errors }, index) => curve(xs, errors.map(toErrorY), index)),
      ),
      ...epochAxis(epochs, toX),
    ),
  );
}
