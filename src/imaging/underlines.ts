import { horizontalOverlap, type Box } from './box.js';

/** An underline is wider than this share of the digits' height: bars and bases of digits are narrower. */
const MIN_WIDTH = 0.9;

/** A line above the digits is wider than this share of their height, since the bar of a 5 or 7 may be drawn apart. */
const MIN_WIDTH_ABOVE = 1.2;

/**
 * A line by hand is at most as tall as this share of the digits' height, or, if it slopes, of its own width, but never
 * as tall as `MAX_SLOPING_HEIGHT`.
 */
const MAX_HEIGHT = 0.3;
const MAX_SLOPE = 0.2;
const MAX_SLOPING_HEIGHT = 0.5;

/** Boxes of less than this share of the digits' height are no digits: they need not be above an underline. */
const MIN_DIGIT = 0.5;

/** Where the middle of an underline, and of a line above, lies in the height of each digit: it may cut its end. */
const MIN_DEPTH = 0.8;
const MAX_DEPTH_ABOVE = 0.05;

/**
 * A line below a single digit is its underline, and not the base of a 1, if it is wider or farther from the digit than
 * these shares of the digits' height.
 */
const MIN_WIDTH_BELOW_ONE = 1.05;
const MIN_GAP_BELOW_ONE = 0.15;

/** A line spans a digit if it covers this share of the digit's width. */
const SPANNED = 0.5;

/** More lines than this are a pattern: underlines are single or double. */
const MAX_LINES = 12;

function isFlat({ width, height }: Box, digits: number): boolean {
  const most = Math.min(MAX_SLOPING_HEIGHT * digits, Math.max(MAX_HEIGHT * digits, MAX_SLOPE * width));
  return height <= most && width >= MIN_WIDTH * digits;
}

function isUnderline(line: Box, digits: readonly Box[], height: number): boolean {
  const middle = line.y + line.height / 2;
  const touched = digits.filter((box) => horizontalOverlap(line, box) >= 0);
  const spanned = touched.filter((box) => horizontalOverlap(line, box) >= SPANNED * box.width).length;
  const isBelow = (share: number) => (box: Box) => middle > box.y + share * box.height;
  const isApart = (box: Box): boolean => line.y - box.y - box.height > MIN_GAP_BELOW_ONE * height;
  const isBase = spanned === 1 && line.width < MIN_WIDTH_BELOW_ONE * height && !touched.every(isApart);
  if (spanned > 0 && !isBase && touched.every(isBelow(MIN_DEPTH))) return true;
  return spanned > 1 && line.width >= MIN_WIDTH_ABOVE * height && !touched.some(isBelow(MAX_DEPTH_ABOVE));
}

/**
 * Returns the lines below or above the digits of a row. The bar of a 7 or 5, the base of a 1, and dashes are none.
 *
 * @param boxes of connected ink, or of strokes
 * @param height of the digits
 */
export function findUnderlines(boxes: readonly Box[], height: number): ReadonlySet<Box> {
  const lines = boxes.filter((box) => isFlat(box, height));
  if (lines.length > MAX_LINES) return new Set();
  const digits = boxes.filter((box) => box.height >= MIN_DIGIT * height && !lines.includes(box));
  return new Set(lines.filter((line) => isUnderline(line, digits, height)));
}
