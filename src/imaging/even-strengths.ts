import { MAX_COMPONENTS, measureExtents, type ConnectedInk } from './connected-ink.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';

/** Components of at least this strength are as strong as they need to be, ... */
const STRONG = 0.6;

/**
 * ... and those below this one are dirt, print on the back of the sheet, or what is left of removed lines. A pencil next
 * to a pen has about a third of its strength.
 */
const MIN_STRENGTH = 0.2;

/** A component's strength is what this share of its pixels exceeds. */
const STRONGEST = 0.05;

/** A faint digit is at least and at most this many times as tall as the tallest strong component. */
const MIN_HEIGHT = 0.5;
const MAX_HEIGHT = 1.5;

/** Returns the strength of each component, by its label. */
function strengthsOf({ plane: { data }, labels, pixels, masses }: ConnectedInk): number[] {
  const strengths = masses.map(() => 1);
  for (let first = 0, next = 0; first < pixels.length; first = next) {
    const label = labels[pixels[first]];
    while (next < pixels.length && labels[pixels[next]] === label) next += 1;
    strengths[label] = quantile(
      new Float32Array(next - first).map((_, at) => data[pixels[first + at]]),
      1 - STRONGEST,
    );
  }
  return strengths;
}

/**
 * Returns a number's ink with faint digits at full strength: each may be written with another pen or pressure, while
 * ink is measured against the strongest of the picture.
 */
export function evenStrengths(ink: ConnectedInk): Plane {
  const { plane } = ink;
  if (ink.masses.length > MAX_COMPONENTS) return plane;
  const strengths = strengthsOf(ink);
  if (strengths.every((strength) => strength >= STRONG)) return plane;
  const extents = measureExtents(ink);
  const heights = extents.map(({ top, bottom }) => bottom - top);
  // The paper is shaded along the edge of many photographs.
  const isAtEdge = extents.map(
    ({ left, top, right, bottom }) => left === 0 || top === 0 || right === plane.width || bottom === plane.height,
  );
  const tallest = heights.reduce(
    (most, own, label) => (label > 0 && strengths[label] >= STRONG ? Math.max(most, own) : most),
    0,
  );
  // If everything strong was a frame that has been dropped, only faint digits are left.
  const divisors = strengths.map((strength, label) => {
    const isDigit = tallest === 0 || (heights[label] >= MIN_HEIGHT * tallest && heights[label] <= MAX_HEIGHT * tallest);
    return isDigit && !isAtEdge[label] && strength >= MIN_STRENGTH && strength < STRONG ? strength : 1;
  });
  return { ...plane, data: plane.data.map((value, pixel) => Math.min(1, value / divisors[ink.labels[pixel]])) };
}
