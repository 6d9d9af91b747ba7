/** How far the tops of digits lean to the right, as a share of their height, at most and in steps. */
const LEAST_SLANT = -0.3;
const MOST_SLANT = 0.7;
const STEP = 0.1;

/** Columns of ink that the digits' height is divided in. */
const COLUMNS = 24;

/** Upright is preferred to a slant that makes the columns not this much clearer. */
const CLEARER = 1.08;

/** Some ink: how much of it lies where. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** How clearly the ink lies in columns: the sum of the squares of what each has. */
function clarity(ink: readonly InkPoint[], slant: number, height: number): number {
  const columns = new Map<number, number>();
  for (const { x, y, weight } of ink) {
    const column = Math.floor(((x + slant * y) * COLUMNS) / height);
    columns.set(column, (columns.get(column) ?? 0) + weight);
  }
  let sum = 0;
  for (const weight of columns.values()) sum += weight * weight;
  return sum;
}

/**
 * How far the digits of a number lean to the right, as a share of their height: the shear that stands their strokes
 * upright, so that columns between them become free.
 *
 * @param height of the digits
 */
export function findSlant(ink: readonly InkPoint[], height: number): number {
  if (!(height > 0)) return 0;
  let [found, most] = [0, clarity(ink, 0, height) * CLEARER];
  for (let step = Math.round(LEAST_SLANT / STEP); step <= Math.round(MOST_SLANT / STEP); step++) {
    const value = clarity(ink, step * STEP, height);
    if (value > most) [found, most] = [step * STEP, value];
  }
  return found;
}
