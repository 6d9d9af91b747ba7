/** Digits redrawn in five ways, at five strengths each. Pure and deterministic. */
import { distance, mix, type Path, type Point } from '../../models/training/data/geometry.js';
import { fitDrawing, mapPoints, type Strokes } from './strokes.js';

/**
 * Share of the pad that a drawing's longer side fills, unless its size varies: less for rotated drawings, so that they
 * stay on the pad, and for moved ones, so that there is somewhere to go.
 */
export const padShares = { usual: 0.7, rotated: 0.6, moved: 0.3 };

/** Share of the pad that moved drawings stay within: a line on the very edge would leave the pad. */
const usableShare = 0.96;

/** Pointer events per second. */
const pointerRate = 60;

function rotate(strokes: Strokes, degrees: number): Strokes {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return mapPoints(strokes, ({ x, y }) => ({ x: x * cosine - y * sine, y: x * sine + y * cosine }));
}

/** Points at equal distances along a line, its two ends included. */
function resample(line: Path, spacing: number): Point[] {
  const points = [line[0]];
  let left = spacing;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    const length = distance(from, to);
    for (; left < length; left += spacing) points.push(mix(from, to, left / length));
    left -= length;
  }
  return [...points, line[line.length - 1]];
}

export interface Redrawing {
  readonly kind: string;
  /** Unit of the strengths. */
  readonly unit: string;
  readonly strengths: readonly number[];
  /** Width of the pen, as a share of the canvas's side, for what is painted on a canvas instead of drawn on the pad. */
  readonly penWidth?: (strength: number) => number;
  /** @param index of the drawing: every other one is rotated the other way, every fourth moved to the same corner */
  readonly redraw: (strokes: Strokes, strength: number, index: number) => Strokes;
}

export const redrawings: readonly Redrawing[] = [
  {
    kind: 'stroke width',
    unit: '% of the digit’s longer side, on a canvas',
    strengths: [2, 5, 10, 15, 25],
    redraw: (strokes) => fitDrawing(strokes, padShares.usual),
    penWidth: (percentage) => (percentage / 100) * padShares.usual,
  },
  {
    kind: 'size',
    unit: '% of the pad’s side',
    strengths: [10, 20, 40, 70, 95],
    redraw: (strokes, percentage) => fitDrawing(strokes, percentage / 100),
  },
  {
    kind: 'rotation',
    unit: 'degrees to either side',
    strengths: [5, 10, 15, 20, 30],
    redraw: (strokes, degrees, index) =>
      fitDrawing(rotate(strokes, index % 2 === 0 ? degrees : -degrees), padShares.rotated),
  },
  {
    kind: 'position',
    unit: '% of the way from the center of the pad to a corner',
    strengths: [0, 25, 50, 75, 100],
    redraw: (strokes, percentage, index) => {
      const way = (percentage / 100) * ((usableShare - padShares.moved) / 2);
      const across = index % 2 === 0 ? way : -way;
      const down = index % 4 < 2 ? way : -way;
      const placed = fitDrawing(strokes, padShares.moved);
      return mapPoints(placed, ({ x, y }) => ({ x: x + across, y: y + down }));
    },
  },
  {
    kind: 'speed',
    unit: `times the digit’s longer side per second, at ${pointerRate} points per second`,
    strengths: [1.5, 3, 6, 12, 18],
    redraw: (strokes, speed) =>
      fitDrawing(strokes, padShares.usual).map((line) => resample(line, (padShares.usual * speed) / pointerRate)),
  },
];
