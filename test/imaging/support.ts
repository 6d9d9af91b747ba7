import type { Plane } from '../../src/imaging/plane.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';

type Values = ArrayLike<number>;

export function largestDifference(one: Values, other: Values): number {
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < one.length; index++) {
    const difference = Math.abs(one[index] - other[index]);
    // NaN counts as the largest.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

export function meanDifference(one: Values, other: Values): number {
  if (one.length !== other.length) return Infinity;
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += Math.abs(one[index] - other[index]);
  return sum / one.length;
}

/** Uniformly distributed values 0..1, the same in every run (Park and Miller's generator). */
export function randomValues(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Noise on a gradient: no two rows or columns are alike. */
export function patternPlane(width: number, height: number): Plane {
  const random = randomValues(7);
  const data = Float32Array.from({ length: width * height }, (_, index) => (random() + (index % width) / width) / 2);
  return { data, width, height };
}

export type Color = readonly [red: number, green: number, blue: number, alpha: number];

export const black: Color = [0, 0, 0, 255];
export const white: Color = [255, 255, 255, 255];

/** A picture of the ink in one color on paper of another. */
export function paint({ data, width, height }: Plane, ink: Color = black, paper: Color = white): PixelSource {
  const pixels = new Uint8ClampedArray(data.length * 4);
  data.forEach((value, index) => {
    for (let channel = 0; channel < 4; channel++) {
      pixels[index * 4 + channel] = paper[channel] + (ink[channel] - paper[channel]) * value;
    }
  });
  return { data: pixels, width, height };
}

/** The points of a seven with a crossbar, in 0..1. */
export const seven = [
  {
    points: [
      { x: 0, y: 0.05 },
      { x: 0.6, y: 0 },
      { x: 0.45, y: 0.4 },
      { x: 0.2, y: 1 },
    ],
  },
  {
    points: [
      { x: 0.1, y: 0.5 },
      { x: 0.65, y: 0.45 },
    ],
  },
];

/** The seven, `extent` high, with its upper left corner at `left`, `top`. */
export function placedSeven(extent: number, left: number, top: number) {
  return seven.map(({ points }) => ({
    points: points.map(({ x, y }) => ({ x: x * extent + left, y: y * extent + top })),
  }));
}

/** The seven, drawn with a line of `width` pixels on a square picture of `size` pixels. */
export function sevenPicture(
  size: number,
  width: number,
  { extent = size * 0.6, left = size * 0.3, top = size * 0.2, ink = black, paper = white } = {},
): { source: PixelSource; ink: Plane } {
  const plane = rasterizeStrokes(placedSeven(extent, left, top), size, { width, softness: 1 });
  return { source: paint(plane, ink, paper), ink: plane };
}
