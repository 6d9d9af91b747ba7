/**
 * Rounds shares to integers that add up to `units`: the largest-remainder method (Hamilton's). Each is less than one
 * unit away from its exact share, and a larger share never gets fewer units than a smaller one.
 *
 * @param shares 0 or more each, not all 0
 * @param units of the whole: 1000 for tenths of a percent
 */
export function roundShares(shares: readonly number[], units: number): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (share / total) * units);
  const rounded = exact.map(Math.floor);
  const missing = units - rounded.reduce((sum, whole) => sum + whole, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - rounded[index] }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, missing)) rounded[index] += 1;
  return rounded;
}
