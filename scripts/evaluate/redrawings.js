/** Other ways to draw a drawn digit: five kinds at five strengths each. Pure, and the same at each run. */
import { fitDrawing } from './fit-drawing.js';

/** @import { Line } from './samples.js' */
/** @typedef {{ x: number, y: number }[][]} Placed strokes on a square pad or canvas of side 1, y down */

/**
 * Share of the pad that a drawing's longer side fills, unless its size is what is varied: less where drawings are
 * turned, so that they stay on the pad, and where they are moved, so that there is somewhere to go.
 */
export const padShares = { usual: 0.7, turned: 0.6, moved: 0.3 };

/** How much of the pad a drawing may fill when it is moved to a corner: a line on the very edge would leave the pad. */
const usableShare = 0.96;

/** How often a screen tells where the pointer is, per second. */
const pointerRate = 60;

/**
 * @param {readonly Line[]} strokes
 * @param {number} degrees clockwise
 * @returns {Line[]}
 */
function turn(strokes, degrees) {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return strokes.map((line) => line.map(([x, y]) => [x * cosine - y * sine, x * sine + y * cosine]));
}

/**
 * Points at equal distances along a line, its two ends included.
 * @param {{ x: number, y: number }[]} line
 * @param {number} spacing greater than 0
 */
function resample(line, spacing) {
  const points = [line[0]];
  let left = spacing;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    for (; left < length; left += spacing) {
      const share = left / length;
      points.push({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
    left -= length;
  }
  return [...points, line[line.length - 1]];
}

/**
 * @typedef {object} Redrawing
 * @property {string} kind
 * @property {string} unit of the strengths
 * @property {readonly number[]} strengths five
 * @property {'pad' | 'canvas'} through drawn on the pad with a pointer, or painted on a canvas and read as a picture
 * @property {(strokes: readonly Line[], strength: number, index: number) => Placed} place `index` of the drawing: every
 *   other one turns the other way, every fourth goes to the same corner
 * @property {(strength: number) => number} penWidth share of the canvas's side
 */

const unusedPen = () => 0;

/** @type {readonly Redrawing[]} */
export const redrawings = [
  {
    kind: 'stroke width',
    unit: '% of the digit’s longer side, on a canvas',
    strengths: [2, 5, 10, 15, 25],
    through: 'canvas',
    place: (strokes) => fitDrawing(strokes, 1, padShares.usual),
    penWidth: (percentage) => (percentage / 100) * padShares.usual,
  },
  {
    kind: 'size',
    unit: '% of the pad’s side',
    strengths: [10, 20, 40, 70, 95],
    through: 'pad',
    place: (strokes, percentage) => fitDrawing(strokes, 1, percentage / 100),
    penWidth: unusedPen,
  },
  {
    kind: 'rotation',
    unit: 'degrees to either side',
    strengths: [5, 10, 15, 20, 30],
    through: 'pad',
    place: (strokes, degrees, index) =>
      fitDrawing(turn(strokes, index % 2 === 0 ? degrees : -degrees), 1, padShares.turned),
    penWidth: unusedPen,
  },
  {
    kind: 'position',
    unit: '% of the way from the middle of the pad to a corner',
    strengths: [0, 25, 50, 75, 100],
    through: 'pad',
    place: (strokes, percentage, index) => {
      const way = (percentage / 100) * ((usableShare - padShares.moved) / 2);
      const across = index % 2 === 0 ? way : -way;
      const down = index % 4 < 2 ? way : -way;
      const placed = fitDrawing(strokes, 1, padShares.moved);
      return placed.map((line) => line.map(({ x, y }) => ({ x: x + across, y: y + down })));
    },
    penWidth: unusedPen,
  },
  {
    kind: 'speed',
    unit: `times the digit’s longer side per second, at ${pointerRate} points per second`,
    strengths: [1.5, 3, 6, 12, 18],
    through: 'pad',
    place: (strokes, speed) =>
      fitDrawing(strokes, 1, padShares.usual).map((line) => resample(line, (padShares.usual * speed) / pointerRate)),
    penWidth: unusedPen,
  },
];
