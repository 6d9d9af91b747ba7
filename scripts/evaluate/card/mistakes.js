/** The worst mistakes, as a sheet of the pictures that the network saw. Pure. */
import { element, moved, picture, text } from './svg.js';

/** @import { Measurement } from '../results.js' */

const imageSide = 28;
const zoom = 2.5;
const columns = 10;
const cellWidth = 94;
const cellHeight = 118;
const top = 40;

/** Few enough for a small file, many enough for the eye. */
const greyLevels = 6;

/**
 * @typedef {object} Mistake
 * @property {string} set that it comes from
 * @property {number} label the right digit
 * @property {number} guess
 * @property {number} confidence in the guess, 0..1
 * @property {boolean} refused whether the product says that it is no digit
 * @property {Uint8Array} pixels 28x28, 0 (paper) to 255 (ink)
 */

/**
 * The mistakes that the network was most sure of, worst first.
 * @param {Pick<Measurement, 'digits'>} measurement
 * @param {number} limit
 * @returns {Mistake[]}
 */
export function worstMistakes({ digits }, limit) {
  const mistakes = digits.flatMap(({ name, answers }) =>
    answers.flatMap((answer) => {
      if ('error' in answer || answer.digit === null || answer.digit === answer.label) return [];
      const { label, digit, probabilities, refused, image } = answer;
      const pixels = Uint8Array.from(Buffer.from(image, 'base64'));
      return [{ set: name, label, guess: digit, confidence: probabilities[digit], refused, pixels }];
    }),
  );
  return mistakes.sort((a, b) => b.confidence - a.confidence).slice(0, limit);
}

/** One path per level of grey, of runs of pixels along the rows. @param {Uint8Array} pixels */
function drawImage(pixels) {
  return Array.from({ length: greyLevels }, (_, index) => {
    const level = index + 1;
    const isLevel = (/** @type {number} */ pixel) => Math.round((pixels[pixel] / 255) * greyLevels) === level;
    let path = '';
    for (let row = 0; row < imageSide; row += 1) {
      for (let column = 0; column < imageSide; column += 1) {
        const start = column;
        while (column < imageSide && isLevel(row * imageSide + column)) column += 1;
        if (column > start) path += `M${start} ${row}h${column - start}v1h-${column - start}z`;
      }
    }
    return path === '' ? '' : element('path', { d: path, class: 'ink', 'fill-opacity': level / greyLevels });
  }).join('');
}

/** @param {Mistake} mistake @param {number} index */
function drawMistake({ set, label, guess, confidence, refused, pixels }, index) {
  const side = imageSide * zoom;
  const margin = (cellWidth - side) / 2;
  return moved(
    10 + (index % columns) * cellWidth,
    top + Math.floor(index / columns) * cellHeight,
    element('rect', { x: margin - 0.5, y: -0.5, width: side + 1, height: side + 1, class: 'rule' }),
    element(
      'g',
      { transform: `translate(${margin} 0) scale(${zoom})`, 'shape-rendering': 'crispEdges' },
      drawImage(pixels),
    ),
    text(`${label} read as ${guess}`, cellWidth / 2, side + 14, 'middle strong small'),
    text(`${(confidence * 100).toFixed(1)} %${refused ? ', not sure' : ''}`, cellWidth / 2, side + 27, 'middle small'),
    text(set, cellWidth / 2, side + 39, 'middle tiny muted'),
  );
}

/**
 * @param {string} title
 * @param {readonly Mistake[]} mistakes
 * @returns {string} SVG
 */
export function drawMistakes(title, mistakes) {
  const rows = Math.max(1, Math.ceil(mistakes.length / columns));
  return picture(
    columns * cellWidth + 20,
    top + rows * cellHeight,
    title,
    text(title, 14, 24, 'title'),
    ...mistakes.map(drawMistake),
  );
}
