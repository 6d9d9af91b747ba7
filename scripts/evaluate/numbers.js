/** Numbers composed of digits that people have drawn one by one, side by side as people write them. */
import { createRandom } from './distortions.js';

/** @import { DrawingSample } from './samples.js' */

/**
 * How digits stand side by side, as shares of their height. The gap between the ink of two digits is normally
 * distributed, and never less than the pen is wide.
 */
const spacing = {
  gap: 0.25,
  gapSpread: 0.1,
  leastGap: 0.06,
  /** How much a digit is larger or smaller than the others, and stands higher or lower. */
  size: 0.08,
  baseline: 0.05,
};

/** @typedef {{ label: string, strokes: (readonly [x: number, y: number])[][] }} NumberSample `strokes` in units of the digits' height, y down */

/** Normally distributed, by Box and Muller. @param {() => number} random */
const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * @param {readonly DrawingSample[]} samples digits of any size; those of a number are by one writer
 * @param {{ count: number, digits: number, seed: number, gap?: number, gapSpread?: number, leastGap?: number }} options
 * @returns {NumberSample[]}
 */
export function composeNumbers(samples, { count, digits, seed, ...own }) {
  const { gap, gapSpread, leastGap, size, baseline } = { ...spacing, ...own };
  const random = createRandom(seed);
  /** @type {Map<string | undefined, DrawingSample[]>} */
  const byWriter = new Map();
  for (const sample of samples) byWriter.set(sample.writer, [...(byWriter.get(sample.writer) ?? []), sample]);
  return Array.from({ length: count }, () => {
    const own = byWriter.get(samples[Math.floor(random() * samples.length)].writer) ?? [];
    let right = 0;
    /** @type {NumberSample} */
    const number = { label: '', strokes: [] };
    for (let place = 0; place < digits; place += 1) {
      const { label, strokes } = own[Math.floor(random() * own.length)];
      const points = strokes.flat();
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      const height = Math.max(Math.max(...ys) - top, (Math.max(...xs) - left) / 2, Number.MIN_VALUE);
      const scale = (1 + size * normal(random)) / height;
      const shift = {
        x: place === 0 ? 0 : right + Math.max(leastGap, gap + gapSpread * normal(random)),
        y: baseline * normal(random),
      };
      const placed = strokes.map((stroke) =>
        stroke.map(([x, y]) => /** @type {const} */ ([(x - left) * scale + shift.x, (y - top) * scale + shift.y])),
      );
      number.label += String(label);
      number.strokes.push(...placed);
      right = shift.x + (Math.max(...xs) - left) * scale;
    }
    return number;
  });
}
