import { expect } from '@open-wc/testing';
import type { Box } from '../../src/imaging/box.js';
import { connectInk } from '../../src/imaging/connected-ink.js';
import { eraseOvals } from '../../src/imaging/erase-ovals.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../src/imaging/segment-pixels.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { paint } from './support.js';

type Line = readonly (readonly [x: number, y: number])[];

const side = 240;

const drawn = (lines: readonly Line[]): Plane => rasterizeStrokes(asStrokes(lines), side, { width: 4, softness: 1 });

/** An oval by hand, from its top: it grows along its way, and ends after so many turns. */
const oval = (width: number, height: number, turns: number): Line =>
  Array.from({ length: 97 }, (_, index) => {
    const turn = (index / 96) * turns * 2 * Math.PI;
    const scale = (1 + 0.006 * turn) / 2;
    return [side / 2 + width * scale * Math.sin(turn), side / 2 - height * scale * Math.cos(turn)];
  });

const number = drawnNumber('2646', { x: 45, y: 95, size: 50 });

/** The boxes of a picture's digits. */
const boxesOf = (plane: Plane): Box[] => {
  const segmentation = segmentPixels(paint(plane))!;
  const { pieces } = segmentation;
  const starts = [...pieces.keys()].filter((index) => !pieces[index].joined);
  return starts.map((start, index) => segmentation.image(start, (starts[index + 1] ?? pieces.length) - 1).box!);
};

describe('eraseOvals', () => {
  for (const [kind, turns] of [
    ['not closed', 0.97],
    ['with ends beside each other', 1.06],
  ] as const) {
    it(`erases an oval ${kind}, and keeps the digits that cross it`, () => {
      const expected = boxesOf(drawn(number));
      const boxes = boxesOf(drawn([...number, oval(200, 84, turns)]));
      expect(boxes).to.have.length(expected.length);
      boxes.forEach((box, index) => {
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(box[key], `${key} of digit ${index}`).to.be.closeTo(expected[index][key], 5);
      });
    });
  }

  it('keeps an oval with nothing inside', () => {
    const ink = connectInk(drawn([oval(180, 90, 1)]));
    expect(eraseOvals(ink)).to.equal(ink);
  });

  it('keeps frames and digits', () => {
    const frame: Line = [
      [30, 70],
      [210, 70],
      [210, 170],
      [30, 170],
      [30, 70],
    ];
    for (const lines of [[...number, frame], number, drawnNumber('0', { x: 90, y: 70, size: 100 })]) {
      const ink = connectInk(drawn(lines));
      expect(eraseOvals(ink)).to.equal(ink);
    }
  });
});
