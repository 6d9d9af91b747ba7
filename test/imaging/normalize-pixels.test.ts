import { expect } from '@open-wc/testing';
import { ImagingError } from '../../src/imaging/imaging-error.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { NormalizedImage } from '../../src/imaging/normalized-image.js';
import { lineWidth } from '../../src/imaging/line-width.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { MAXIMUM_PIXELS, type PixelSource } from '../../src/imaging/pixel-source.js';
import type { PathPoint } from '../../src/imaging/stroke-path.js';
import { largestDifference, meanDifference, paint, randomValues, sevenPicture, white, type Color } from './support.js';

function expectPicture({ pixels }: NormalizedImage): void {
  expect(pixels).to.have.length(784);
  expect(pixels.every((value) => value >= 0 && value <= 1 + 1e-6)).to.equal(true);
}

/** A picture on white paper with black rectangles. */
function rectangles(
  width: number,
  height: number,
  ...boxes: [x: number, y: number, w: number, h: number][]
): PixelSource {
  const data = new Float32Array(width * height);
  for (const [x, y, w, h] of boxes) {
    for (let row = y; row < y + h; row++) data.fill(1, row * width + x, row * width + x + w);
  }
  return paint({ data, width, height });
}

/** Columns and rows of the image with ink. */
function extent({ pixels }: Pick<NormalizedImage, 'pixels'>): { width: number; height: number } {
  const columns = new Set<number>();
  const rows = new Set<number>();
  pixels.forEach((value, index) => {
    if (value < 0.1) return;
    columns.add(index % 28);
    rows.add(Math.floor(index / 28));
  });
  return { width: columns.size, height: rows.size };
}

describe('normalizePixels', () => {
  const original = sevenPicture(200, 14);
  const expected = normalizePixels(original.source);

  it('returns 784 values 0..1, with the ink 20 px long and inside the image', () => {
    expectPicture(expected);
    expect(expected.blank).to.equal(false);
    expect(Math.max(...expected.pixels)).to.be.above(0.95);
    expect(extent(expected).height).to.be.within(19, 21);
  });

  it("returns the ink's box in pixels of the source, even of a picture that it reduces first", () => {
    const box = normalizePixels(rectangles(100, 80, [20, 10, 8, 50])).box;
    expect(box).to.deep.equal({ x: 20, y: 10, width: 8, height: 50 });
    const large = normalizePixels(rectangles(2048, 1024, [400, 200, 80, 400])).box;
    expect(large).to.deep.equal({ x: 400, y: 200, width: 80, height: 400 });
  });

  it('normalizes a picture of ten thousand dots', () => {
    const side = 512;
    const dots = Array.from({ length: 98 * 98 }, (_, index): [number, number, number, number] => [
      10 + 5 * (index % 98),
      10 + 5 * Math.floor(index / 98),
      3,
      3,
    ]);
    const { blank } = normalizePixels(rectangles(side, side, ...dots, [side / 2, side - 20, 13, 12]));
    expect(blank).to.be.false;
  });

  it('returns the same image wherever the ink is, to 1e-4 per pixel', () => {
    for (const [left, top] of [
      [10, 10],
      [110, 70],
    ]) {
      const { pixels } = normalizePixels(sevenPicture(200, 14, { left, top }).source);
      expect(largestDifference(pixels, expected.pixels)).to.be.below(1e-4);
    }
  });

  it('returns the same image at any size, to 0.02 per pixel on average', () => {
    for (const size of [100, 400, 1000, 1500]) {
      const { pixels } = normalizePixels(sevenPicture(size, (14 * size) / 200).source);
      expect(meanDifference(pixels, expected.pixels), `${size} px`).to.be.below(0.02);
    }
  });

  it('brings lines of any pen to a width that the networks know', () => {
    for (const pen of [1, 2, 4, 8, 14, 24, 32]) {
      const { pixels } = normalizePixels(sevenPicture(200, pen).source);
      const width = lineWidth({ data: pixels, width: 28, height: 28 });
      expect(width, `a pen of ${pen} px`).to.be.within(2, 4);
    }
  });

  it('takes noise neither for thin lines nor for ink to thicken', () => {
    const random = randomValues(3);
    const { ink } = sevenPicture(200, 18);
    const data = ink.data.map((value) =>
      Math.min(1, Math.max(0, value + (random() + random() + random() - 1.5) * 0.6)),
    );
    const { pixels } = normalizePixels(paint({ ...ink, data }));
    expect(meanDifference(pixels, normalizePixels(paint(ink)).pixels)).to.be.below(0.05);
  });

  it('keeps the loops of thick lines open', () => {
    const ring = Array.from({ length: 41 }, (_, index) => {
      const angle = (index * Math.PI) / 20;
      return { x: 100 + 36 * Math.cos(angle), y: 100 + 56 * Math.sin(angle) };
    });
    const plane = rasterizeStrokes([{ points: ring }], 200, { width: 65, softness: 1 });
    const { pixels } = normalizePixels(paint(plane));
    expect(pixels[14 * 28 + 14]).to.be.below(0.1);
    expect(pixels[14 * 28 + 9]).to.be.above(0.9);
  });

  it('keeps faint parts next to thin lines', () => {
    const seven = sevenPicture(200, 3);
    const data = seven.ink.data.slice();
    for (let row = 60; row < 140; row++) data.fill(0.35, row * 200 + 40, row * 200 + 46);
    const { pixels } = normalizePixels(paint({ ...seven.ink, data }));
    const left = pixels.filter((_, pixel) => pixel % 28 < 8).reduce((sum, ink) => sum + ink, 0);
    expect(left).to.be.above(2);
  });

  it('returns the same image for ink of any color on paper of any other, to 0.01 per pixel on average', () => {
    const colors: [ink: Color, paper: Color][] = [
      [white, [0, 0, 0, 255]],
      [
        [20, 40, 160, 255],
        [250, 240, 200, 255],
      ],
      [
        [230, 220, 40, 255],
        [20, 60, 30, 255],
      ],
      // Equally bright.
      [
        [200, 40, 40, 255],
        [20, 104, 120, 255],
      ],
      [
        [90, 90, 90, 255],
        [140, 140, 140, 255],
      ],
      [
        [30, 30, 30, 255],
        [30, 30, 30, 0],
      ],
      [
        [255, 255, 255, 255],
        [255, 255, 255, 0],
      ],
    ];
    for (const [ink, paper] of colors) {
      const { pixels } = normalizePixels(paint(original.ink, ink, paper));
      expect(meanDifference(pixels, expected.pixels), `${ink.join()} on ${paper.join()}`).to.be.below(0.01);
    }
  });

  it('returns the same image for noisy paper, to 0.03 per pixel on average', () => {
    const random = randomValues(11);
    const data = original.source.data.map((value, index) => (index % 4 === 3 ? value : value + (random() - 0.5) * 24));
    const { pixels } = normalizePixels({ ...original.source, data });
    expect(meanDifference(pixels, expected.pixels)).to.be.below(0.03);
  });

  it('removes specks', () => {
    const data = original.ink.data.slice();
    for (const [x, y] of [
      [3, 190],
      [190, 5],
      [100, 196],
    ]) {
      data[y * 200 + x] = 1;
      data[y * 200 + x + 1] = 1;
    }
    const { pixels } = normalizePixels(paint({ ...original.ink, data }));
    expect(largestDifference(pixels, expected.pixels)).to.be.below(1e-6);
  });

  it('keeps one-pixel lines in a large picture strong', () => {
    for (const box of [
      [100, 50, 1, 400],
      [50, 100, 400, 1],
    ] as [number, number, number, number][]) {
      const image = normalizePixels(rectangles(500, 500, box));
      expectPicture(image);
      expect(Math.max(...image.pixels)).to.be.above(0.6);
      const { width, height } = extent(image);
      expect(Math.max(width, height)).to.be.within(19, 21);
      expect(Math.min(width, height)).to.be.within(1, 4);
    }
  });

  it('is blank for a single color, and for full transparency', () => {
    const colors: Color[] = [[0, 0, 0, 255], white, [200, 30, 90, 255], [0, 0, 0, 0], [90, 10, 10, 0]];
    for (const color of colors) {
      for (const [width, height] of [
        [28, 28],
        [1, 1],
        [2, 1],
        [1, 20000],
      ]) {
        const image = normalizePixels(paint({ data: new Float32Array(width * height), width, height }, color, color));
        expect(image.blank, `${color.join()}, ${width} by ${height}`).to.equal(true);
        expect(image.box).to.equal(null);
        expect(image.pixels.every((value) => value === 0)).to.equal(true);
      }
    }
  });

  it('returns the same image if the whole picture is translucent', () => {
    for (const alpha of [200, 120, 60]) {
      const { data, width, height } = original.source;
      const faded = data.map((value, at) => (at % 4 === 3 ? alpha : value));
      const { pixels } = normalizePixels({ data: faded, width, height });
      expect(meanDifference(pixels, expected.pixels), `alpha ${alpha}`).to.be.below(0.01);
    }
  });

  it('turns a mark without shape into a small dot in the middle', () => {
    for (const source of [rectangles(100, 100, [10, 20, 2, 2]), rectangles(300, 300, [40, 50, 60, 60])]) {
      const image = normalizePixels(source);
      expectPicture(image);
      const { width, height } = extent(image);
      expect(width).to.be.within(2, 6);
      expect(height).to.be.within(2, 6);
      expect(image.pixels[14 * 28 + 14]).to.be.above(0.9);
    }
  });

  it('has the whole digit in the image, whatever pale line begins at it', () => {
    const side = 520;
    const painted = (points: readonly PathPoint[], width: number) =>
      rasterizeStrokes([{ points }], side, { width, softness: 1 }).data;
    const digit = painted(
      [
        [210, 200],
        [265, 200],
        [230, 300],
      ].map(([x, y]) => ({ x, y })),
      9,
    );
    // A line beyond the digit's own extent would not fit beside it.
    for (const [x, y] of [
      [510, 264],
      [10, 236],
      [264, 510],
      [236, 10],
    ]) {
      const line = painted(
        [
          { x: 244, y: 250 },
          { x, y },
        ],
        14,
      );
      const data = digit.map((ink, pixel) => Math.max(ink, 0.15 * line[pixel]));
      const { pixels } = normalizePixels(paint({ data, width: side, height: side }));
      const solid = extent({ pixels: pixels.map((value) => (value < 0.4 ? 0 : value)) });
      expect(solid.height, `height with a line to ${x}, ${y}`).to.be.within(18, 21);
      expect(solid.width, `width with a line to ${x}, ${y}`).to.be.within(9, 14);
    }
  });

  it('handles pictures of any shape', () => {
    for (const source of [
      rectangles(2, 1, [0, 0, 1, 1]),
      rectangles(1, 2, [0, 1, 1, 1]),
      rectangles(1, 20000, [0, 5000, 1, 9000]),
      rectangles(20000, 300, [9000, 100, 400, 60]),
    ]) {
      expectPicture(normalizePixels(source));
    }
  });

  it('rejects an invalid width or height, and data of another length', () => {
    const data = new Uint8ClampedArray(16);
    for (const [width, height] of [
      [0, 4],
      [4, 0],
      [-2, -2],
      [NaN, 2],
      [2, Infinity],
      [1.5, 2],
      [2, 3],
      [1, 1],
    ]) {
      expect(() => normalizePixels({ data, width, height }), `${width} by ${height}`)
        .to.throw(ImagingError)
        .with.property('code', 'invalid-image');
    }
  });

  it('rejects a picture with too many pixels', () => {
    expect(() => normalizePixels({ data: new Uint8ClampedArray(4), width: MAXIMUM_PIXELS, height: 2 }))
      .to.throw(ImagingError)
      .with.property('code', 'image-too-large');
  });
});
