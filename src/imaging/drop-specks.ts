import { connectInk } from './connected-ink.js';
import type { Plane } from './plane.js';

/** Connected ink with less than this share of the heaviest piece's ink is dirt. A dot beside a digit is more. */
const SPECK = 0.01;

/** The plane without pieces of ink (connected by sides or corners) that are dirt beside the heaviest one. */
export function dropSpecks(plane: Plane): Plane {
  const { labels, masses } = connectInk(plane);
  const heaviest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  return { ...plane, data: plane.data.map((value, pixel) => (masses[labels[pixel]] < heaviest * SPECK ? 0 : value)) };
}
