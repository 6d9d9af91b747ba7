import { expect } from '@open-wc/testing';
import { connectInk } from '../../src/imaging/connected-ink.js';
import { dropCombs } from '../../src/imaging/drop-combs.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { meanDifference, paint } from './support.js';

type Line = readonly (readonly [x: number, y: number])[];

const drawn = (lines: readonly Line[]): Plane => rasterizeStrokes(asStrokes(lines), 240, { width: 5, softness: 1 });

/** A line with upright teeth at some columns. */
const comb = (...columns: readonly number[]): Line[] => [
  [
    [columns[0], 180],
    [columns.at(-1)!, 180],
  ],
  ...columns.map((column): Line => [
    [column, 145],
    [column, 180],
  ]),
];

const withoutCombs = (lines: readonly Line[]): Plane => dropCombs(connectInk(drawn(lines))).plane;

describe('dropCombs', () => {
  for (const text of '01246') {
    it(`drops the comb below a ${text}`, () => {
      const digit = drawnNumber(text, { x: 90, y: 60, size: 100 });
      const expected = normalizePixels(paint(drawn(digit))).pixels;
      const { pixels } = normalizePixels(paint(drawn([...digit, ...comb(55, 185)])));
      expect(meanDifference(pixels, expected)).to.be.below(0.01);
    });
  }

  it('drops the comb below a number', () => {
    const number = drawnNumber('42', { x: 40, y: 80, size: 80 });
    expect(withoutCombs([...number, ...comb(20, 105, 190)]).data).to.deep.equal(drawn(number).data);
  });

  it('keeps a line, and a comb without digits', () => {
    const line: Line = [
      [55, 180],
      [185, 180],
    ];
    for (const lines of [[...drawnNumber('4', { x: 90, y: 60, size: 100 }), line], comb(55, 185)])
      expect(withoutCombs(lines).data).to.deep.equal(drawn(lines).data);
  });

  it('keeps the lower part of a 4 whose stem does not touch it', () => {
    const lines: Line[] = [
      [
        [70, 90],
        [70, 150],
        [150, 150],
      ],
      [
        [160, 90],
        [160, 200],
      ],
    ];
    expect(withoutCombs(lines).data).to.deep.equal(drawn(lines).data);
  });
});
