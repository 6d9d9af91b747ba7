import { expect } from '@open-wc/testing';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { meanDifference, paint } from './support.js';

type Line = [number, number][];

/** The normalized image of a picture of these lines. */
const imageOf = (lines: readonly Line[]): Float32Array =>
  normalizePixels(paint(rasterizeStrokes(asStrokes(lines), 240, { width: 6, softness: 1 }))).pixels;

describe('dropClutter', () => {
  for (const [kind, lines] of Object.entries<Line[]>({
    'a line': [
      [
        [70, 172],
        [190, 168],
      ],
    ],
    'a line with more ink than the digit': [
      [
        [30, 170],
        [215, 172],
      ],
    ],
    'two lines': [
      [
        [75, 168],
        [185, 168],
      ],
      [
        [75, 182],
        [185, 182],
      ],
    ],
  })) {
    it(`leaves out ${kind} below a digit`, () => {
      for (const digit of '012467') {
        const own = drawnNumber(digit, { x: 95, y: 50, size: 100 });
        expect(meanDifference(imageOf([...own, ...lines]), imageOf(own)), digit).to.be.below(0.005);
      }
    });
  }

  it('keeps the base of a one, and the bar of a five', () => {
    const shapes: [part: Line, rest: Line[]][] = [
      [
        [
          [80, 160],
          [150, 160],
        ],
        drawnNumber('1', { x: 95, y: 50, size: 100 }),
      ],
      [
        [
          [90, 40],
          [150, 38],
        ],
        [
          [
            [92, 52],
            [90, 90],
            [130, 92],
            [138, 130],
            [90, 150],
          ],
        ],
      ],
    ];
    for (const [part, rest] of shapes) {
      expect(meanDifference(imageOf([part, ...rest]), imageOf(rest))).to.be.above(0.01);
    }
  });
});
