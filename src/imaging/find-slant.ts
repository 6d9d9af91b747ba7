/** How far the tops of digits lean to the right, as a share of their height, at most and in steps. */
const LEAST_SLANT = -0.3;
const MOST_SLANT = 0.7;
const STEP = 0.1;

/** Upright is preferred to a slant that does not make the pieces narrower than this share of their width. */
const NARROWER = 0.95;

/** Some ink: where it lies, and the number of the connected piece that it belongs to. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly piece: number;
}

/** How wide the pieces are, added up, when they are stood upright. */
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
 * How far the digits of a number lean to the right, as a share of their height: the shear that makes the connected
 * pieces narrowest, so that columns between them become free.
 */
export function findSlant(ink: readonly InkPoint[]): number {
  let [found, least] = [0, totalWidth(ink, 0) * NARROWER];
  for (let step = Math.round(LEAST_SLANT / STEP); step <= Math.round(MOST_SLANT / STEP); step++) {
    const width = totalWidth(ink, step * STEP);
    if (width < least) [found, least] = [step * STEP, width];
  }
  return found;
}
