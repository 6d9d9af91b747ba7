import { connectInk, keepPieces } from './connected-ink.js';
import type { Plane } from './plane.js';

/** Connected ink with less than this share of the heaviest piece's ink is dirt. A dot beside a digit is more. */
const SPECK = 0.01;

/** The plane without pieces of ink (connected by sides or corners) that are dirt beside the heaviest one. */
export function dropSpecks(plane: Plane): Plane {
  const ink = connectInk(plane);
  const { masses } = ink;
  const heaviest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  return keepPieces(plane, ink, (piece) => masses[piece] >= heaviest * SPECK);
}
