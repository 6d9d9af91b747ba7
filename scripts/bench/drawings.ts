/** Plain handwritten digits to measure with, each slightly different. Pure. */
import type { Strokes } from '../../src/drawing/index.js';
import { drawnDigits, type Drawn } from '../../test/support/drawings.js';

/** Points per segment. */
const steps = 3;

/** Interpolates points along a line. */
const interpolate = (points: Drawn[number]): [x: number, y: number][] =>
  points.flatMap(([x, y], index) => {
    const [nextX, nextY] = points[index + 1] ?? [x, y];
    return Array.from({ length: index + 1 < points.length ? steps : 1 }, (_, step): [number, number] => [
      x + ((nextX - x) * step) / steps,
      y + ((nextY - y) * step) / steps,
    ]);
  });

/** The digits in turn, in CSS pixels of a pad of 280; slant and size vary by index. */
export function createDrawings(count: number): { digit: number; strokes: Strokes }[] {
  return Array.from({ length: count }, (_, index) => {
    const digit = index % drawnDigits.length;
    const slant = 0.05 * ((index * 7) % 5) - 0.1;
    const size = 240 + 15 * ((index * 3) % 7);
    const strokes = drawnDigits[digit].map((line) => ({
      points: interpolate(line).map(([x, y]) => ({
        x: 140 + size * (x - 0.5 + slant * (0.5 - y)),
        y: 140 + size * (y - 0.5),
      })),
    }));
    return { digit, strokes };
  });
}
