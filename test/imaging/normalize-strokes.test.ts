import { expect } from '@open-wc/testing';
import { normalizeStrokes } from '../../src/imaging/normalize-strokes.js';
import type { NormalizedImage } from '../../src/imaging/normalized-image.js';
import type { PathPoint, StrokePath } from '../../src/imaging/stroke-path.js';
import { largestDifference, placedSeven } from './support.js';

function expectPicture({ pixels }: NormalizedImage): void {
  expect(pixels).to.have.length(784);
  expect(pixels.every((value) => value >= 0 && value <= 1)).to.equal(true);
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

const stroke = (...points: (readonly [x: number, y: number])[]): StrokePath => ({
  points: points.map(([x, y]) => ({ x, y })),
});

/** Columns and rows of the image with ink. */
function extent({ pixels }: NormalizedImage): { width: number; height: number } {
  const columns = new Set<number>();
  const rows = new Set<number>();
  pixels.forEach((value, index) => {
    if (value < 0.05) return;
    columns.add(index % 28);
    rows.add(Math.floor(index / 28));
  });
  return { width: columns.size, height: rows.size };
}

describe('normalizeStrokes', () => {
  const expected = normalizeStrokes(placedSeven(100, 0, 0));

  it('returns 784 values 0..1, and the box of the points', () => {
    expectPicture(expected);
    expect(expected.blank).to.equal(false);
    expect(expected.box).to.deep.equal({ x: 0, y: 0, width: 65, height: 100 });
    expect(Math.max(...expected.pixels)).to.be.above(0.95);
  });

  it('draws ink 20 px long with its center of mass in the middle of pixel 14', () => {
    const { height } = extent(expected);
    expect(height).to.be.within(19, 21);
    let [x, y] = [0, 0];
    expected.pixels.forEach((value, index) => {
      x += value * (index % 28);
      y += value * Math.floor(index / 28);
    });
    expect(x / sum(expected.pixels)).to.be.closeTo(14, 0.1);
    expect(y / sum(expected.pixels)).to.be.closeTo(14, 0.1);
  });

  for (const [name, size, left, top] of [
    ['small', 0.01, 0, 0],
    ['huge', 1e6, 0, 0],
    ['far from the center', 100, 5000, -3000],
    ['small and far away', 1, 900, 900],
  ] as const) {
    it(`draws the same image for ${name} ink, to 1e-3`, () => {
      const { pixels } = normalizeStrokes(placedSeven(size, left, top));
      expect(largestDifference(pixels, expected.pixels)).to.be.below(1e-3);
    });
  }

  it('draws the same image when points are repeated or denser, to 1e-5', () => {
    const twice = placedSeven(100, 0, 0).map(({ points }) => ({ points: points.flatMap((point) => [point, point]) }));
    const between = (a: PathPoint, b: PathPoint, share: number): PathPoint => ({
      x: a.x + (b.x - a.x) * share,
      y: a.y + (b.y - a.y) * share,
    });
    const closer = placedSeven(100, 0, 0).map(({ points }) => ({
      points: points.flatMap((point, index) =>
        index === 0 ? [point] : [0.1, 0.35, 0.7, 1].map((share) => between(points[index - 1], point, share)),
      ),
    }));
    expect(largestDifference(normalizeStrokes(twice).pixels, expected.pixels)).to.be.below(1e-5);
    expect(largestDifference(normalizeStrokes(closer).pixels, expected.pixels)).to.be.below(1e-5);
  });

  it('does not depend on the order or direction of strokes', () => {
    const turned = placedSeven(100, 0, 0)
      .reverse()
      .map(({ points }) => ({ points: [...points].reverse() }));
    expect(largestDifference(normalizeStrokes(turned).pixels, expected.pixels)).to.be.below(1e-5);
  });

  it('is blank without points', () => {
    for (const strokes of [[], [stroke()], [stroke(), stroke()]]) {
      const image = normalizeStrokes(strokes);
      expect(image.blank).to.equal(true);
      expect(image.box).to.equal(null);
      expect(sum(image.pixels)).to.equal(0);
    }
  });

  it('is blank without valid points', () => {
    const nowhere = stroke([NaN, 1], [1, Infinity], [-Infinity, NaN], [1e300, 0]);
    expect(normalizeStrokes([nowhere]).blank).to.equal(true);
  });

  it('leaves out invalid points', () => {
    const [first, ...others] = placedSeven(100, 0, 0);
    const { points } = first;
    const strays = [
      { x: NaN, y: 0 },
      { x: 1e300, y: 1e300 },
      { x: 0, y: -Infinity },
    ];
    const image = normalizeStrokes([{ points: [points[0], ...strays, ...points.slice(1)] }, ...others]);
    expect(largestDifference(image.pixels, expected.pixels)).to.equal(0);
  });

  it('draws one point, two equal points and points that hardly differ as a small dot in the middle', () => {
    const dots = [[stroke([3, 4])], [stroke([3, 4], [3, 4])], [stroke([0, 0], [0, Number.MIN_VALUE])]];
    for (const strokes of dots) {
      const image = normalizeStrokes(strokes);
      expectPicture(image);
      expect(image.blank).to.equal(false);
      const { width, height } = extent(image);
      expect(width).to.be.within(2, 5);
      expect(height).to.be.within(2, 5);
      expect(image.pixels[14 * 28 + 14]).to.be.above(0.9);
    }
  });

  it('draws straight lines of any direction 20 px long and as wide as the pen', () => {
    const across = extent(normalizeStrokes([stroke([0, 5], [90, 5])]));
    expect(across.width).to.be.within(19, 21);
    expect(across.height).to.be.within(2, 5);
    const down = extent(normalizeStrokes([stroke([5, 0], [5, 90])]));
    expect(down.height).to.be.within(19, 21);
    expect(down.width).to.be.within(2, 5);
    const slanting = extent(normalizeStrokes([stroke([0, 0], [90, 90])]));
    expect(slanting.width).to.be.within(18, 21);
    expect(slanting.height).to.be.within(18, 21);
  });

  it('keeps all ink inside when its mass lies to one side', () => {
    // A long thin tail with a heavy, scribbled head.
    const scribble = Array.from({ length: 41 }, (_, index) => [index % 2 === 0 ? 0 : 30, index] as const);
    const image = normalizeStrokes([stroke(...scribble, [15, 100])]);
    expectPicture(image);
    const { height } = extent(image);
    expect(height).to.be.within(19, 21);
  });
});
