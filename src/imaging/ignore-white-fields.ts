import type { Plane } from './plane.js';
import { above, quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';
import type { Rgb } from './two-classes.js';

/** Ink has at least this share of the strongest difference; this share of it is darker than the form. */
const MAIN_INK = 0.6;
const MIN_DARKER = 0.85;

/** A white field differs from the form by more than this; fields cover this share of it, unlike halos around lines. */
const MIN_FIELD = 0.04;
const MIN_FIELDS = 0.05;

/**
 * Sets the difference of whatever is lighter than the paper to 0, if there are white fields on a tinted form, and dark
 * ink.
 *
 * @param contrast that ink has at least
 */
export function ignoreWhiteFields(
  { data }: ColorPlane,
  [red, green, blue]: Rgb,
  difference: Plane,
  contrast: number,
): Plane {
  const inked = above(difference.data, contrast);
  if (inked.length === 0) return difference;
  const main = MAIN_INK * quantile(inked, 0.99);
  const isLighter = (at: number): boolean => data[at] - red + data[at + 1] - green + data[at + 2] - blue > 0;
  let [fields, ink, darker] = [0, 0, 0];
  for (let pixel = 0; pixel < difference.data.length; pixel++) {
    const value = difference.data[pixel];
    if (value <= MIN_FIELD) continue;
    const lighter = isLighter(4 * pixel);
    if (lighter) fields += 1;
    if (value < main) continue;
    ink += 1;
    if (!lighter) darker += 1;
  }
  if (fields < MIN_FIELDS * difference.data.length || darker < MIN_DARKER * ink) return difference;
  return { ...difference, data: difference.data.map((value, pixel) => (isLighter(4 * pixel) ? 0 : value)) };
}
