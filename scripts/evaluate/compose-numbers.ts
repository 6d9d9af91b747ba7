/** Numbers composed of single digits, side by side as people write them. Pure. */
import { group } from 'd3-array';
import { Random } from '../../models/training/data/random.js';
import { normal } from './random.js';
import { boundsOf, type DrawingSample } from './samples.js';

/**
 * Shares of a digit's height. The gap between the ink of two digits is normally distributed, and never narrower than the
 * pen. Digits vary in size by `size`, and are shifted up or down by `baseline`.
 */
const spacing = { gap: 0.25, gapSpread: 0.1, leastGap: 0.06, size: 0.08, baseline: 0.05 };

/**
 * @param samples digits of any size; those of a number are by one writer
 * @returns numbers in units of their digits' height
 */
export function composeNumbers(
  samples: readonly DrawingSample[],
  { count, digits, seed, ...own }: { count: number; digits: number; seed: number } & Partial<typeof spacing>,
): DrawingSample[] {
  const { gap, gapSpread, leastGap, size, baseline } = { ...spacing, ...own };
  const random = new Random(seed);
  const byWriter = group(samples, ({ writer }) => writer);
  return Array.from({ length: count }, () => {
    const own = byWriter.get(random.pick(samples).writer) ?? [];
    let right = 0;
    const chosen = Array.from({ length: digits }, (_, index) => {
      const { label, strokes } = random.pick(own);
      const { left, top, ...bounds } = boundsOf(strokes);
      const height = Math.max(bounds.bottom - top, (bounds.right - left) / 2, Number.MIN_VALUE);
      const scale = (1 + size * normal(random)) / height;
      const shiftX = index === 0 ? 0 : right + Math.max(leastGap, gap + gapSpread * normal(random));
      const shiftY = baseline * normal(random);
      right = shiftX + (bounds.right - left) * scale;
      const move = ([x, y]: readonly [number, number]) =>
        [(x - left) * scale + shiftX, (y - top) * scale + shiftY] as const;
      return { label, strokes: strokes.map((stroke) => stroke.map(move)) };
    });
    return {
      label: chosen.map(({ label }) => label).join(''),
      strokes: chosen.flatMap(({ strokes }) => strokes),
    };
  });
}
