import { expect } from '@open-wc/testing';
import { strokePath, type Point } from '../../src/drawing/index.js';

/** The path as the browser's own SVG engine measures it. */
function measure(points: readonly Point[]): { path: SVGPathElement; length: number } {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', strokePath(points));
  return { path, length: path.getTotalLength() };
}

describe('strokePath', () => {
  it('is empty without points', () => {
    expect(strokePath([])).to.equal('');
  });

  it('makes one point, or many equal ones, a line of no length, so that a round cap shows a dot', () => {
    expect(strokePath([{ x: 3, y: 4 }])).to.equal('M3 4L3 4');
    const { length } = measure([1, 2, 3].map(() => ({ x: 3, y: 4 })));
    expect(length).to.equal(0);
  });

  it('makes two points a straight line', () => {
    expect(
      strokePath([
        { x: 0, y: 0 },
        { x: 10, y: 5.123456 },
      ]),
    ).to.equal('M0 0L10 5.12');
  });

  it('begins at the first point, ends at the last one, and stays within the hull of the points', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 50, y: 100 },
      { x: 100, y: 0 },
      { x: 150, y: 100 },
    ];
    const { path, length } = measure(points);
    expect(path.getPointAtLength(0)).to.include({ x: 0, y: 0 });
    expect(path.getPointAtLength(length)).to.include({ x: 150, y: 100 });
    for (let step = 0; step <= 100; step += 1) {
      const { x, y } = path.getPointAtLength((length * step) / 100);
      expect(x).to.be.within(0, 150);
      expect(y).to.be.within(0, 100);
    }
  });

  it('has no corners between its curves', () => {
    const points = Array.from({ length: 20 }, (_, index) => ({ x: index * 10, y: (index % 2) * 10 }));
    const { path, length } = measure(points);
    const direction = (at: number): number => {
      const before = path.getPointAtLength(at - 0.25);
      const after = path.getPointAtLength(at + 0.25);
      return Math.atan2(after.y - before.y, after.x - before.x);
    };
    for (let at = 12; at < length - 12; at += 0.5) {
      expect(Math.abs(direction(at + 0.5) - direction(at))).to.be.below(0.4);
    }
  });

  it('leaves out what is not finite', () => {
    expect(
      strokePath([
        { x: NaN, y: 1 },
        { x: 1, y: 2 },
        { x: Infinity, y: 0 },
        { x: 3, y: 4 },
      ]),
    ).to.equal('M1 2L3 4');
  });
});
