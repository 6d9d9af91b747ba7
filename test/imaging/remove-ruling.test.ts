import { expect } from '@open-wc/testing';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { removeRuling } from '../../src/imaging/remove-ruling.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { meanDifference, paint, randomValues } from './support.js';

/** Part of a square picture with a digit on it. */
function digitOn(width: number, height: number, digit: string, size: number, pen: number, left: number, top: number) {
  const side = Math.max(width, height);
  const strokes = asStrokes(drawnNumber(digit, { x: left, y: top, size }));
  const { data } = rasterizeStrokes(strokes, side, { width: pen, softness: 1 });
  const part = new Float32Array(width * height);
  for (let row = 0; row < height; row++) part.set(data.subarray(row * side, row * side + width), row * width);
  return { data: part, width, height };
}

/** A stem without a flag, as many write a 1. */
function stemOn(width: number, height: number, left: number, top: number, size: number, pen: number): Plane {
  const data = new Float32Array(width * height);
  for (let row = top; row < top + size; row++) data.fill(1, row * width + left, row * width + left + pen);
  return { data, width, height };
}

type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** The plane with rectangles of at least this strength. */
function withLines({ data, width, height }: Plane, strength: number, lines: readonly Rectangle[]): Plane {
  const lined = data.slice();
  for (const [x, y, across, down] of lines) {
    for (let row = y; row < Math.min(height, y + down); row++) {
      for (let column = x; column < Math.min(width, x + across); column++) {
        lined[row * width + column] = Math.max(strength, lined[row * width + column]);
      }
    }
  }
  return { data: lined, width, height };
}

/** A photograph in light that falls off downwards. */
function photographed(plane: Plane): PixelSource {
  const random = randomValues(21);
  const picture = paint(plane, [50, 45, 55, 255], [230, 226, 214, 255]);
  for (let pixel = 0; pixel < plane.data.length; pixel++) {
    const light = (1 - (0.45 * Math.floor(pixel / plane.width)) / plane.height) * (0.985 + 0.03 * random());
    for (let channel = 0; channel < 3; channel++) picture.data[pixel * 4 + channel] *= light;
  }
  return picture;
}

describe('removeRuling', () => {
  for (const kind of ['drawn', 'camera', 'photographed'] as const) {
    it(`returns digits without lines unchanged, of any size and pen, cropped or not: ${kind}`, () => {
      for (const digit of '012467') {
        for (const size of [90, 180]) {
          for (const pen of [0.05, 0.1, 0.15]) {
            for (const margin of [0.04, 0.1, 0.4]) {
              const around = size * (margin + pen / 2);
              const side = Math.round(size + 2 * around);
              const width = digit === '1' ? Math.round(0.2 * size + 2 * around) : side;
              const plane = digitOn(width, side, digit, size, pen * size, around, around);
              const name = `a ${digit}, ${size} px, pen ${pen}, margin ${margin}`;
              expect(removeRuling(plane, 0.1, kind).data, name).to.equal(plane.data);
            }
          }
        }
      }
    });
  }

  it('keeps a tall 1 in a photograph', () => {
    for (const size of [170, 230]) {
      const plane = stemOn(360, 280, 170, 20, size, 7);
      const { box } = normalizePixels(photographed(plane));
      expect(box?.height, `${size} px`).to.be.within(size - 6, size + 6);
    }
  });

  it('keeps the base of a 2 on a base line', () => {
    for (const [offset, strength] of [
      [-4, 1],
      [-2, 1],
      [0, 1],
      [0, 0.6],
      [3, 0.6],
    ]) {
      const plane = digitOn(180, 150, '2', 90, 8, 60, 25);
      const expected = normalizePixels(paint(plane)).pixels;
      const lined = withLines(plane, strength, [[0, 114 + offset, 180, 2]]);
      const { pixels } = normalizePixels(paint(lined));
      expect(meanDifference(pixels, expected), `${offset} px, ${strength}`).to.be.below(0.02);
    }
  });

  it('removes a base line from under a 1, also in a wide field', () => {
    for (const width of [90, 420]) {
      const plane = stemOn(width, 84, 40, 14, 54, 3);
      const { box } = normalizePixels(paint(withLines(plane, 1, [[0, 67, width, 2]])));
      expect(box!.width, `${width} px`).to.be.below(12);
      expect(box!.height, `${width} px`).to.be.within(50, 58);
    }
  });

  it("removes a side of a form's box that a digit covers in part", () => {
    const box = [
      [30, 25, 240, 2],
      [30, 133, 242, 2],
      [30, 25, 2, 110],
      [270, 25, 2, 110],
      [150, 25, 2, 110],
    ] as const;
    for (const digit of '24') {
      const ink = digitOn(300, 160, digit, 80, 6, 147, 40);
      for (const strength of [0.5, 1]) {
        const { data, width } = removeRuling(withLines(ink, strength, box), 0.05, 'drawn');
        for (const row of [27, 35, 125, 132]) expect(data[row * width + 151], `${digit}, row ${row}`).to.be.below(0.1);
        expect(meanDifference(data, ink.data), digit).to.be.below(0.001);
      }
    }
  });

  it('leaves nothing of a thin line that drifts by a pixel', () => {
    const plane = digitOn(120, 120, '6', 70, 7, 40, 25);
    const expected = normalizePixels(paint(plane)).pixels;
    const drifting = withLines(plane, 0.8, [
      [0, 108, 98, 1],
      [98, 109, 22, 1],
    ]);
    expect(meanDifference(normalizePixels(paint(drifting)).pixels, expected)).to.be.below(0.02);
  });

  it('removes squares that are nearly or just as dark as the ink', () => {
    for (const digit of '0267') {
      const plane = digitOn(190, 190, digit, 110, 9, 60, 40);
      const expected = normalizePixels(paint(plane)).pixels;
      for (const strength of [0.55, 0.75, 1]) {
        const squares = Array.from({ length: 8 }, (_, index): Rectangle[] => [
          [5 + 25 * index, 0, 2, 190],
          [0, 9 + 25 * index, 190, 2],
        ]).flat();
        const { pixels } = normalizePixels(paint(withLines(plane, strength, squares)));
        expect(meanDifference(pixels, expected), `a ${digit}, ${strength}`).to.be.below(0.04);
      }
    }
  });

  it('removes wide squares as dark as the ink in a scan', () => {
    for (const digit of '0267') {
      const plane = digitOn(320, 320, digit, 140, 10, 100, 90);
      const expected = normalizePixels(paint(plane)).pixels;
      for (const spacing of [45, 60, 80]) {
        const squares = Array.from({ length: Math.floor(315 / spacing) }, (_, index): Rectangle[] => [
          [8 + spacing * index, 0, 2, 320],
          [0, 12 + spacing * index, 320, 2],
        ]).flat();
        const { pixels } = normalizePixels(paint(withLines(plane, 1, squares)));
        expect(meanDifference(pixels, expected), `a ${digit}, ${spacing}`).to.be.below(0.04);
      }
    }
  });
});
