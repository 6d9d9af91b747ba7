import { expect } from '@open-wc/testing';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { black, meanDifference, paint, randomValues, white, type Color } from './support.js';

/** A digit, 100 px high, in the middle of 160 px. */
function digitInk(digit: string, pen: number): Plane {
  const strokes = asStrokes(drawnNumber(digit, { x: 45, y: 30, size: 100 }));
  return rasterizeStrokes(strokes, 160, { width: pen, softness: 1 });
}

/** A plane, cropped to its solid ink with a margin. */
function cropped({ data, width, height }: Plane, margin = 0): Plane {
  const solid = (pixel: number): boolean => data[pixel] >= 0.5;
  const columns = [...Array(width).keys()].filter((x) => [...Array(height).keys()].some((y) => solid(y * width + x)));
  const rows = [...Array(height).keys()].filter((y) => [...Array(width).keys()].some((x) => solid(y * width + x)));
  const [left, top] = [columns[0] - margin, rows[0] - margin];
  const [right, bottom] = [columns.at(-1)! + 1 + margin, rows.at(-1)! + 1 + margin];
  const cut = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    cut.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { data: cut, width: right - left, height: bottom - top };
}

const papers: [kind: string, ink: Color, paper: Color][] = [
  ['black on white', black, white],
  ['white on black', white, black],
  ['blue on yellow', [30, 40, 150, 255], [240, 225, 150, 255]],
  ['gray on dark gray', [170, 170, 170, 255], [60, 60, 60, 255]],
];

describe('typical user pictures', () => {
  for (const [kind, ink, paper] of papers) {
    it(`reads pictures cropped to the ink like those with paper around it: ${kind}`, () => {
      for (const digit of '02467') {
        for (const pen of [6, 14, 22]) {
          const whole = digitInk(digit, pen);
          const { pixels } = normalizePixels(paint(cropped(whole), ink, paper));
          const expected = normalizePixels(paint(whole, ink, paper));
          expect(meanDifference(pixels, expected.pixels), `a ${digit}, ${pen} px wide`).to.be.below(0.03);
        }
      }
    });
  }

  it('reads a digit of few hard-edged pixels that touches all sides', () => {
    for (const digit of '0246') {
      const strokes = asStrokes(drawnNumber(digit, { x: 4, y: 3, size: 22 }));
      const plane = rasterizeStrokes(strokes, 28, { width: 3.4, softness: 0.1 });
      const { pixels } = normalizePixels(paint(cropped(plane)));
      expect(meanDifference(pixels, normalizePixels(paint(plane)).pixels), digit).to.be.below(0.04);
    }
  });

  it('reads a small, blurred digit cropped to its ink, in even light and in light with falloff', () => {
    for (const digit of '0246') {
      for (const size of [12, 18, 24]) {
        const strokes = asStrokes(drawnNumber(digit, { x: 6, y: 4, size }));
        const whole = rasterizeStrokes(strokes, size + 12, { width: size / 8, softness: 2.5 });
        const expected = normalizePixels(paint(whole));
        for (const falloff of [0, 0.15]) {
          const picture = paint(cropped(whole), [20, 20, 20, 255]);
          for (let at = 0; at < picture.data.length; at++) {
            if (at % 4 < 3) picture.data[at] *= 1 - (falloff * (Math.floor(at / 4) % picture.width)) / picture.width;
          }
          const { pixels } = normalizePixels(picture);
          expect(meanDifference(pixels, expected.pixels), `a ${digit}, ${size} px, ${falloff}`).to.be.below(0.07);
        }
      }
    }
  });

  describe('stretched to a square', () => {
    /** The plane at another size, each pixel the average of what it covers. */
    function resized({ data, width, height }: Plane, wide: number, tall: number): Plane {
      const parts = 8;
      const resized = new Float32Array(wide * tall);
      for (let y = 0; y < tall * parts; y++) {
        for (let x = 0; x < wide * parts; x++) {
          const column = Math.floor(((x + 0.5) * width) / (wide * parts));
          const row = Math.floor(((y + 0.5) * height) / (tall * parts));
          resized[Math.floor(y / parts) * wide + Math.floor(x / parts)] += data[row * width + column] / parts ** 2;
        }
      }
      return { data: resized, width: wide, height: tall };
    }

    it('makes a digit that was cropped narrow again', () => {
      for (const digit of '0246') {
        const whole = cropped(digitInk(digit, 10));
        const expected = normalizePixels(paint(resized(whole, 60, 100))).pixels;
        for (const side of [20, 32, 200]) {
          const { pixels, box } = normalizePixels(paint(resized(whole, side, side)));
          expect(meanDifference(pixels, expected), `a ${digit} on ${side} px`).to.be.below(0.03);
          expect(box).to.deep.equal({ x: 0, y: 0, width: side, height: side });
        }
      }
    });

    it('makes its thin lines as wide as those of larger pictures', () => {
      const whole = cropped(digitInk('2', 5));
      const expected = normalizePixels(paint(resized(whole, 200, 200))).pixels;
      const { pixels } = normalizePixels(paint(resized(whole, 16, 16)));
      expect(meanDifference(pixels, expected)).to.be.below(0.03);
    });

    it('leaves a wide digit as it is that has paper on one side', () => {
      const whole = resized(cropped(digitInk('0', 10)), 90, 90);
      const data = new Float32Array(100 * 100);
      for (let row = 0; row < 90; row++) data.set(whole.data.subarray(row * 90, (row + 1) * 90), row * 100);
      const { pixels } = normalizePixels(paint({ data, width: 100, height: 100 }));
      const inked = [...pixels.keys()].filter((pixel) => pixels[pixel] > 0.5).map((pixel) => pixel % 28);
      expect(Math.max(...inked) - Math.min(...inked)).to.be.at.least(18);
    });
  });

  it('reads a bold stroke along the edge of a small picture', () => {
    const stroke = (side: number, left: number, top: number): Plane => {
      const data = new Float32Array(side * side);
      for (let y = top; y < top + 16; y++) data.fill(1, y * side + left, y * side + left + 5);
      return { data, width: side, height: side };
    };
    const { pixels } = normalizePixels(paint(stroke(16, 11, 0)));
    expect(meanDifference(pixels, normalizePixels(paint(stroke(40, 20, 12))).pixels)).to.be.below(0.01);
  });

  /** A photograph of the ink, in light that falls off to the right and with a camera's noise. */
  function inLight(plane: Plane, seed: number): PixelSource {
    const random = randomValues(seed);
    const photograph = paint(plane, [40, 40, 50, 255], [225, 220, 205, 255]);
    for (let pixel = 0; pixel < plane.data.length; pixel++) {
      const light = 1 - (0.5 * (pixel % plane.width)) / plane.width;
      for (let channel = 0; channel < 3; channel++) {
        photograph.data[pixel * 4 + channel] *= light * (0.98 + 0.04 * random());
      }
    }
    return photograph;
  }

  it('reads cropped digits in light that falls off', () => {
    for (const digit of '267') {
      const plane = cropped(digitInk(digit, 10));
      const expected = normalizePixels(paint(plane));
      expect(meanDifference(normalizePixels(inLight(plane, 9)).pixels, expected.pixels), digit).to.be.below(0.06);
    }
  });

  it('keeps stems and bars of digits in cropped photographs', () => {
    for (const digit of '1247') {
      const plane = cropped(digitInk(digit, 8), 6);
      const expected = normalizePixels(paint(plane));
      expect(meanDifference(normalizePixels(inLight(plane, 4)).pixels, expected.pixels), digit).to.be.below(0.06);
    }
  });

  describe('with marks other than the digit', () => {
    const expected = (digit: string): Float32Array => normalizePixels(paint(digitInk(digit, 10))).pixels;

    /** The digit, with rectangles of ink next to it. */
    function withMarks(
      digit: string,
      ...marks: readonly [x: number, y: number, width: number, height: number][]
    ): Plane {
      const plane = digitInk(digit, 10);
      for (const [x, y, width, height] of marks) {
        for (let row = y; row < y + height; row++) plane.data.fill(1, row * 160 + x, row * 160 + x + width);
      }
      return plane;
    }

    it('ignores dots and dashes far from it', () => {
      const plane = withMarks('2', [140, 20, 5, 5], [4, 60, 10, 4]);
      expect(meanDifference(normalizePixels(paint(plane)).pixels, expected('2'))).to.be.below(0.01);
    });

    it('ignores remains of a frame along the edge', () => {
      const plane = withMarks('6', [154, 10, 6, 60], [152, 80, 8, 70], [0, 156, 40, 4]);
      expect(meanDifference(normalizePixels(paint(plane)).pixels, expected('6'))).to.be.below(0.01);
    });

    describe('far darker than it', () => {
      type Mark = Parameters<typeof withMarks>[1];

      /** A digit with strokes of a fifth of the marks' strength, or another share of it. */
      function faintWithMarks(digit: string, marks: readonly Mark[], strength = 0.2): Plane {
        const faint = digitInk(digit, 10);
        const { data } = withMarks(digit, ...marks);
        for (let pixel = 0; pixel < data.length; pixel++) {
          if (data[pixel] === faint.data[pixel]) data[pixel] *= strength;
        }
        return { ...faint, data };
      }

      const marks: Record<string, readonly Mark[]> = {
        'a dot': [[140, 20, 5, 5]],
        'a larger dot': [[140, 20, 10, 10]],
        'a dot with more ink than it': [[2, 2, 20, 20]],
        'a dash': [[148, 60, 2, 24]],
        'remains of a frame': [
          [154, 10, 6, 140],
          [0, 156, 140, 4],
        ],
        'a few specks': Array.from({ length: 24 }, (_, index): Mark => [6 + 6 * index, 4 + (index % 3), 1, 1]),
      };
      for (const [kind, boxes] of Object.entries(marks)) {
        it(`reads it as if it were as dark as ${kind}`, () => {
          for (const digit of '0267') {
            for (const strength of [0.12, 0.2, 0.33]) {
              const { pixels, blank } = normalizePixels(paint(faintWithMarks(digit, boxes, strength)));
              const dark = normalizePixels(paint(withMarks(digit, ...boxes)));
              expect(blank).to.be.false;
              const name = `a ${digit} of strength ${strength}`;
              expect(meanDifference(pixels, dark.pixels), name).to.be.below(0.01);
            }
          }
        });
      }

      it('shows the digit and a dot next to it', () => {
        const plane = faintWithMarks('2', [[112, 120, 10, 10]]);
        const { box, pixels } = normalizePixels(paint(plane));
        expect(box!.height).to.be.within(100, 115);
        expect(pixels.filter((value) => value > 0.9).length).to.be.above(40);
      });

      it('leaves a dark digit as it is next to a faint patch', () => {
        for (const patch of [0.1, 0.2]) {
          const plane = digitInk('2', 10);
          for (let row = 0; row < 160; row++) {
            for (let column = 0; column < 35; column++) plane.data[row * 160 + column] = patch;
          }
          const { pixels } = normalizePixels(paint(plane));
          const strong = (image: ArrayLike<number>): number[] => Array.from(image, (value) => (value > 0.5 ? 1 : 0));
          expect(meanDifference(strong(pixels), strong(expected('2')))).to.be.below(0.1);
        }
      });
    });

    it('keeps separate parts of a digit', () => {
      // A bar above a stroke, as in a 5 whose bar was drawn last.
      const whole = withMarks('1', [80, 26, 40, 8]);
      const { box } = normalizePixels(paint(whole));
      expect(box!.x + box!.width).to.equal(120);
    });

    it('keeps a second digit, so that both can be seen', () => {
      const two = withMarks('2', [135, 40, 10, 80]);
      const { box } = normalizePixels(paint(two));
      expect(box!.x + box!.width).to.equal(145);
    });
  });

  it('reads ink that is only in the alpha channel, and ink on a sheet with transparent corners', () => {
    const whole = digitInk('2', 10);
    const expected = normalizePixels(paint(whole)).pixels;
    for (const color of [0, 255]) {
      const clear = paint(whole, [color, color, color, 255], [color, color, color, 0]);
      expect(meanDifference(normalizePixels(clear).pixels, expected)).to.be.below(0.01);
    }
    const sheet = paint(whole);
    for (let pixel = 0; pixel < whole.data.length; pixel++) {
      const [x, y] = [(pixel % 160) - 80, Math.floor(pixel / 160) - 80];
      if (Math.hypot(x, y) > 90) sheet.data.fill(0, pixel * 4, pixel * 4 + 4);
    }
    expect(meanDifference(normalizePixels(sheet).pixels, expected)).to.be.below(0.01);
  });

  describe('with printed lines', () => {
    /** The plane with horizontal and vertical lines across it, each `width` px wide. */
    function lined(plane: Plane, rows: readonly number[], columns: readonly number[], width: number): Plane {
      const data = plane.data.slice();
      for (let pixel = 0; pixel < data.length; pixel++) {
        const [x, y] = [pixel % plane.width, Math.floor(pixel / plane.width)];
        const isLine =
          rows.some((row) => y >= row && y < row + width) ||
          columns.some((column) => x >= column && x < column + width);
        if (isLine) data[pixel] = 1;
      }
      return { ...plane, data };
    }

    it('removes a frame as dark as the ink', () => {
      for (const digit of '0267') {
        const ink = digitInk(digit, 10);
        const expected = normalizePixels(paint(ink)).pixels;
        const framed = lined(ink, [6, 151], [4, 154], 3);
        expect(meanDifference(normalizePixels(paint(framed)).pixels, expected), digit).to.be.below(0.01);
        // Cut off by the picture's edge.
        const cut = lined(ink, [0], [157], 3);
        expect(meanDifference(normalizePixels(paint(cut)).pixels, expected), digit).to.be.below(0.01);
      }
    });

    it('removes a line through the digit, and keeps the digit whole', () => {
      for (const digit of '0167') {
        const ink = digitInk(digit, 10);
        const expected = normalizePixels(paint(ink)).pixels;
        const through = lined(ink, [104], [], 3);
        expect(meanDifference(normalizePixels(paint(through)).pixels, expected), digit).to.be.below(0.03);
      }
    });

    it('does not mistake a bar or stem of a cropped digit for a line', () => {
      for (const digit of '1247') {
        const plane = cropped(digitInk(digit, 4));
        const padded = normalizePixels(paint(digitInk(digit, 4))).pixels;
        expect(meanDifference(normalizePixels(paint(plane)).pixels, padded), digit).to.be.below(0.03);
      }
    });
  });
});
