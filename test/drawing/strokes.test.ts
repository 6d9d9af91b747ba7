import { expect } from '@open-wc/testing';
import { isStrokes } from '../../src/drawing/index.js';

describe('isStrokes', () => {
  it('knows strokes, the empty drawing included', () => {
    expect(isStrokes([])).to.be.true;
    expect(isStrokes([{ points: [] }, { points: [{ x: 1, y: 2, pressure: 0.5 }] }])).to.be.true;
  });

  it('refuses everything else', () => {
    const others = [
      null,
      undefined,
      7,
      'x',
      {},
      [1],
      [null],
      [{ points: 7 }],
      [{ points: [null] }],
      [{ points: [{ x: '1', y: 2 }] }],
    ];
    for (const other of others) expect(isStrokes(other), JSON.stringify(other)).to.be.false;
  });
});
