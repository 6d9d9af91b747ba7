import { expect } from '@open-wc/testing';
import { findInk, normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { Plane } from '../../src/imaging/plane.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { meanDifference, paint, randomValues, type Color } from './support.js';

const [width, height] = [400, 150];

/** One digit per box. */
const number = '72604';
const pitch = 64;
const [left, top, boxHeight] = [40, 30, 90];

/** The digits, each in the middle of its box, or reaching over its right side. */
function digitsIn(digits: string, offset = 0): Plane {
  const strokes = [...digits].flatMap((digit, index) => {
    return asStrokes(drawnNumber(digit, { x: left + index * pitch + 14 + offset, y: top + 18, size: 54 }));
  });
  const { data } = rasterizeStrokes(strokes, width, { width: 5, softness: 1 });
  return { data: data.slice(0, width * height), width, height };
}

type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** The plane with the outlines of rectangles, lines of two pixels. */
function withOutlines({ data, ...size }: Plane, strength: number, rectangles: readonly Rectangle[]): Plane {
  const lined = data.slice();
  const fill = (x: number, y: number, across: number, down: number): void => {
    for (let row = y; row < y + down; row++) {
      for (let column = x; column < x + across; column++) {
        lined[row * width + column] = Math.max(strength, lined[row * width + column]);
      }
    }
  };
  for (const [x, y, across, down] of rectangles) {
    for (const line of [y, y + down]) fill(x, line, across + 2, 2);
    for (const line of [x, x + across]) fill(line, y, 2, down);
  }
  return { data: lined, ...size };
}

/** The row of boxes, side by side or apart. */
const boxes = (count: number, gap = 0): Rectangle[] =>
  Array.from({ length: count }, (_, index) => [left + index * pitch, top, pitch - gap, boxHeight]);

/** A photograph in light that falls off to the right. */
function photographed(plane: Plane, ink: Color = [40, 40, 60, 255], paper: Color = [230, 226, 214, 255]): PixelSource {
  const random = randomValues(21);
  const picture = paint(plane, ink, paper);
  for (let pixel = 0; pixel < plane.data.length; pixel++) {
    const light = 1 - (0.4 * (pixel % width)) / width;
    for (let channel = 0; channel < 3; channel++) {
      picture.data[pixel * 4 + channel] = picture.data[pixel * 4 + channel] * light + 5 * (random() - 0.5);
    }
  }
  return picture;
}

/** Compares the ink that is found with that of the digits alone, as a share of the latter. */
function expectSame(picture: PixelSource, plain: PixelSource, reason: string): void {
  const [found, expected] = [picture, plain].map((each) => findInk(each)!.ink.plane.data);
  const total = expected.reduce((sum, value) => sum + value, 0);
  const difference = expected.reduce((sum, value, pixel) => sum + Math.abs(value - found[pixel]), 0);
  expect(difference / total, reason).to.be.below(0.25);
}

describe('forms', () => {
  it('reads one digit per box, side by side, scanned or photographed', () => {
    for (const offset of [0, 10]) {
      const plain = digitsIn(number, offset);
      const boxed = withOutlines(plain, 0.9, boxes(5));
      expectSame(paint(boxed), paint(plain), `scanned, ${offset}`);
      expectSame(photographed(boxed), paint(plain), `photographed, ${offset}`);
    }
  });

  it('reads faint digits in dark boxes', () => {
    const plain = digitsIn(number);
    const faint = { ...plain, data: plain.data.map((value) => 0.4 * value) };
    expectSame(paint(withOutlines(faint, 1, boxes(5))), paint(plain), 'faint');
  });

  it('reads a digit in a box that it touches', () => {
    const plain = digitsIn('6');
    const box: Rectangle = [left + 6, top + 4, 240, 110];
    const { pixels } = normalizePixels(paint(withOutlines(plain, 0.9, [box])));
    expect(meanDifference(pixels, normalizePixels(paint(plain)).pixels)).to.be.below(0.03);
  });

  it('reads dark digits in white fields of a tinted form', () => {
    const plain = digitsIn(number);
    const picture = paint(plain, [50, 45, 60, 255], [255, 255, 255, 255]);
    const isField = (x: number, y: number): boolean =>
      boxes(5, 6).some(
        ([from, above, across, down]) => x >= from && x < from + across && y >= above && y < above + down,
      );
    for (let pixel = 0; pixel < width * height; pixel++) {
      if (isField(pixel % width, Math.floor(pixel / width))) continue;
      picture.data.set([255, 214, 190], pixel * 4);
    }
    expectSame(picture, paint(plain), 'fields');
  });

  it('leaves punched holes out, beside pencil, too', () => {
    const plain = digitsIn('27');
    const faint = plain.data.map((value) => 0.35 * value);
    for (const center of [22, 122]) {
      for (let row = center - 9; row <= center + 9; row++) {
        for (let column = 3; column <= 21; column++) {
          if (Math.hypot(row - center, column - 12) <= 9) faint[row * width + column] = 1;
        }
      }
    }
    expectSame(photographed({ data: faint, width, height }), paint(plain), 'holes');
  });
});
