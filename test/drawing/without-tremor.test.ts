import { expect } from '@open-wc/testing';
import { withoutTremor, type Strokes } from '../../src/drawing/index.js';

const strokes = (...lines: (readonly [x: number, y: number])[][]): Strokes =>
  lines.map((points) => ({ points: points.map(([x, y]) => ({ x, y })) }));

describe('withoutTremor', () => {
  const frame = { width: 300, height: 400 };

  it('returns the first point of strokes that the pad shows as a dot', () => {
    const dot = strokes([[100, 100]]);
    for (const drawn of [
      strokes([
        [100, 100],
        [100.4, 101.2],
      ]),
      strokes(
        [
          [100, 100],
          [102, 101],
        ],
        [[101, 103]],
      ),
      strokes([], [[100, 100]]),
    ]) {
      expect(withoutTremor(drawn, frame)).to.deep.equal(dot);
    }
  });

  it('keeps anything larger, and nothing', () => {
    const small = strokes([
      [100, 100],
      [101, 120],
    ]);
    const far = strokes([[100, 100]], [[150, 100]]);
    for (const drawn of [small, far, strokes(), strokes([])]) expect(withoutTremor(drawn, frame)).to.equal(drawn);
  });

  it('judges by the size of the pad', () => {
    const drawn = strokes([
      [10, 10],
      [10, 13],
    ]);
    expect(withoutTremor(drawn, { width: 50, height: 50 })).to.equal(drawn);
    expect(withoutTremor(drawn, frame)[0].points).to.have.length(1);
  });
});
