import { keepComponents, type ConnectedInk } from './connected-ink.js';

/** A connected component with less than this share of the heaviest one's ink is dirt. A decimal point has more. */
const MAX_SPECK = 0.01;

/** Returns the ink without specks of dirt. */
export function dropSpecks(ink: ConnectedInk): ConnectedInk {
  const { masses } = ink;
  const heaviest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  return keepComponents(ink, (component) => masses[component] >= heaviest * MAX_SPECK);
}
