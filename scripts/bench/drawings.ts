/** Plain handwritten digits to measure with, each slightly different. Pure. */
import type { Strokes } from '../../src/drawing/index.js';

/** Corners of each digit's strokes, as `x,y` in a square of 100, y down. */
const digits = [
  ['50,0 25,12 15,45 22,85 50,100 76,85 85,45 75,12 50,0'],
  ['40,15 55,0 55,100'],
  ['18,22 35,2 65,2 80,25 65,50 15,100 88,100'],
  ['18,10 50,0 78,18 70,40 42,48 75,58 85,80 55,100 15,92'],
  ['60,0 12,65 90,65', '65,35 65,100'],
  ['80,0 25,2 20,42 60,40 82,65 65,95 15,100'],
  ['70,0 35,30 18,70 35,98 68,95 78,70 55,55 22,68'],
  ['12,2 85,2 40,100'],
  ['75,15 45,0 25,20 70,65 72,90 45,100 22,85 35,60 75,15'],
  ['75,20 45,2 20,25 42,48 75,30 76,20 70,60 60,100'],
];

/** Points per segment. */
const steps = 8;

/** Interpolates points along a line, in the unit square. */
function toLine(corners: string): [x: number, y: number][] {
  const points = corners.split(' ').map((corner) => corner.split(',').map((value) => Number(value) / 100));
  return points.flatMap(([x, y], index) => {
    const [nextX, nextY] = points[index + 1] ?? [x, y];
    return Array.from({ length: index + 1 < points.length ? steps : 1 }, (_, step): [number, number] => [
      x + ((nextX - x) * step) / steps,
      y + ((nextY - y) * step) / steps,
    ]);
  });
}

/** The digits in turn, in CSS pixels of a pad of 280; slant and size vary by index. */
export function createDrawings(count: number): { digit: number; strokes: Strokes }[] {
  return Array.from({ length: count }, (_, index) => {
    const digit = index % digits.length;
    const slant = 0.05 * ((index * 7) % 5) - 0.1;
    const size = 150 + 10 * ((index * 3) % 7);
    const strokes = digits[digit].map((line) => ({
      points: toLine(line).map(([x, y]) => ({
        x: 140 + size * (x - 0.5 + slant * (0.5 - y)),
        y: 140 + size * (y - 0.5),
      })),
    }));
    return { digit, strokes };
  });
}
