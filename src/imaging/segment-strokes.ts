import type { Box } from './box.js';
import { findMarks } from './find-marks.js';
import { findSlant } from './find-slant.js';
import { normalizeStrokes } from './normalize-strokes.js';
import { digitBoxes, digitHeight, fromLeftToRight, piecesOf, type Part, type Segmentation } from './segmentation.js';
import {
  boundingBoxOfPoints,
  densePoints,
  pathLength,
  withoutStrayPoints,
  type PathPoint,
  type StrokePath,
} from './stroke-path.js';

/** A stroke, or the part of it between two cuts. */
interface StrokePart extends Part {
  readonly paths: readonly StrokePath[];
  readonly key: string;
}

/** A stroke wider than this share of the digits' height may be two touching digits. */
const MIN_TOUCHING_WIDTH = 0.8;

/** A stroke at most this many times as long as a line across its box is one, such as the slash of a percent sign. */
const MAX_LINE_LENGTH = 1.15;

/** Minimum width of a digit next to a cut, as a share of the height. */
const MIN_WIDTH = 0.25;

/** Maximum number of points to estimate the slant from. */
const SLANT_POINTS = 1000;

/** Maximum number of cuts to try in one stroke. */
const MAX_CUTS = 8;

/**
 * Where to cut a range of columns that a single line crosses, as shares of the range: the connection may belong to
 * either digit.
 */
const CUTS = [0.25, 0.75];

/** Number of columns of a wide stroke to consider for cuts. */
const COLUMN_COUNT = 48;

/** A mark is known by points this share of the digits' height apart. */
const POINT_DISTANCE = 1 / 50;

/** Shears a stroke: by how far its top is moved to the left, as a share of its height. */
const shear = ({ points }: StrokePath, slant: number): StrokePath =>
  slant === 0 ? { points } : { points: points.map(({ x, y }) => ({ x: x + slant * y, y })) };

/** Identifies strokes, across segmentations. */
const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(stroke: object): number {
  let identity = identities.get(stroke);
  if (identity === undefined) identities.set(stroke, (identity = lastIdentity += 1));
  return identity;
}

/** Whether a stroke is a straight line: no digit continues into the next. */
function isLine(stroke: StrokePath, { width, height }: Box): boolean {
  return pathLength(stroke) <= MAX_LINE_LENGTH * Math.hypot(width, height);
}

/** Returns how far strokes lean to the right, as a share of their height. A single line, such as a slash, does not tell. */
function slantOf(strokes: readonly StrokePath[]): number {
  const bent = strokes.filter((stroke) => !isLine(stroke, boundingBoxOfPoints([stroke])!));
  const ink = bent.flatMap(({ points }, piece) => points.map(({ x, y }) => ({ x, y, piece })));
  const stride = Math.ceil(ink.length / SLANT_POINTS);
  return findSlant(stride > 1 ? ink.filter((_, index) => index % stride === 0) : ink);
}

/** Returns how often a stroke crosses the vertical line at `x`. */
function crossings({ points }: StrokePath, x: number): number {
  return points.slice(1).filter((point, index) => points[index].x < x !== point.x < x).length;
}

/**
 * Returns columns where a wide stroke may continue from one digit into the next: in ranges of columns that it crosses
 * only once.
 */
function cutColumns(path: StrokePath, box: Box, height: number): number[] {
  if (box.width <= MIN_TOUCHING_WIDTH * height || isLine(path, box)) return [];
  const margin = MIN_WIDTH * height;
  const step = (box.width - 2 * margin) / COLUMN_COUNT;
  const columns = Array.from({ length: COLUMN_COUNT + 1 }, (_, index) => box.x + margin + index * step);
  const ranges: number[][] = [];
  let open = false;
  for (const column of columns) {
    const single = crossings(path, column) === 1;
    if (single && open) ranges[ranges.length - 1].push(column);
    else if (single) ranges.push([column]);
    open = single;
  }
  const cuts = ranges.flatMap((range) => CUTS.map((share) => range[Math.round(share * (range.length - 1))]));
  return [...new Set(cuts)].slice(0, MAX_CUTS);
}

/** Returns the parts of a stroke on one side of a vertical line, ending on it. */
function side({ points }: StrokePath, x: number, left: boolean): StrokePath[] {
  const inside = (point: PathPoint): boolean => point.x < x === left;
  const lines: PathPoint[][] = [];
  points.forEach((point, index) => {
    const before = index > 0 ? points[index - 1] : null;
    const crosses = before !== null && inside(before) !== inside(point);
    const border = crosses
      ? { x, y: before.y + ((point.y - before.y) * (x - before.x)) / (point.x - before.x || 1) }
      : null;
    if (inside(point)) {
      if (border || index === 0) lines.push(border ? [border] : []);
      lines[lines.length - 1].push(point);
    } else if (border) {
      lines[lines.length - 1].push(border);
    }
  });
  return lines.map((line) => ({ points: line }));
}

function partsOf(stroke: StrokePath, key: string, height: number): StrokePart[] {
  const box = boundingBoxOfPoints([stroke])!;
  const columns = cutColumns(stroke, box, height);
  const parts: StrokePart[] = [];
  let remaining: StrokePath[] = [stroke];
  for (const [index, column] of [...columns, Infinity].entries()) {
    const paths = column === Infinity ? remaining : remaining.flatMap((path) => side(path, column, true));
    remaining = column === Infinity ? [] : remaining.flatMap((path) => side(path, column, false));
    const own = columns.length > 0 ? `${key}/${columns[index - 1] ?? ''}-${column}` : key;
    parts.push({ paths, key: own, box: boundingBoxOfPoints(paths)!, whole: stroke, isCut: index > 0 });
  }
  return parts;
}

/**
 * Segments the strokes of a number from left to right, without their slant. Strokes that are far wider than the digits
 * are tall are cut where one digit may continue into the next.
 *
 * Of several rows of numbers, only the first is used. Lines below and above the digits are left out, and parentheses and
 * plus signs beside them.
 *
 * @param strokes in any units, y down
 * @returns null if there is no ink
 */
export function segmentStrokes(strokes: readonly StrokePath[]): Segmentation | null {
  const drawn = strokes.flatMap((stroke) =>
    withoutStrayPoints([stroke]).map((path) => ({ path, key: String(identityOf(stroke.points)) })),
  );
  if (drawn.length === 0) return null;
  const slant = slantOf(drawn.map(({ path }) => path));
  const upright = drawn.map(({ path }) => shear(path, slant));
  const boxes = upright.map((path) => boundingBoxOfPoints([path])!);
  const height = digitHeight(boxes);
  const row = [...digitBoxes(boxes, height)];
  const paths = new Map(boxes.map((box, index) => [box, upright[index]]));
  const lengthOf = (box: Box): number => pathLength(paths.get(box)!);
  const pointsOf = (box: Box): PathPoint[] => densePoints(paths.get(box)!, POINT_DISTANCE * height);
  const marks = findMarks({ boxes: row, height, lengthOf, pointsOf });
  const digits = new Set(row.filter((box) => !marks.has(box)));
  const parts = upright
    .map((path, index) => ({ path, key: drawn[index].key }))
    .filter((_, index) => digits.has(boxes[index]))
    .flatMap(({ path, key }) => partsOf(path, key, height))
    .sort(fromLeftToRight);
  return {
    pieces: piecesOf(parts),
    height,
    lineWidth: 0,
    slant,
    image: (first, last) => {
      const chosen = parts.slice(first, last + 1).flatMap(({ paths }) => paths.map((path) => shear(path, -slant)));
      return normalizeStrokes(chosen);
    },
    key: (first, last) =>
      parts
        .slice(first, last + 1)
        .map(({ key }) => key)
        .sort()
        .join(' '),
  };
}
