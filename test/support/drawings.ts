/** Drawings of tests, for pages and for Node. */
import type { PointerStep } from './browsers/driven-page.js';

/** Points as fractions 0..1 of the drawing area. */
export type Drawn = readonly (readonly (readonly [x: number, y: number])[])[];

/** A typical seven and one. */
export const drawnSeven = [
  [
    [0.28, 0.2],
    [0.4, 0.2],
    [0.55, 0.2],
    [0.72, 0.2],
    [0.66, 0.35],
    [0.58, 0.5],
    [0.5, 0.65],
    [0.44, 0.82],
  ],
] as const;

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
    const places = stroke.map(([x, y]) => ({ x: box.left + x * box.width, y: box.top + y * box.height }));
    return [
      { type: 'down' as const, ...places[0] },
      ...places.slice(1).map((place) => ({ type: 'move' as const, ...place })),
      { type: 'up' as const, ...places[places.length - 1] },
    ];
  });
}
