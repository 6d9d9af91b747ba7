import { horizontalOverlap, middleX, middleY, verticalOverlap, type Box } from './box.js';
import { MAX_COMPONENTS } from './connected-ink.js';

/** Boxes of less than this share of the digits' height are parts of digits, or marks: they follow the nearest digit. */
const MIN_DIGIT = 0.6;

/** Digits of one row overlap vertically by more than this share of the lower one's height, once the slope is removed. */
const MIN_OVERLAP = 0.3;

/** How far apart, as shares of the digits' height, the centers of two digits are that show a row's slope. */
const MIN_STEP = 0.5;
const MAX_STEP = 2.5;

/** Rows hardly slope more than this. */
const MAX_SLOPE = 0.6;

/** How much farther a vertical distance is than a horizontal one: the next digit of a row is rather beside than below. */
const VERTICAL_WEIGHT = 2;

/** Minimum gap between the digits of two rows, one below the other, as a share of their height: less is one broken digit. */
const MIN_GAP = 0.05;

/** Minimum gap between two rows if no digit is below another one, as a share of the digits' height. */
const MIN_GAP_ASIDE = 0.25;

/** One digit is below another one if they overlap horizontally by this share of the narrower one's width. */
const MIN_BELOW = 0.3;

/** Returns the height that two boxes share, as a share of the lower one's. */
const sharedHeight = (one: Box, other: Box): number => verticalOverlap(one, other) / Math.min(one.height, other.height);

/** Returns the median; of an even number of values, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Returns how far the rows descend per unit to the right: the median over each digit and the next one beside it. */
function slopeOf(digits: readonly Box[], height: number): number {
  const slopes = digits.flatMap((box) => {
    let [nearest, slope] = [Infinity, 0];
    for (const other of digits) {
      const across = middleX(other) - middleX(box);
      if (across < MIN_STEP * height || across > MAX_STEP * height || verticalOverlap(box, other) <= 0) continue;
      const down = middleY(other) - middleY(box);
      if (Math.abs(down) > MAX_SLOPE * across) continue;
      const distance = across + VERTICAL_WEIGHT * Math.abs(down);
      if (distance < nearest) [nearest, slope] = [distance, down / across];
    }
    return nearest < Infinity ? [slope] : [];
  });
  return slopes.length > 0 ? median(slopes) : 0;
}

/** Divides digits into rows: each overlaps vertically with the one before it. */
function chainRows(digits: readonly Box[]): Box[][] {
  const rows: Box[][] = [];
  for (const box of digits) {
    let [best, most]: [Box[] | null, number] = [null, MIN_OVERLAP];
    for (const row of rows) {
      const shared = sharedHeight(row[row.length - 1], box);
      if (shared > most) [best, most] = [row, shared];
    }
    if (best) best.push(box);
    else rows.push([box]);
  }
  return rows;
}

/** Whether the digits of one row are below those of another, rather than all in one uneven row. */
function areApart(upper: readonly Box[], lower: readonly Box[], height: number, leastGap: number): boolean {
  const gaps = upper.flatMap((box) =>
    lower
      .filter((other) => horizontalOverlap(box, other) > MIN_BELOW * Math.min(box.width, other.width))
      .map((other) => other.y - box.y - box.height),
  );
  if (gaps.length > 0) return median(gaps) > leastGap;
  const bottom = Math.max(...upper.map((box) => box.y + box.height));
  return Math.min(...lower.map(({ y }) => y)) - bottom > MIN_GAP_ASIDE * height;
}

/** Returns the vertical distance of a box from the digit of a row that is horizontally nearest. */
function distanceTo(row: readonly Box[], box: Box): number {
  let nearest = row[0];
  for (const own of row)
    if (Math.abs(middleX(own) - middleX(box)) < Math.abs(middleX(nearest) - middleX(box))) nearest = own;
  return Math.abs(middleY(nearest) - middleY(box));
}

/**
 * Returns the boxes of the first row of digits, with what belongs to them: all boxes if there is only one row among the
 * topmost {@link MAX_COMPONENTS} digits. Rows may slope, and their digits differ in height.
 *
 * @param height of the digits
 * @param leastGap minimum gap between two rows; parts of one digit that a dry pen left may be this far apart
 */
export function firstRow(boxes: readonly Box[], height: number, leastGap = 0): ReadonlySet<Box> {
  if (height === 0) return new Set(boxes);
  const tall = boxes.filter((box) => box.height >= MIN_DIGIT * height);
  const digits = tall.sort((one, other) => middleY(one) - middleY(other)).slice(0, MAX_COMPONENTS);
  digits.sort((one, other) => middleX(one) - middleX(other));
  const slope = slopeOf(digits, height);
  const level = (box: Box): Box => ({ ...box, y: box.y - slope * middleX(box) });
  const leveled = new Map(digits.map((box) => [level(box), box]));
  const rows = chainRows([...leveled.keys()]);
  const top = (row: readonly Box[]): number => row.reduce((sum, box) => sum + middleY(box), 0) / row.length;
  rows.sort((one, other) => top(one) - top(other));
  const gap = Math.max(leastGap, MIN_GAP * height);
  const end = rows.findIndex((row, index) => index > 0 && areApart(rows.slice(0, index).flat(), row, height, gap));
  if (end < 0) return new Set(boxes);
  const [first, others] = [rows.slice(0, end).flat(), rows.slice(end)];
  const own = new Set(first.map((box) => leveled.get(box)!));
  return new Set(
    boxes.filter((box) => {
      if (box.height >= MIN_DIGIT * height) return own.has(box);
      const distance = distanceTo(first, level(box));
      return others.every((row) => distanceTo(row, level(box)) >= distance);
    }),
  );
}
