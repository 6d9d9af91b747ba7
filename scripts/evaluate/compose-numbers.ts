/** Numbers composed of single digits, side by side as people write them. Pure. */
import { group } from 'd3-array';
import type { Point } from '../../models/training/data/geometry.js';
import { Random } from '../../models/training/data/random.js';
import { normal } from './random.js';
import type { DrawingSample } from './samples.js';
import { boundsOf, mapPoints } from './strokes.js';

/**
 * Shares of a digit's height. The gap between the ink of two digits is normally distributed, and never narrower than the
 * pen. Digits vary in size by `size`, and are shifted up or down by `baseline`.
 */
const spacing = { gap: 0.25, gapSpread: 0.1, leastGap: 0.06, size: 0.08, baseline: 0.05 };

const digitsPerNumber = 4;
const seed = 2026;

/**
 * @param samples digits of any size; those of a number are by one writer
 * @param count of numbers
 * @returns in units of their digits' height
 */
export function composeNumbers(samples: readonly DrawingSample[], count: number): DrawingSample[] {
  const random = new Random(seed);
  const byWriter = group(samples, ({ writer }) => writer);
  return Array.from({ length: count }, () => {
    const own = byWriter.get(random.pick(samples).writer) ?? [];
    let end = 0;
    const digits = Array.from({ length: digitsPerNumber }, (_, index) => {
      const { label, strokes } = random.pick(own);
      const { left, top, right, bottom } = boundsOf(strokes);
      const height = Math.max(bottom - top, (right - left) / 2, Number.MIN_VALUE);
      const scale = (1 + spacing.size * normal(random)) / height;
      const gap = () => Math.max(spacing.leastGap, spacing.gap + spacing.gapSpread * normal(random));
      const shiftX = index === 0 ? 0 : end + gap();
      const shiftY = spacing.baseline * normal(random);
      end = shiftX + (right - left) * scale;
      const move = ({ x, y }: Point) => ({ x: (x - left) * scale + shiftX, y: (y - top) * scale + shiftY });
      return { label, strokes: mapPoints(strokes, move) };
    });
    return {
      label: digits.map(({ label }) => label).join(''),
      strokes: digits.flatMap(({ strokes }) => strokes),
    };
  });
}
