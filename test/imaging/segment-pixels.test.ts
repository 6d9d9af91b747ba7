import { expect } from '@open-wc/testing';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../src/imaging/segment-pixels.js';
import type { StrokePath } from '../../src/imaging/stroke-path.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { paint } from './support.js';

const side = 400;

/** The strokes as a picture, 5 px wide. */
const picture = (strokes: readonly StrokePath[]) => paint(rasterizeStrokes(strokes, side, { width: 5, softness: 1 }));

/** Leaning to the right by a share of their height. */
const leaning = (strokes: readonly StrokePath[], slant: number): StrokePath[] =>
  strokes.map(({ points }) => ({ points: points.map(({ x, y }) => ({ x: x - slant * (y - 200), y })) }));

/** Groups pieces that only cuts separate. */
const wholes = (source: ReturnType<typeof picture>): { left: number; right: number; bottom: number }[] =>
  segmentPixels(source)!.pieces.reduce<{ left: number; right: number; bottom: number }[]>((found, { box, joined }) => {
    const [right, bottom] = [box.x + box.width, box.y + box.height];
    const last = found.at(-1);
    if (!joined || !last) return [...found, { left: box.x, right, bottom }];
    return [...found.slice(0, -1), { ...last, right, bottom: Math.max(last.bottom, bottom) }];
  }, []);

describe('segmentPixels', () => {
  it('has a piece for each digit, however slanted they are', () => {
    const number = asStrokes(drawnNumber('17062', { x: 60, y: 180, size: 70, gap: 0.15 }));
    for (const slant of [0, 0.2, 0.4, 0.6]) {
      const digits = wholes(picture(leaning(number, slant)));
      expect(digits, `leaning by ${slant}`).to.have.length(5);
      const gaps = digits.slice(1).map(({ left }, index) => left - digits[index].right);
      expect(Math.min(...gaps), `the smallest gap, leaning by ${slant}`).to.be.above(-2);
    }
  });

  it('returns the boxes of digits in the picture', () => {
    const number = asStrokes(drawnNumber('70', { x: 100, y: 150, size: 80 }));
    const segmentation = segmentPixels(picture(number))!;
    const second = segmentation.pieces.findIndex(({ joined }, index) => index > 0 && !joined);
    const { box } = segmentation.image(0, second - 1);
    expect(box!.x).to.be.closeTo(97, 2);
    expect(box!.y).to.be.closeTo(147, 2);
    expect(box!.height).to.be.closeTo(85, 3);
  });

  it('has a piece for each faint digit next to a far darker dot', () => {
    const source = picture(asStrokes(drawnNumber('70', { x: 100, y: 150, size: 80 })));
    const digits = wholes(source);
    for (let at = 0; at < source.data.length; at++) source.data[at] = 255 - 0.2 * (255 - source.data[at]);
    for (let row = 30; row < 42; row++) {
      const start = (row * source.width + 50) * 4;
      for (let at = start; at < start + 48; at++) if (at % 4 < 3) source.data[at] = 0;
    }
    const [dot, ...faint] = wholes(source);
    expect(dot.left).to.equal(50);
    expect(faint).to.have.length(2);
    for (const [index, { left, right }] of faint.entries()) {
      expect(left).to.be.closeTo(digits[index].left, 1);
      expect(right).to.be.closeTo(digits[index].right, 1);
    }
  });

  it('uses the first of two rows', () => {
    const rows = [...drawnNumber('27', { x: 60, y: 60, size: 80 }), ...drawnNumber('460', { x: 60, y: 220, size: 80 })];
    const digits = wholes(picture(asStrokes(rows)));
    expect(Math.max(...digits.map(({ bottom }) => bottom))).to.be.below(160);
    expect(digits).to.have.length(2);
  });
});
