/**
 * How much the glyphs of one line have in common: the number of digits, and of non-digits, assumed to have been seen
 * before the first. The smaller it is, the more do digits next to a glyph indicate that it is one, too. Fitted to
 * numbers composed of digits by writers not in the training data: digits in numbers of four are rejected as rarely as
 * single ones, 0.7 % of them instead of 2.8 %.
 */
const PRIOR_COUNT = 0.12;

/**
 * How many neighbors of a glyph count, the nearest: more would hardly lower its threshold, but cost time, and their
 * probabilities would underflow.
 */
const MAX_NEIGHBORS = 64;

/** Returns the log of the prior odds that a glyph is a digit, given each neighbor's probability of being one. */
function priorLogOdds(neighbors: readonly number[]): number {
  /** Probability of each number of digits among the neighbors. */
  let counts = [1];
  for (const probability of neighbors) {
    const next = [...counts, 0].map((count) => count * (1 - probability));
    counts.forEach((count, digits) => (next[digits + 1] += count * probability));
    counts = next;
  }
  let [digit, other, weight] = [0, 0, 1];
  counts.forEach((count, digits) => {
    const others = neighbors.length - digits;
    digit += count * weight * (PRIOR_COUNT + digits);
    other += count * weight * (PRIOR_COUNT + others);
    weight *= (PRIOR_COUNT + digits) / (PRIOR_COUNT + others - 1);
  });
  return Math.log(digit / other);
}

/**
 * Returns the energy threshold of a digit for each glyph of a line. The energy is the log odds that a glyph is a digit,
 * judging by its image alone; without other evidence, that of a digit is at least `leastEnergy`. Digits next to it
 * lower this threshold by the log of the prior odds, according to Bayes' rule; the prior is that of Pólya's urn
 * (Eggenberger and Pólya, 1923). Neighbors never raise it.
 */
export function energyThresholds(energies: readonly number[], leastEnergy: number): number[] {
  const probabilities = energies.map((energy) => 1 / (1 + Math.exp(leastEnergy - energy)));
  return probabilities.map((_, own) => {
    const last = probabilities.length - MAX_NEIGHBORS - 1;
    const first = Math.max(0, Math.min(own - MAX_NEIGHBORS / 2, last));
    const nearest = probabilities.slice(first, first + MAX_NEIGHBORS + 1);
    const neighbors = nearest.filter((_, index) => first + index !== own);
    return leastEnergy - Math.max(0, priorLogOdds(neighbors));
  });
}
