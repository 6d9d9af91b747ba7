import type { Box } from './box.js';
import type { NormalizedImage } from './normalized-image.js';

/** A part of the ink that belongs to one digit as a whole: a stroke, connected pixels, or what lies between two cuts. */
export interface Piece {
  /** In the units of the source, slanted digits stood upright. */
  readonly box: Box;
  /** Whether it is joined with the piece before it, so that only a cut parts them. */
  readonly joined: boolean;
}

/** The ink of a number that is written side by side, in pieces from left to right. */
export interface Segmentation {
  readonly pieces: readonly Piece[];
  /** How tall the digits are, in the units of the source. */
  readonly height: number;
  /** What the pieces from `first` to `last` (both included) look like as one digit. */
  image(first: number, last: number): NormalizedImage;
  /** The same for the same strokes, also when they are segmented again with more beside them; else no other's. */
  key(first: number, last: number): string;
}

/** Boxes lower than this share of the tallest one are parts of digits: bars, dots, hooks. */
const WHOLE_DIGIT = 0.5;

/** How tall the digits are that boxes of their ink belong to: the median of those that may be whole digits. */
export function digitHeight(boxes: readonly Box[]): number {
  const tallest = Math.max(...boxes.map(({ height }) => height));
  const heights = boxes.map(({ height }) => height).filter((height) => height >= tallest * WHOLE_DIGIT);
  heights.sort((a, b) => a - b);
  // Where all is flat, as a dash is, its length has to do.
  return heights[Math.floor(heights.length / 2)] || Math.max(...boxes.map(({ width }) => width));
}

/** Rows of numbers are apart by more than this share of the digits' height. */
const ROW_GAP = 0.25;

/** What is lower than this share of the digits' height is no row of its own. */
const LEAST_ROW = 0.6;

/** The bottom of the first row of digits; what is lower belongs to other rows. */
export function firstRowEnd(boxes: readonly Box[], height: number): number {
  let [top, bottom] = [Infinity, -Infinity];
  for (const box of [...boxes].sort((a, b) => a.y - b.y)) {
    const isNext = box.y - bottom > ROW_GAP * height;
    if (isNext && bottom - top >= LEAST_ROW * height && box.height >= LEAST_ROW * height) return bottom;
    top = Math.min(top, box.y);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return bottom;
}

/** By the middle, from left to right. */
export function fromLeftToRight(a: { readonly box: Box }, b: { readonly box: Box }): number {
  return a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2);
}
