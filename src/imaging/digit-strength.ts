import type { ConnectedInk } from './connected-ink.js';
import { longestSide, measurePieces, SECOND_DIGIT } from './drop-clutter.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';

/** The widths of lines are measured on ink of at least this strength. */
const STRONG_INK = 0.5;

/** A digit's strength is what this share of its ink reaches. */
const STRONGEST = 0.01;

/** A mark with at most this share of a digit's longest side is not another digit, however dark. */
const MAX_MARK = 0.2;

/** Returns a digit's strength. */
const strengthOf = (ink: Float32Array): number => quantile(ink, 1 - STRONGEST);

/**
 * Returns the strength of a picture's digits: 1, or less if they are faint and everything strong is a small mark or the
 * remains of a frame. Without that, only the marks would count.
 */
export function digitStrength(plane: Plane, ink: ConnectedInk): number {
  const { labels, pixels, masses } = ink;
  const areas = new Int32Array(masses.length);
  const strong = new Int32Array(masses.length);
  for (let at = 0; at < pixels.length; at++) {
    areas[labels[pixels[at]]] += 1;
    if (plane.data[pixels[at]] >= STRONG_INK) strong[labels[pixels[at]]] += 1;
  }
  const isFaint = masses.map((_, piece) => strong[piece] < STRONGEST * areas[piece]);
  if (!isFaint.includes(true)) return 1;
  const { edges, isAtEdge, weights } = measurePieces(ink, plane);
  const heaviest = (faint: boolean): number =>
    weights.reduce((best, weight, piece) => (isFaint[piece] === faint && weight > weights[best] ? piece : best), 0);
  const [digit, dark] = [heaviest(true), heaviest(false)];
  if (digit === 0 || dark === 0 || weights[digit] < SECOND_DIGIT * weights[dark]) return 1;
  const longest = MAX_MARK * longestSide(edges[digit]);
  if (edges.some((own, piece) => !isFaint[piece] && !isAtEdge[piece] && longestSide(own) > longest)) return 1;
  return strengthOf(plane.data.filter((_, pixel) => labels[pixel] === digit));
}

/** Returns the plane with its ink at full strength if stronger marks, since dropped, had made it faint. */
export function strengthen(plane: Plane): Plane {
  if (plane.data.some((value) => value >= STRONG_INK)) return plane;
  const strength = strengthOf(plane.data.filter((value) => value > 0)) || 1;
  return { ...plane, data: plane.data.map((value) => Math.min(1, value / strength)) };
}
