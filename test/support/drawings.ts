/** Drawings of tests, for pages and for Node. */
import type { PointerStep } from './browsers/driven-page.js';

/** Points as fractions 0..1 of the drawing area. */
export type Drawn = readonly (readonly (readonly [x: number, y: number])[])[];

/** Typical digits, as `x,y` in hundredths of the drawing area. */
const digits = [
  ['50,20 40,24 33,36 31,50 34,65 42,77 52,80 62,75 69,62 70,47 66,32 58,22 49,20'],
  ['38,34 46,27 53,19 53,35 52,55 52,82'],
  ['33,34 37,24 48,19 60,22 65,33 61,45 51,59 40,71 31,80 45,79 58,79 70,78'],
  ['34,27 43,20 55,20 63,28 60,39 51,46 43,48 54,50 64,58 65,69 57,78 45,80 33,74'],
  ['47,19 41,33 31,56 45,57 57,56 71,55', '58,38 57,55 56,68 55,83'],
  ['39,22 38,34 36,46 46,43 57,46 64,56 63,68 55,78 43,80 33,75', '39,22 51,21 66,20'],
  ['59,18 48,28 39,43 35,59 38,73 47,81 58,79 64,69 61,58 52,54 42,58 36,66'],
  ['29,22 42,21 56,20 70,20 65,34 57,50 50,66 45,82'],
  ['63,28 55,19 43,21 38,31 44,42 54,50 63,60 64,72 55,81 43,80 36,70 41,58 52,48 61,38 63,28'],
  ['64,33 57,21 45,20 36,30 37,42 46,49 57,45 63,35 64,32 63,48 60,65 56,82'],
];

const toLine = (points: string) =>
  points.split(' ').map((point): readonly [number, number] => {
    const [x, y] = point.split(',').map((value) => Number(value) / 100);
    return [x, y];
  });

/** The ten digits. */
export const drawnDigits: readonly Drawn[] = digits.map((strokes) => strokes.map(toLine));

/** A typical seven. */
export const drawnSeven = drawnDigits[7];

/** A one, drawn as a vertical line through the middle. */
export const drawnOne = [
  [
    [0.5, 0.15],
    [0.5, 0.3],
    [0.5, 0.5],
    [0.5, 0.7],
    [0.5, 0.85],
  ],
] as const;

/** An arrow to the right, unlike any digit. */
export const drawnArrow = [
  [
    [0.15, 0.5],
    [0.35, 0.5],
    [0.6, 0.5],
    [0.85, 0.5],
  ],
  [
    [0.62, 0.27],
    [0.74, 0.39],
    [0.85, 0.5],
    [0.74, 0.61],
    [0.62, 0.73],
  ],
] as const;

/** The pointer steps that draw strokes in a box of the viewport. */
export function stepsIn(
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  strokes: Drawn,
): PointerStep[] {
  return strokes.flatMap((stroke) => {
    const points = stroke.map(([x, y]) => ({ x: box.left + x * box.width, y: box.top + y * box.height }));
    return [
      { type: 'down' as const, ...points[0] },
      ...points.slice(1).map((point) => ({ type: 'move' as const, ...point })),
      { type: 'up' as const, ...points[points.length - 1] },
    ];
  });
}
