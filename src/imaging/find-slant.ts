/** Slants to try: how far the tops of digits lean to the right, as a share of their height. */
const MIN_SLANT = -0.3;
const MAX_SLANT = 0.7;
const STEP = 0.1;

/** A slant must make the components narrower than this share of their width to be preferred to none. */
const MAX_RELATIVE_WIDTH = 0.95;

/** A point of the ink, and the label of its connected component. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly piece: number;
}

/** Returns the sum of the components' widths once the slant is removed. */
function totalWidth(ink: readonly InkPoint[], slant: number): number {
  const [lefts, rights] = [new Map<number, number>(), new Map<number, number>()];
  for (const { x, y, piece } of ink) {
    const column = x + slant * y;
    lefts.set(piece, Math.min(column, lefts.get(piece) ?? Infinity));
    rights.set(piece, Math.max(column, rights.get(piece) ?? -Infinity));
  }
  let sum = 0;
  for (const [piece, left] of lefts) sum += rights.get(piece)! - left;
  return sum;
}

/**
 * Estimates how far the digits of a number lean to the right, as a share of their height: by the shear that makes the
 * connected components narrowest, so that columns between them become free.
 */
export function findSlant(ink: readonly InkPoint[]): number {
  let [found, least] = [0, totalWidth(ink, 0) * MAX_RELATIVE_WIDTH];
  for (let step = Math.round(MIN_SLANT / STEP); step <= Math.round(MAX_SLANT / STEP); step++) {
    const width = totalWidth(ink, step * STEP);
    if (width < least) [found, least] = [step * STEP, width];
  }
  return found;
}
