import { expect } from '@open-wc/testing';
import { StrokeTracer, strokeRuns, type Point } from '../../src/drawing/index.js';

/** The path, measured by the browser's own SVG engine. */
function measure(points: readonly Point[]): { path: SVGPathElement; length: number } {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', strokeRuns(points)[0].path);
  return { path, length: path.getTotalLength() };
}

const zigzag = (count: number, pressure?: (index: number) => number): Point[] =>
  Array.from({ length: count }, (_, index) => ({
    x: index * 10,
    y: (index % 2) * 10,
    ...(pressure ? { pressure: pressure(index) } : {}),
  }));

describe('strokeRuns', () => {
  it('is empty without points', () => {
    expect(strokeRuns([])).to.be.empty;
  });

  it('turns one point, or many equal ones, into a line of zero length, which a round cap shows as a dot', () => {
    expect(strokeRuns([{ x: 3, y: 4 }])).to.deep.equal([{ path: 'M3 4L3 4', width: 1 }]);
    const { length } = measure([1, 2, 3].map(() => ({ x: 3, y: 4 })));
    expect(length).to.equal(0);
  });

  it('turns two points into a straight line', () => {
    expect(
      strokeRuns([
        { x: 0, y: 0 },
        { x: 10, y: 5.123456 },
      ]),
    ).to.deep.equal([{ path: 'M0 0L10 5.12', width: 1 }]);
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
    const end = path.getPointAtLength(length);
    expect(Math.hypot(end.x - 150, end.y - 100), 'Firefox measures in single precision').to.be.below(1e-4);
    for (let step = 0; step <= 100; step += 1) {
      const { x, y } = path.getPointAtLength((length * step) / 100);
      expect(x).to.be.within(0, 150);
      expect(y).to.be.within(0, 100);
    }
  });

  it('has no corners between its curves', () => {
    const { path, length } = measure(zigzag(20));
    const direction = (at: number): number => {
      const before = path.getPointAtLength(at - 0.25);
      const after = path.getPointAtLength(at + 0.25);
      return Math.atan2(after.y - before.y, after.x - before.x);
    };
    for (let at = 12; at < length - 12; at += 0.5) {
      expect(Math.abs(direction(at + 0.5) - direction(at))).to.be.below(0.4);
    }
  });

  it('leaves out non-finite points', () => {
    const runs = strokeRuns([
      { x: NaN, y: 1 },
      { x: 1, y: 2 },
      { x: Infinity, y: 0 },
      { x: 3, y: 4 },
    ]);
    expect(runs[0].path).to.equal('M1 2L3 4');
  });

  it('draws wider with more pressure, in connected runs', () => {
    const runs = strokeRuns(zigzag(60, (index) => index / 60));
    expect(runs.length).to.be.within(5, 60);
    for (const [index, { width, path }] of runs.entries()) {
      expect(width).to.be.within(0.4, 1.6);
      if (index === 0) continue;
      expect(width).to.be.above(runs[index - 1].width);
      expect(path.slice(1, path.indexOf('Q'))).to.equal(/[\d.]+ [\d.]+$/.exec(runs[index - 1].path)![0]);
    }
  });

  it('keeps the width while the pressure jitters', () => {
    expect(strokeRuns(zigzag(60, (index) => 0.5 + 0.02 * (index % 2)))).to.have.length(1);
  });

  it('keeps one width without pressure, or with 0.5 from devices without a sensor', () => {
    for (const points of [zigzag(60), zigzag(60, () => 0.5), zigzag(60, () => 0)]) {
      expect(strokeRuns(points)).to.have.length(1);
      expect(strokeRuns(points)[0].width).to.equal(1);
    }
  });
});

describe('strokeRuns, given what no pen reports', () => {
  it('draws strokes of any length whose pressure varies', () => {
    const runs = strokeRuns(zigzag(300_000, (index) => 0.5 + 0.4 * Math.sin(index / 3)));
    expect(runs.length).to.be.above(200_000);
  });

  it('limits pressure to 0..1', () => {
    const widths = (pressure: number): number[] => strokeRuns(zigzag(60, () => pressure)).map(({ width }) => width);
    expect(widths(-1)).to.deep.equal([1]);
    expect(widths(7)).to.deep.equal(widths(1));
    for (const { width } of strokeRuns(zigzag(60, (index) => (index % 2 ? -1 : 1) * Number.MAX_VALUE))) {
      expect(width).to.be.within(0.4, 1.6);
    }
  });
});

describe('StrokeTracer', () => {
  it('traces points one by one to the same line as all of them together', () => {
    const points = zigzag(200, (index) => 0.5 + 0.3 * Math.sin(index / 9));
    const tracer = new StrokeTracer();
    for (let count = 1; count < points.length; count += 7) tracer.trace(points.slice(0, count));
    expect(tracer.trace(points)).to.deep.equal(strokeRuns(points));
  });

  it('starts over with another stroke, even one of the same length', () => {
    const tracer = new StrokeTracer();
    tracer.trace(zigzag(9));
    const other = zigzag(9).map(({ x, y }) => ({ x: x + 1, y }));
    expect(tracer.trace(other)).to.deep.equal(strokeRuns(other));
    expect(tracer.trace(other.slice(0, 3))).to.deep.equal(strokeRuns(other.slice(0, 3)));
  });

  it('draws predicted points, and discards them', () => {
    const points = zigzag(9);
    const tracer = new StrokeTracer();
    const ahead = tracer.trace(points, [{ x: 200, y: 77 }]);
    expect(ahead[0].path.endsWith('L200 77')).to.be.true;
    expect(tracer.trace(points)).to.deep.equal(strokeRuns(points));
  });

  it('discards runs of predicted points, too', () => {
    const points = zigzag(100, (index) => 0.5 + 0.3 * Math.sin(index / 5));
    const tracer = new StrokeTracer();
    const shown = tracer.trace(points.slice(0, 50), points.slice(50));
    expect(shown).to.deep.equal(strokeRuns(points));
    expect(tracer.trace(points.slice(0, 50))).to.deep.equal(strokeRuns(points.slice(0, 50)));
    expect(tracer.trace(points)).to.deep.equal(shown);
  });

  it('leaves all runs but the last unchanged while the stroke grows', () => {
    const points = zigzag(400);
    const tracer = new StrokeTracer(64);
    const before = tracer.trace(points.slice(0, 300));
    const after = tracer.trace(points);
    expect(before.length).to.equal(5);
    for (const [index, run] of before.slice(0, -1).entries()) expect(after[index]).to.equal(run);
  });
});
