/** A network as a row of boxes: what each layer gives, to scale, and what makes it. Pure. */
import { element, line, moved, picture, text } from './svg.js';

/** @import { Layer } from './layers.js' */

const columnWidth = 86;
const baseline = 168;

/** Units of the picture per pixel of a feature map, and how far the map's depth is drawn aside and upward per pixel. */
const scale = 3.4;
const aside = 1.3;
const upward = 1.1;

/** @param {readonly (readonly [number, number])[]} corners */
const points = (corners) => corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/**
 * A stack of feature maps: as thick as there are many, as high as they are.
 * @param {number} middle
 * @param {readonly number[]} shape `[channels, height, width]`
 */
function drawMaps(middle, [channels, height, width]) {
  const thick = 3 + channels * 0.35;
  const high = Math.max(3, height * scale);
  const [right, up] = [width * aside, width * upward];
  const left = middle - (thick + right) / 2;
  const top = baseline - high;
  const face = element('rect', { x: left, y: top, width: thick, height: high, class: 's0', 'fill-opacity': 0.9 });
  const lid = points([
    [left, top],
    [left + right, top - up],
    [left + right + thick, top - up],
    [left + thick, top],
  ]);
  const side = points([
    [left + thick, top],
    [left + thick + right, top - up],
    [left + thick + right, baseline - up],
    [left + thick, baseline],
  ]);
  return [
    element('polygon', { points: lid, class: 's0', 'fill-opacity': 0.6 }),
    element('polygon', { points: side, class: 's0', 'fill-opacity': 0.25 }),
    element('polygon', { points: side, class: 's0-line' }),
    face,
  ].join('');
}

/** A list of numbers: a bar whose height grows with the logarithm of their count. @param {number} middle @param {number} length */
function drawVector(middle, length) {
  const high = 12 + 7 * Math.log2(length);
  return element('rect', { x: middle - 4, y: baseline - high, width: 8, height: high, rx: 2, class: 's1' });
}

/** @param {Layer} layer */
function nameOf({ operation, kernel }) {
  const size = kernel.join('×');
  const names = { convolution: `conv ${size}`, 'max pooling': `max-pool ${size}` };
  return operation === 'convolution' || operation === 'max pooling' ? names[operation] : operation;
}

/**
 * @param {string} title
 * @param {readonly Layer[]} layers
 * @returns {string} SVG
 */
export function drawArchitecture(title, layers) {
  const width = layers.length * columnWidth + 20;
  const boxes = layers.map((layer, index) => {
    const middle = 10 + (index + 0.5) * columnWidth;
    const { shape, activation, parameters } = layer;
    const [channels, ...sizes] = shape;
    return [
      sizes.length > 0 ? drawMaps(middle, shape) : drawVector(middle, channels),
      text(nameOf(layer), middle, baseline + 24, 'middle strong small'),
      text(activation ?? '', middle, baseline + 39, 'middle small muted'),
      text(
        [...sizes, channels].map((size) => size.toLocaleString('en')).join(' × '),
        middle,
        baseline + 56,
        'middle small',
      ),
      text(parameters > 0 ? parameters.toLocaleString('en') : '–', middle, baseline + 73, 'middle small muted'),
    ].join('');
  });
  return picture(
    width,
    baseline + 88,
    title,
    text(title, 12, 22, 'title'),
    line(10, baseline + 0.5, width - 10, baseline + 0.5, 'rule'),
    moved(0, 0, ...boxes),
  );
}
