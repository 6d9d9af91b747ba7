import { boxAround, verticalOverlap, type Box } from './box.js';
import type { PathPoint } from './stroke-path.js';

/** The strokes of a row of digits, by their boxes. */
interface Row {
  readonly boxes: readonly Box[];
  /** Height of the digits. */
  readonly height: number;
  /** Returns the length of a box's stroke. */
  readonly lengthOf: (box: Box) => number;
  /** Returns the points of a box's stroke, close to each other. */
  readonly pointsOf: (box: Box) => readonly PathPoint[];
}

/** Ink at most this share of the digits' height apart is one glyph: the two halves of a 0 are not parentheses. */
const MIN_GAP = 0.03;

/** Glyphs of less than this share of the digits' height, such as dots and dashes, are left out when digits are read. */
const MIN_HEIGHT = 0.3;

/** Number of slices of a glyph, from top to bottom, whose ink is compared. */
const SLICES = 9;
const MIDDLE = (SLICES - 1) / 2;

/**
 * A parenthesis is a single line: in each slice, it is no wider than this share of its height, and in the first and last
 * slice, where it is flatter, than `MAX_END_WIDTH`.
 */
const MAX_SLICE_WIDTH = 0.2;
const MAX_END_WIDTH = 0.35;

/**
 * Its ends are at least this share of its height to the same side of its middle. Of UNIPEN's parentheses, 55 % are; of
 * its digits, 0.3 % of the 1s and hardly any others.
 */
const MIN_BOW = 0.08;

/** Its line is at most this many times as long as it is tall: those of a 3 or 9 are far longer. */
const MAX_BOW_LENGTH = 1.4;

/** From the ends to the middle, it goes back by at most this share of its height. */
const MAX_RETURN = 0.02;

/** It is this many times as tall as the digits, and spans this share of the height of the one next to it. */
const MIN_TALLER = 1.05;
const MIN_SHARED_HEIGHT = 0.8;

/** A plus sign is lower than this share of the digits' height; some 4s are crosses, too. */
const MAX_PLUS_HEIGHT = 0.7;

/** It is at most this many times as wide as high, or as high as wide. */
const MAX_PLUS_ASPECT = 1.8;

/** Its lines are together at most this many times as long as its box is wide and high. */
const MAX_PLUS_LENGTH = 1.3;

/** Its lines cross at least this share of its size from its sides. */
const MIN_ARM = 0.2;

/** This share of its ink is on the two lines, at most that share of its size beside them. */
const MIN_PLUS_INK = 0.93;
const MAX_PLUS_OFFSET = 0.15;

/** Returns the boxes in groups, from left to right, with gaps between them: each is a glyph, or several that touch. */
function groupsOf(boxes: readonly Box[], gap: number): Box[][] {
  const groups: Box[][] = [];
  let reached = -Infinity;
  for (const box of [...boxes].sort((one, other) => one.x - other.x)) {
    if (box.x - reached < gap) groups[groups.length - 1].push(box);
    else groups.push([box]);
    reached = Math.max(reached, box.x + box.width);
  }
  return groups;
}

/** Returns the median of at least one value; of an even number of values, the lower one in the middle. */
const median = (values: readonly number[]): number => Float64Array.from(values).sort()[(values.length - 1) >> 1];

/** Whether points form a single line whose ends are to one side of its middle: 1 for the left, as of `)`, or -1. */
function isBow(points: readonly PathPoint[], { y, height }: Box, side: 1 | -1): boolean {
  const slices = Array.from({ length: SLICES }, () => ({ count: 0, sum: 0, left: Infinity, right: -Infinity }));
  for (const point of points) {
    const index = Math.floor(((point.y - y) / height) * SLICES);
    const slice = slices[Math.max(0, Math.min(SLICES - 1, index))];
    slice.count += 1;
    slice.sum += point.x;
    slice.left = Math.min(slice.left, point.x);
    slice.right = Math.max(slice.right, point.x);
  }
  const isLine = slices.every(({ count, left, right }, index) => {
    const most = index === 0 || index === SLICES - 1 ? MAX_END_WIDTH : MAX_SLICE_WIDTH;
    return count > 0 && right - left <= most * height;
  });
  if (!isLine) return false;
  const middles = slices.map(({ count, sum }) => (side * sum) / count);
  const isBent = [middles[0], middles[SLICES - 1]].every((end) => middles[MIDDLE] - end >= MIN_BOW * height);
  // The point of the bow may lie a slice above or below the middle.
  const isSmooth = middles.every((middle, index) => {
    const outer = index < MIDDLE ? middles[index - 1] : middles[index + 1];
    return Math.abs(index - MIDDLE) <= 1 || outer === undefined || middle - outer >= -MAX_RETURN * height;
  });
  return isBent && isSmooth;
}

/** Whether a box has the proportions of a plus sign, and not much more ink. */
function mayBePlus({ width, height }: Box, length: number): boolean {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  return longer <= MAX_PLUS_ASPECT * shorter && length <= MAX_PLUS_LENGTH * (width + height);
}

/** Whether points form an upright cross. */
function isPlus(points: readonly PathPoint[], box: Box): boolean {
  const size = Math.max(box.width, box.height);
  // The median is on the line, unless the other one is far longer on one side.
  const [x, y] = [median(points.map((point) => point.x)), median(points.map((point) => point.y))];
  const isInside = (at: number, start: number, length: number): boolean =>
    at >= start + MIN_ARM * length && at <= start + (1 - MIN_ARM) * length;
  const reach = MAX_PLUS_OFFSET * size;
  const isOnLine = (point: PathPoint): boolean => Math.min(Math.abs(point.x - x), Math.abs(point.y - y)) <= reach;
  return (
    isInside(x, box.x, box.width) &&
    isInside(y, box.y, box.height) &&
    points.filter(isOnLine).length >= MIN_PLUS_INK * points.length
  );
}

/** Whether a glyph at the start (-1) or end (1) of a row is a parenthesis or a plus sign, given the nearest one first. */
function isMark(own: readonly Box[], others: readonly Box[], row: Row, side: 1 | -1): boolean {
  const { lengthOf, pointsOf } = row;
  const box = boxAround(own);
  const length = own.reduce((sum, part) => sum + lengthOf(part), 0);
  const height = median(others.map((other) => other.height));
  if (box.height <= MAX_PLUS_HEIGHT * height) {
    return mayBePlus(box, length) && isPlus(own.flatMap(pointsOf), box);
  }
  const isLine = box.height > box.width && length <= MAX_BOW_LENGTH * box.height;
  const isTaller = box.height >= MIN_TALLER * height;
  const spansNext = verticalOverlap(box, others[0]) >= MIN_SHARED_HEIGHT * others[0].height;
  return isLine && isTaller && spansNext && isBow(own.flatMap(pointsOf), box, side);
}

/** Returns the parentheses and plus signs before and after the digits of a row: they would be read as digits. */
export function findMarks(row: Row): ReadonlySet<Box> {
  const glyphs = groupsOf(row.boxes, MIN_GAP * row.height);
  let tall = glyphs.filter((group) => boxAround(group).height >= MIN_HEIGHT * row.height);
  const marks = new Set<Box>();
  for (const side of [-1, 1] as const) {
    const [own, ...others] = side < 0 ? tall : [...tall].reverse();
    if (others.length === 0 || !isMark(own, others.map(boxAround), row, side)) continue;
    own.forEach((box) => marks.add(box));
    tall = tall.filter((group) => group !== own);
  }
  return marks;
}
