import { expect } from '@open-wc/testing';
import { connectInk } from '../../src/imaging/connected-ink.js';
import { dropRings } from '../../src/imaging/drop-rings.js';
import type { Plane } from '../../src/imaging/plane.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../src/imaging/segment-pixels.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { largestDifference, meanDifference, paint } from './support.js';

type Line = readonly (readonly [x: number, y: number])[];

const side = 220;

/** A picture of lines, in pixels. */
const drawn = (lines: readonly Line[], pen = 7): Plane =>
  rasterizeStrokes(asStrokes(lines), side, { width: pen, softness: 1 });

const oval = (width: number, height: number): Line =>
  Array.from({ length: 49 }, (_, index) => {
    const angle = (index * Math.PI) / 24;
    return [side / 2 + (width / 2) * Math.cos(angle), side / 2 + (height / 2) * Math.sin(angle)];
  });

const frame = (width: number, height: number): Line => {
  const [left, top] = [(side - width) / 2, (side - height) / 2];
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
    [left, top],
  ];
};

const digit = (text: string, size = 72): readonly Line[] =>
  drawnNumber(text, { x: side / 2 - 0.3 * size, y: side / 2 - size / 2, size });

const withoutRings = (plane: Plane): Plane => dropRings(connectInk(plane)).plane;

describe('dropRings', () => {
  for (const [kind, ring] of [
    ['a circle', oval(150, 154)],
    ['a frame', frame(130, 136)],
    ['a narrow cell', frame(88, 136)],
  ] as const) {
    it(`drops ${kind} around a digit`, () => {
      for (const text of '01267') {
        const expected = normalizePixels(paint(drawn(digit(text)))).pixels;
        const { pixels } = normalizePixels(paint(drawn([...digit(text), ring])));
        expect(meanDifference(pixels, expected), text).to.be.below(0.01);
      }
    });
  }

  it('drops two rings, one within the other', () => {
    const expected = drawn(digit('2'));
    const ringed = drawn([...digit('2'), frame(130, 136), frame(160, 166)]);
    expect(largestDifference(withoutRings(ringed).data, expected.data)).to.equal(0);
  });

  it('drops an oval around a number', () => {
    const number = drawnNumber('26', { x: 70, y: 82, size: 54 });
    const expected = segmentPixels(paint(drawn(number, 5)))!.pieces;
    const { pieces } = segmentPixels(paint(drawn([...number, oval(190, 130)], 5)))!;
    expect(pieces.map(({ box }) => box)).to.deep.equal(expected.map(({ box }) => box));
  });

  it('drops a circle that is not closed', () => {
    for (const text of '01267') {
      const expected = normalizePixels(paint(drawn(digit(text)))).pixels;
      const { pixels } = normalizePixels(paint(drawn([...digit(text), oval(150, 154).slice(0, -2)])));
      expect(meanDifference(pixels, expected), text).to.be.below(0.01);
    }
  });

  it('drops a narrow oval around a 1', () => {
    const one = digit('1', 90);
    expect(largestDifference(withoutRings(drawn([...one, oval(120, 150)])).data, drawn(one).data)).to.equal(0);
  });

  it('drops a circle around a digit in two low parts', () => {
    const parts: Line[] = [
      [
        [90, 78],
        [128, 78],
        [112, 103],
      ],
      [
        [112, 117],
        [130, 138],
        [90, 144],
      ],
    ];
    expect(largestDifference(withoutRings(drawn([...parts, oval(180, 184)])).data, drawn(parts).data)).to.equal(0);
  });

  it('keeps a 0 with a slash, a dot or dirt inside', () => {
    for (const width of [70, 100, 120]) {
      for (const inner of [
        [
          [122, 85],
          [98, 135],
        ],
        [
          [128, 75],
          [92, 145],
        ],
        [
          [109, 110],
          [112, 111],
        ],
        [
          [104, 100],
          [118, 104],
          [106, 116],
        ],
      ] as Line[]) {
        const plane = drawn([oval(width, 150), inner], 6);
        expect(withoutRings(plane), `${width} px, ${inner.join(' ')}`).to.equal(plane);
      }
    }
  });

  it('keeps digits with dirt in their loops', () => {
    for (const [text, dirt] of [
      ['6', [106, 138]],
      ['0', [110, 110]],
    ] as const) {
      const plane = drawn([...digit(text, 150), [dirt, [dirt[0] + 2, dirt[1] + 12]]], 6);
      expect(withoutRings(plane), text).to.equal(plane);
    }
  });

  it('keeps an 8 with strokes in both of its loops', () => {
    const loop = (top: number): Line => oval(80, 90).map(([x, y]) => [x, y + top]);
    const stroke = (top: number): Line => [
      [108, 92 + top],
      [112, 128 + top],
    ];
    const plane = drawn([loop(-45), loop(45), stroke(-45), stroke(45)], 5);
    expect(withoutRings(plane)).to.equal(plane);
  });
});
