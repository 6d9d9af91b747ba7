import { expect } from '@open-wc/testing';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { reductionFactor } from '../../src/imaging/reduce-pixels.js';
import { meanDifference, paint, placedSeven, randomValues, type Color } from './support.js';

const side = 300;
const ink = rasterizeStrokes(placedSeven(130, 105, 80), side, { width: 10, softness: 2 });
const expected = normalizePixels(paint(ink)).pixels;

/** The seven in a light that depends on the position, 0..1. */
function lit(color: Color, paper: Color, light: (x: number, y: number) => number): PixelSource {
  const random = randomValues(13);
  const source = paint(ink, color, paper);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const here = light((pixel % side) / side, Math.floor(pixel / side) / side);
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 4 + channel;
      source.data[at] = source.data[at] * here + 5 * (random() - 0.5);
    }
  }
  return source;
}

describe('uneven light', () => {
  for (const [kind, color, paper] of [
    ['chalk on a green board', [200, 206, 200, 255], [80, 112, 92, 255]],
    ['a white pen on kraft paper', [248, 248, 246, 255], [158, 118, 82, 255]],
  ] as [string, Color, Color][]) {
    it(`reads ${kind}`, () => {
      const source = lit(color, paper, (x, y) => 1 - 0.35 * x - 0.2 * y);
      expect(meanDifference(normalizePixels(source).pixels, expected)).to.be.below(0.03);
    });
  }

  it('reads a digit across the soft edge of a shadow', () => {
    const source = lit([40, 40, 55, 255], [226, 224, 212, 255], (x, y) => {
      const within = Math.min(1, Math.max(0, (x + 0.25 * y - 0.55) / 0.08 + 0.5));
      return (1 - 0.15 * x) * (1 - 0.5 * within);
    });
    expect(meanDifference(normalizePixels(source).pixels, expected)).to.be.below(0.04);
  });

  describe('a shadow with a sharp edge', () => {
    /** Whether a point, 0..1, is in a shadow. */
    type IsShaded = (x: number, y: number) => boolean;
    const shadows: Record<string, IsShaded> = {
      'of a window frame, across the digit': (x, y) => x + 0.4 * y > 0.65,
      'below the digit': (_, y) => y > 0.85,
      'of a hand, over half of the digit': (x, y) => Math.hypot(x - 0.75, y - 0.8) < 0.38,
      'of a finger beside the digit': (x, y) => Math.abs(x - 0.83) < 0.09 && y > 0.3,
    };
    for (const [kind, isShaded] of Object.entries(shadows)) {
      for (const [pen, color] of [
        ['ballpoint', [40, 40, 75, 255]],
        ['pencil', [125, 122, 118, 255]],
      ] as [string, Color][]) {
        it(`does not matter: ${kind}, ${pen}`, () => {
          const source = lit(color, [226, 222, 208, 255], (x, y) => (1 - 0.1 * x) * (isShaded(x, y) ? 0.55 : 1));
          expect(meanDifference(normalizePixels(source).pixels, expected)).to.be.below(0.04);
        });
      }
    }

    /** Ink with noise, in light of which this share is lost from left to right. */
    const photographed = (plane: Plane, gray: number, loss: number): PixelSource => {
      const random = randomValues(3);
      const { data, ...size } = paint(plane, [gray, gray, gray, 255], [226, 222, 208, 255]);
      const lightAt = (at: number): number => 1 - (loss * (Math.floor(at / 4) % size.width)) / size.width;
      return {
        data: data.map((value, at) => (at % 4 === 3 ? value : value * lightAt(at) + 4 * (random() - 0.5))),
        ...size,
      };
    };

    it('is not a broad digit', () => {
      const broad = rasterizeStrokes(placedSeven(280, 40, 10), side, { width: 60, softness: 2 });
      for (const gray of [20, 90]) {
        const { pixels } = normalizePixels(photographed(broad, gray, 0));
        expect(meanDifference(pixels, normalizePixels(paint(broad)).pixels)).to.be.below(0.05);
      }
    });

    it('is not a pencil line along the edges of a cropped picture', () => {
      const size = 160;
      const points = Array.from({ length: 61 }, (_, index) => {
        const turn = (2 * Math.PI * index) / 60;
        return { x: size / 2 + 74 * Math.sin(turn), y: size / 2 + 74 * Math.cos(turn) };
      });
      const ring = rasterizeStrokes([{ points }], size, { width: 14, softness: 2 });
      const { pixels } = normalizePixels(photographed(ring, 120, 0.3));
      expect(meanDifference(pixels, normalizePixels(paint(ring)).pixels)).to.be.below(0.05);
    });
  });

  for (const [kind, period, slope, darkness] of [
    ['wide and level', 0.21, 0, 0.45],
    ['narrow and turned', 0.12, -0.5, 0.4],
  ] as [string, number, number, number][]) {
    it(`reads a digit in the light of blinds: ${kind}`, () => {
      const source = lit([40, 40, 55, 255], [226, 224, 212, 255], (x, y) => {
        const wave = Math.sin((2 * Math.PI * (y + slope * x)) / (period * Math.hypot(1, slope)));
        return (1 - 0.2 * x) * (1 - darkness * Math.min(1, Math.max(0, 2 * wave + 0.5)));
      });
      expect(meanDifference(normalizePixels(source).pixels, expected)).to.be.below(0.04);
    });
  }
});

describe('reductionFactor', () => {
  it('keeps more pixels of a long strip, and bounds those of any picture', () => {
    expect(reductionFactor({ width: 2000, height: 2000 }, 512)).to.equal(4);
    expect(reductionFactor({ width: 1300, height: 80 }, 512)).to.equal(2);
    for (const [width, height] of [
      [1, 1],
      [100_000_000, 1],
      [1, 100_000_000],
      [40_000, 2000],
    ]) {
      const factor = reductionFactor({ width, height }, 512);
      expect(Math.ceil(width / factor) * Math.ceil(height / factor)).to.be.at.most(512 ** 2);
      expect(Math.max(width, height) / factor).to.be.at.most(2048);
    }
  });
});
