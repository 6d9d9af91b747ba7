import { middleX, type Box } from './box.js';
import { firstRow } from './first-row.js';
import type { NormalizedImage } from './normalized-image.js';
import { findUnderlines } from './underlines.js';

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
  /** Width of the lines that all boxes include, in the units of the source; 0 for strokes. */
  readonly lineWidth: number;
  /** How far the digits lean to the right, as a share of their height: this slant is not in the boxes. */
  readonly slant: number;
  /** Returns the image of the pieces from `first` to `last` (inclusive) as one digit. */
  image(first: number, last: number): NormalizedImage;
  /**
   * Returns a key that identifies the ink of these pieces: strokes even if they are segmented again together with others,
   * pixels only in this segmentation.
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

/** Compares parts by their center, from left to right. */
export function fromLeftToRight(a: { readonly box: Box }, b: { readonly box: Box }): number {
  return middleX(a.box) - middleX(b.box);
}

/**
 * Returns the boxes of the first row's digits, without lines below and above them.
 *
 * @param height of the digits
 * @param leastGap minimum gap between two rows
 */
export function digitBoxes(boxes: readonly Box[], height: number, leastGap?: number): ReadonlySet<Box> {
  const row = [...firstRow(boxes, height, leastGap)];
  const lines = findUnderlines(row, height);
  return new Set(row.filter((box) => !lines.has(box)));
}

/** What is known of a part of the ink before its neighbors are known. */
export interface Part {
  readonly box: Box;
  /** The stroke or component that it is a part of. */
  readonly whole: unknown;
  /** Whether it begins at a cut. */
  readonly isCut: boolean;
}

/** Returns the pieces of sorted parts: a part may be joined only with the previous part of the same ink. */
export function piecesOf(parts: readonly Part[]): Piece[] {
  return parts.map(({ box, whole, isCut }, index) => ({
    box,
    joined: isCut && index > 0 && parts[index - 1].whole === whole,
  }));
}
