import type { Random } from '../../models/training/data/random.js';

/** Standard normal, by Box and Muller (1958). */
export const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** A Gaussian's weights at whole distances, up to three standard deviations, by offset; they add up to 1. */
export function gaussian(sigma: number): { offset: number; weight: number }[] {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, index) => ({ offset: index - reach, weight: weight / total }));
}
