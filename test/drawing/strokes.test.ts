import { expect } from '@open-wc/testing';
import { copyDrawing, copyStrokes, DrawingError, isStrokes } from '../../src/drawing/index.js';

/** Invalid drawings, and the words by which an error names the problem. */
const others: readonly [unknown, string][] = [
  [null, 'strokes is null'],
  [undefined, 'strokes is undefined'],
  [7, 'strokes is 7'],
  ['7', 'strokes is "7"'],
  [{}, 'strokes is an object of type Object'],
  [[1], 'strokes[0] is 1'],
  [[null], 'strokes[0] is null'],
  [[{}], 'strokes[0].points is undefined'],
  [[{ points: 7 }], 'strokes[0].points is 7'],
  [[{ points: [{ x: 1, y: 1 }] }, { points: [null] }], 'strokes[1].points[0] is null'],
  [[{ points: [{ x: '1', y: 2 }] }], 'strokes[0].points[0].x is "1"'],
  [[{ points: [{ x: 1, y: NaN }] }], 'strokes[0].points[0].y is NaN'],
  [[{ points: [{ x: -Infinity, y: 1 }] }], 'strokes[0].points[0].x is -Infinity'],
  [[{ points: [{ x: 1e300, y: 1 }] }], 'strokes[0].points[0].x is 1e+300'],
  [[{ points: [{ x: 1, y: 1, time: Infinity }] }], 'strokes[0].points[0].time is Infinity'],
  [[{ points: [{ x: 1, y: 1, pressure: 'hard' }] }], 'strokes[0].points[0].pressure is "hard"'],
  [[{ points: new Array(2) }], 'strokes[0].points[0] is undefined'],
  [
    [
      {
        get points() {
          throw new Error('no points today');
        },
      },
    ],
    'no points today',
  ],
];

const drawing = [{ points: [] }, { points: [{ x: 1, y: 2, pressure: 0.5, time: 7 }] }];

describe('strokes', () => {
  it('are recognized, including the empty drawing', () => {
    expect(isStrokes([])).to.be.true;
    expect(isStrokes(drawing)).to.be.true;
  });

  it('are copied, so that changes to the original have no effect', () => {
    const points = [{ x: 1, y: 2 }];
    const copy = copyStrokes([{ points }]);
    points[0].x = 9;
    expect(copy).to.deep.equal([{ points: [{ x: 1, y: 2 }] }]);
  });

  it('are copied from points whose properties are accessors, each read once', () => {
    const reads: string[] = [];
    class Sample {
      get x(): number {
        reads.push('x');
        return 1;
      }
      get y(): number {
        reads.push('y');
        return 2;
      }
      get pressure(): number {
        reads.push('pressure');
        return 0.5;
      }
    }
    const strokes = [{ points: [new Sample()] }];
    expect(copyStrokes(strokes)).to.deep.equal([{ points: [{ x: 1, y: 2, pressure: 0.5 }] }]);
    expect(reads).to.have.members(['x', 'y', 'pressure']);
    expect(isStrokes(strokes)).to.be.true;
  });

  it('are the same after a round trip', () => {
    const copy = copyStrokes(drawing);
    expect(copy).not.to.equal(drawing);
    expect(copyStrokes(copy)).to.equal(copy);
  });

  for (const [other, words] of others) {
    it(`are distinguished from invalid ones, with the location of the error: ${words}`, () => {
      expect(isStrokes(other)).to.be.false;
      expect(() => copyStrokes(other))
        .to.throw(DrawingError, words)
        .with.property('code', 'invalid-drawing');
    });
  }
});

describe('drawings as data', () => {
  it('are strokes with a size', () => {
    expect(() => copyDrawing({ width: 280, height: 100, strokes: drawing })).not.to.throw();
  });

  it('are distinguished from invalid ones, with the error', () => {
    for (const [other, words] of [
      [null, 'drawing is null'],
      ['{}', 'drawing is "{}"'],
      [{ width: 0, height: 1, strokes: [] }, 'drawing.width is 0'],
      [{ width: 1, height: Infinity, strokes: [] }, 'drawing.height is Infinity'],
      [{ width: 1, height: 1 }, 'drawing.strokes is undefined'],
      [{ width: 1, height: 1, strokes: [{}] }, 'drawing.strokes[0].points is undefined'],
    ] as const) {
      expect(() => copyDrawing(other))
        .to.throw(DrawingError, words)
        .with.property('code', 'invalid-drawing');
    }
  });
});
