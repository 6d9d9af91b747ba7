import { expect } from '@open-wc/testing';
import { normalizePixels, normalizeStrokes, type NormalizedImage, type Plane } from '../../src/imaging/index.js';
import { centerOfMass } from '../../src/imaging/center-of-mass.js';

const seven = [
  {
    points: [
      { x: 60, y: 40 },
      { x: 120, y: 40 },
      { x: 80, y: 160 },
    ],
  },
];
const pad = { x: 0, y: 0, width: 280, height: 280 };

/** The first and last rows and columns with solid ink. */
function extent(
  { data, width, height }: Plane,
  least: number,
): { left: number; top: number; right: number; bottom: number } {
  let [left, top, right, bottom] = [width, height, 0, 0];
  data.forEach((value, pixel) => {
    if (value < least) return;
    left = Math.min(left, pixel % width);
    right = Math.max(right, (pixel % width) + 1);
    top = Math.min(top, Math.floor(pixel / width));
    bottom = Math.max(bottom, Math.floor(pixel / width) + 1);
  });
  return { left, top, right, bottom };
}

/** Invariants for any ink. */
function expectSteps({ pixels, steps }: NormalizedImage, sheet?: typeof pad): void {
  const { ink, box, scaled, centered } = steps!(sheet);
  const found = extent(ink, 0.02);
  // The box bounds the ink as tightly as its pixels allow.
  expect(found.left).to.be.closeTo(box.x, 1.5);
  expect(found.top).to.be.closeTo(box.y, 1.5);
  expect(found.right).to.be.closeTo(box.x + box.width, 1.5);
  expect(found.bottom).to.be.closeTo(box.y + box.height, 1.5);
  expect([scaled.width, scaled.height]).to.deep.equal([20, 20]);
  const inside = extent(scaled, 0.02);
  expect(Math.max(inside.right - inside.left, inside.bottom - inside.top)).to.be.within(19, 20);
  expect(inside.left).to.be.closeTo(20 - inside.right, 1);
  expect(inside.top).to.be.closeTo(20 - inside.bottom, 1);
  expect(centered.data).to.equal(pixels);
  const mass = centerOfMass(centered)!;
  expect(mass.x).to.be.closeTo(14.5, 0.05);
  expect(mass.y).to.be.closeTo(14.5, 0.05);
  // Moved, not redrawn: the same ink.
  const weight = (plane: Plane): number => plane.data.reduce((sum, value) => sum + value, 0);
  expect(weight(scaled) / weight(centered)).to.be.closeTo(1, 0.03);
}

describe('the steps of normalization', () => {
  it('show strokes on their pad, their box, scaled, and moved to the middle', () => {
    const normalized = normalizeStrokes(seven);
    expectSteps(normalized, pad);
    // The ink is where it was on the pad: on the left, above the middle.
    const { ink } = normalized.steps!(pad);
    const mass = centerOfMass(ink)!;
    expect(mass.x / ink.width).to.be.within(0.25, 0.42);
    expect(mass.y / ink.height).to.be.within(0.2, 0.45);
  });

  it('show strokes without a pad in the middle of the image', () => {
    const normalized = normalizeStrokes(seven);
    expectSteps(normalized);
    const { ink, box } = normalized.steps!();
    expect(box.x + box.width / 2).to.be.closeTo(ink.width / 2, 0.01);
    expect(box.y + box.height / 2).to.be.closeTo(ink.height / 2, 0.01);
  });

  it('show ink that was drawn outside the pad', () => {
    const { ink, box } = normalizeStrokes([
      {
        points: [
          { x: -100, y: 10 },
          { x: 400, y: 10 },
        ],
      },
    ]).steps!(pad);
    expect(box.x).to.be.at.least(0);
    expect(box.x + box.width).to.be.at.most(ink.width + 1e-6);
    expect(ink.data.some((value) => value > 0.5)).to.be.true;
  });

  it('show a dot', () => {
    const { ink, scaled } = normalizeStrokes([{ points: [{ x: 20, y: 30 }] }]).steps!(pad);
    expect(ink.data.some((value) => value > 0.5)).to.be.true;
    expect(scaled.data.some((value) => value > 0.5)).to.be.true;
    expect([...ink.data, ...scaled.data].every(Number.isFinite)).to.be.true;
  });

  it('show a picture, wide or high, larger or smaller than the steps', () => {
    for (const [width, height] of [
      [300, 180],
      [90, 200],
      [60, 60],
    ]) {
      const data = new Uint8ClampedArray(width * height * 4).fill(255);
      for (let row = Math.round(height * 0.2); row < height * 0.7; row += 1) {
        for (let column = Math.round(width * 0.5); column < width * 0.6; column += 1) {
          data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
        }
      }
      const normalized = normalizePixels({ data, width, height });
      expectSteps(normalized);
      const { ink } = normalized.steps!();
      expect(ink.width).to.equal(Math.min(140, Math.max(width, height)));
      const mass = centerOfMass(ink)!;
      const longest = Math.max(width, height);
      expect(mass.x / ink.width).to.be.closeTo((width * 0.55 + (longest - width) / 2) / longest, 0.01);
      expect(mass.y / ink.height).to.be.closeTo((height * 0.45 + (longest - height) / 2) / longest, 0.01);
    }
  });

  it('are absent for blank input', () => {
    expect(normalizeStrokes([]).steps).to.be.undefined;
    const white = { data: new Uint8ClampedArray(400).fill(255), width: 10, height: 10 };
    expect(normalizePixels(white).steps).to.be.undefined;
  });
});
