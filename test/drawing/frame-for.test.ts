import { expect } from '@open-wc/testing';
import { frameFor, moveIntoView } from '../../src/drawing/index.js';

const size = { width: 300, height: 100 };

describe('frameFor', () => {
  it('is the size of the pad if the strokes fit', () => {
    expect(frameFor([], size)).to.equal(size);
    expect(frameFor([{ points: [{ x: 299, y: 99 }] }], size)).to.equal(size);
  });

  it('otherwise grows in the same shape to fit the strokes, with a margin', () => {
    const points = [
      { x: 10, y: 250 },
      { x: NaN, y: Infinity },
    ];
    const frame = frameFor([{ points }], size);
    expect(frame.height).to.be.within(260, 300);
    expect(frame.width / frame.height).to.be.closeTo(3, 1e-9);
  });
});

describe('moveIntoView', () => {
  it('moves strokes that begin left of or above the pad into view', () => {
    const points = [
      { x: -50, y: 10, time: 1 },
      { x: 20, y: -5, time: 2 },
    ];
    expect(moveIntoView([{ points }])).to.deep.equal([
      {
        points: [
          { x: 0, y: 15, time: 1 },
          { x: 70, y: 0, time: 2 },
        ],
      },
    ]);
  });

  it('leaves strokes that need no moving unchanged', () => {
    const strokes = [{ points: [{ x: 0, y: 0 }] }];
    expect(moveIntoView(strokes)).to.equal(strokes);
  });
});
