import { expect } from '@open-wc/testing';
import { fitFrame, unproject, type Corners, type Position } from '../../src/drawing/index.js';

const size = { width: 200, height: 100 };

/** The corners and a point of the rectangle, mapped by the browser's own matrices. */
function project(transform: string, { x, y }: Position): { corners: Corners; seen: Position } {
  const matrix = new DOMMatrix(transform);
  const map = (position: Position): Position => {
    const point = matrix.transformPoint(new DOMPoint(position.x, position.y));
    return { x: point.x / point.w, y: point.y / point.w };
  };
  const { width, height } = size;
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([cornerX, cornerY]) => map({ x: cornerX, y: cornerY }));
  return { corners: corners as unknown as Corners, seen: map({ x, y }) };
}

describe('unproject', () => {
  for (const transform of [
    'none',
    'translate(30px, -7px)',
    'rotate(37deg)',
    'scale(-2, 0.5)',
    'skew(20deg, -10deg) scale(3)',
    'perspective(600px) rotateY(40deg) rotateX(-25deg)',
  ]) {
    it(`inverts ${transform}`, () => {
      for (const position of [
        { x: 0, y: 0 },
        { x: 150, y: 20 },
        { x: 260, y: -40 },
      ]) {
        const { corners, seen } = project(transform, position);
        const found = unproject(corners, size)(seen);
        // Firefox multiplies matrices and points in single precision.
        expect(found.x).to.be.closeTo(position.x, 1e-4);
        expect(found.y).to.be.closeTo(position.y, 1e-4);
      }
    });
  }

  it('has no solution on a surface seen from its edge', () => {
    const { corners } = project('scale(0, 1)', { x: 0, y: 0 });
    expect(unproject(corners, size)({ x: 5, y: 5 }).x).not.to.satisfy(Number.isFinite);
  });
});

describe('fitFrame', () => {
  it('shows the entire frame, centered', () => {
    const toFrame = fitFrame({ width: 100, height: 100 }, { width: 300, height: 200 });
    expect(toFrame({ x: 50, y: 0 })).to.deep.equal({ x: 0, y: 0 });
    expect(toFrame({ x: 250, y: 200 })).to.deep.equal({ x: 100, y: 100 });
  });
});
