import { expect } from '@open-wc/testing';
import { touchedStrokes, type Stroke } from '../../src/drawing/index.js';

const line: Stroke = {
  points: [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ],
};
const dot: Stroke = { points: [{ x: 50, y: 50 }] };
const strokes = [line, dot];

describe('touchedStrokes', () => {
  it('includes strokes that the eraser crosses, however far apart their points are', () => {
    expect(touchedStrokes(strokes, { x: 40, y: -80 }, { x: 41, y: 30 }, 1)).to.deep.equal([line]);
  });

  it('includes whatever is within reach: of a line, of its ends, of a dot', () => {
    expect(touchedStrokes(strokes, { x: 30, y: 4 }, { x: 30, y: 4 }, 5)).to.deep.equal([line]);
    expect(touchedStrokes(strokes, { x: 103, y: 3 }, { x: 120, y: 9 }, 5)).to.deep.equal([line]);
    expect(touchedStrokes(strokes, { x: 0, y: 47 }, { x: 100, y: 47 }, 5)).to.deep.equal([dot]);
  });

  it('excludes whatever is out of reach, and strokes without points', () => {
    expect(touchedStrokes([...strokes, { points: [] }], { x: 0, y: 20 }, { x: 100, y: 20 }, 5)).to.be.empty;
    expect(touchedStrokes(strokes, { x: 110, y: 0 }, { x: 130, y: 0 }, 5)).to.be.empty;
  });
});
