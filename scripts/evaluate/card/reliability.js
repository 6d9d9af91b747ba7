/** A reliability diagram: how often the best guess is right, by how sure the network is. Pure. */
import { element, line, moved, picture, text } from './svg.js';

/** @import { Bin, Calibration } from '../calibration.js' */

const side = 270;
const strip = 56;

/** Where the bars of the counts stand. */
const bottom = side + 34 + strip;

const left = 52;
const top = 84;
const panelWidth = left + side + 24;

/** Bins with fewer samples say little, and are drawn pale. */
export const fewSamples = 20;

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {Bin} bin @param {number} largest count of any bin */
function drawBin({ low, high, count, confidence, accuracy }, largest) {
  if (count === 0) return '';
  const x = low * side + 1;
  const width = (high - low) * side - 2;
  const opacity = count < fewSamples ? 0.35 : 0.8;
  const bar = (strip - 16) * (Math.log(count + 1) / Math.log(largest + 1));
  const middle = x + width / 2;
  return [
    element('rect', {
      x,
      y: side * (1 - accuracy),
      width,
      height: side * accuracy,
      class: 's0',
      'fill-opacity': opacity,
    }),
    element('rect', { x, y: side * (1 - confidence) - 1.25, width, height: 2.5, class: 'warn' }),
    element('rect', { x, y: bottom - bar, width, height: bar, class: 'muted', 'fill-opacity': 0.5 }),
    text(
      count,
      middle,
      bottom - bar - 3,
      count < 1000 ? 'middle tiny' : 'end tiny',
      count < 1000 ? {} : { dx: width / 2 },
    ),
  ].join('');
}

/** @param {{ name: string, calibration: Calibration }} set @param {number} index */
function drawPanel({ name, calibration: { error, bins } }, index) {
  const largest = Math.max(...bins.map(({ count }) => count));
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return moved(
    index * panelWidth + left,
    top,
    text(name, 0, -30, 'strong'),
    text(
      `${total.toLocaleString('en')} digits, calibration error ${(error * 100).toFixed(2)} %`,
      0,
      -11,
      'muted small',
    ),
    ...ticks.flatMap((tick) => [
      line(0, side * (1 - tick), side, side * (1 - tick), 'rule'),
      text(percent(tick), -6, side * (1 - tick) + 4, 'end small muted'),
      text(percent(tick), side * tick, side + 15, 'middle small muted'),
    ]),
    line(0, side, side, 0, 'axis dashed'),
    ...bins.map((bin) => drawBin(bin, largest)),
    line(0, side, side, side, 'axis'),
    text('confidence', side / 2, side + 30, 'middle small muted'),
    text('read right', -40, side / 2, 'middle small muted', { transform: `rotate(-90 -40 ${side / 2})` }),
    text('digits', -6, bottom, 'end small muted'),
  );
}

/**
 * @param {string} title
 * @param {readonly { name: string, calibration: Calibration }[]} sets
 * @returns {string} SVG
 */
export function drawReliability(title, sets) {
  return picture(
    sets.length * panelWidth + 8,
    top + bottom + 14,
    title,
    text(title, 14, 22, 'title'),
    ...sets.map(drawPanel),
  );
}
