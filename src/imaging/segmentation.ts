import type { Box } from './box.js';
import type { NormalizedImage } from './normalized-image.js';

/**
 * A part of the ink that belongs to a single digit: a stroke, a connected component, or the part of either between two
 * cuts.
 */
export interface Piece {
  /** In the units of the source, without the slant. */
  readonly box: Box;
  /** Whether only a cut separates it from the previous piece. */
  readonly joined: boolean;
}

/** The ink of a number, in pieces from left to right. */
export interface Segmentation {
  readonly pieces: readonly Piece[];
  /** Height of the digits, in the units of the source. */
  readonly height: number;
  /** Returns the image of the pieces from `first` to `last` (inclusive) as one digit. */
  image(first: number, last: number): NormalizedImage;
  /**
   * Returns a key that identifies the ink of these pieces, even if it is segmented again together with more strokes.
   */
  key(first: number, last: number): string;
}

/** Boxes lower than this share of the tallest one are parts of digits: bars, dots, hooks. */
const MIN_WHOLE_DIGIT = 0.5;

/** Estimates the height of digits from boxes of their ink: the median of those that may be whole digits. */
export function digitHeight(boxes: readonly Box[]): number {
  const tallest = boxes.reduce((most, { height }) => Math.max(most, height), 0);
  const heights = boxes.map(({ height }) => height).filter((height) => height >= tallest * MIN_WHOLE_DIGIT);
  heights.sort((a, b) => a - b);
  // If all boxes are flat, such as a dash, the width is used instead.
  return heights[Math.floor(heights.length / 2)] || boxes.reduce((most, { width }) => Math.max(most, width), 0);
}

/** Minimum gap between rows of numbers, as a share of the digits' height. */
const MIN_ROW_GAP = 0.25;

/** Minimum height of a row, as a share of the digits' height. */
const MIN_ROW_HEIGHT = 0.6;

/** Returns the bottom of the first row of digits; boxes below belong to other rows. */
export function firstRowEnd(boxes: readonly Box[], height: number): number {
  let [top, bottom] = [Infinity, -Infinity];
  for (const box of [...boxes].sort((a, b) => a.y - b.y)) {
    const isNext = box.y - bottom > MIN_ROW_GAP * height;
    if (isNext && bottom - top >= MIN_ROW_HEIGHT * height && box.height >= MIN_ROW_HEIGHT * height) return bottom;
    top = Math.min(top, box.y);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return bottom;
}

/** Compares boxes by their center, from left to right. */
export function fromLeftToRight(a: { readonly box: Box }, b: { readonly box: Box }): number {
  return a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2);
}
