import type { Extent } from './connected-ink.js';

/** An oval by hand is this near to an ellipse, as a share of its shorter radius. */
const TOLERANCE = 0.12;

/** At most this share of its ink is farther out: the corners of the box of a row of touching digits are not empty. */
const MAX_OUTSIDE = 0.05;

/** Number of directions from the middle of an oval, and the share of them that it covers: its ends may not meet. */
const DIRECTIONS = 120;
const MIN_COVERAGE = 0.88;

/** An ellipse that fills a box. */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

/** Returns the ellipse that fills an extent. */
export const ellipseIn = ({ left, top, right, bottom }: Extent): Ellipse => ({
  x: (left + right - 1) / 2,
  y: (top + bottom - 1) / 2,
  radiusX: (right - left) / 2,
  radiusY: (bottom - top) / 2,
});

/**
 * Returns those pixels of a component that are near an ellipse; null if these do not go all around, except for a gap
 * where an oval by hand ends.
 *
 * @param width of the picture
 */
export function followOval(pixels: Int32Array, { x, y, radiusX, radiusY }: Ellipse, width: number): Int32Array | null {
  const isCovered = new Uint8Array(DIRECTIONS);
  const most = TOLERANCE * Math.min(radiusX, radiusY);
  let outside = 0;
  const course = pixels.filter((pixel) => {
    const column = pixel % width;
    const [right, down] = [(column - x) / radiusX, ((pixel - column) / width - y) / radiusY];
    const radius = Math.hypot(right, down);
    // The distance, to first order: the difference from the radius over its gradient.
    if (radius * Math.abs(radius - 1) > most * Math.hypot(right / radiusX, down / radiusY)) {
      if (radius > 1) outside += 1;
      return false;
    }
    isCovered[Math.floor((Math.atan2(down, right) / (2 * Math.PI) + 0.5) * DIRECTIONS) % DIRECTIONS] = 1;
    return true;
  });
  if (outside > MAX_OUTSIDE * pixels.length) return null;
  const covered = isCovered.reduce((sum, value) => sum + value, 0);
  return covered >= MIN_COVERAGE * DIRECTIONS ? course : null;
}
