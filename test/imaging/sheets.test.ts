import { expect } from '@open-wc/testing';
import type { Box } from '../../src/imaging/box.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { Plane } from '../../src/imaging/plane.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../src/imaging/segment-pixels.js';
import { black, meanDifference, paint, placedSeven, randomValues, sevenPicture, white, type Color } from './support.js';

const side = 320;

/** The seven in the middle of a square picture. */
const middleSeven = rasterizeStrokes(placedSeven(120, 120, 100), side, { width: 11, softness: 1 });
const expected = normalizePixels(paint(middleSeven)).pixels;

/** The seven on a sheet that lies on something else, turned by some degrees around the middle. */
function onSheet({ width = 220, height = 190, x = 160, y = 160, turn = 0, ink = black, paper = white, desk = black }) {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const source = paint(middleSeven, ink, paper);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const across = (pixel % side) + 0.5 - x;
    const down = Math.floor(pixel / side) + 0.5 - y;
    const isOutside =
      Math.abs(across * cos + down * sin) > width / 2 || Math.abs(down * cos - across * sin) > height / 2;
    if (isOutside) source.data.set(desk, pixel * 4);
  }
  return source;
}

/** Light that falls off to the right, and noise. */
function photographed({ data, width, height }: PixelSource): PixelSource {
  const random = randomValues(11);
  const noisy = Uint8ClampedArray.from(data, (value, at) => {
    const light = 1 - (0.3 * (Math.floor(at / 4) % width)) / width;
    return at % 4 === 3 ? value : value * light + 6 * (random() - 0.5);
  });
  return { data: noisy, width, height };
}

function filled(source: PixelSource, box: Box, color: Color): PixelSource {
  for (let row = box.y; row < box.y + box.height; row++) {
    for (let column = box.x; column < box.x + box.width; column++) {
      source.data.set(color, (row * source.width + column) * 4);
    }
  }
  return source;
}

const pale: Color = [228, 226, 215, 255];
const navy: Color = [30, 30, 70, 255];
const oak: Color = [95, 70, 50, 255];

describe('a sheet that does not fill the picture', () => {
  const pictures: Record<string, PixelSource> = {
    'on a desk': onSheet({ ink: navy, paper: pale, desk: oak }),
    'photographed on a desk': photographed(onSheet({ ink: navy, paper: pale, desk: oak })),
    'turned by 6 degrees': photographed(onSheet({ ink: navy, paper: pale, desk: oak, turn: 6 })),
    'turned by -14 degrees': photographed(onSheet({ ink: navy, paper: pale, desk: oak, turn: -14 })),
    'reaching over two sides of the picture': onSheet({
      ink: navy,
      paper: pale,
      desk: oak,
      x: 125,
      y: 135,
      width: 250,
      height: 270,
    }),
    'of pencil on paper': photographed(onSheet({ ink: [120, 120, 120, 255], paper: pale, desk: [20, 20, 20, 255] })),
    'that is a black tile on a white page': onSheet({ ink: white, paper: black, desk: white }),
    'that is a white tile on a black page': onSheet({}),
    'in a scan with a dark margin': filled(paint(middleSeven), { x: 270, y: 0, width: 50, height: side }, black),
    'beside a gray panel': filled(paint(middleSeven), { x: 0, y: 0, width: 100, height: side }, [200, 200, 200, 255]),
  };
  for (const [kind, picture] of Object.entries(pictures)) {
    it(`is read as if it did: ${kind}`, () => {
      expect(meanDifference(normalizePixels(picture).pixels, expected)).to.be.below(0.03);
    });
  }

  it('reads one digit within a frame that does not fill the picture', () => {
    const source = paint(middleSeven);
    const framed = filled(source, { x: 70, y: 70, width: 180, height: 180 }, black);
    const inside = paint(middleSeven);
    for (let row = 76; row < 244; row++) {
      const [start, end] = [(row * side + 76) * 4, (row * side + 244) * 4];
      framed.data.set(inside.data.subarray(start, end), start);
    }
    expect(meanDifference(normalizePixels(framed).pixels, expected)).to.be.below(0.03);
  });
});

describe('a page in the window of a program', () => {
  const toolbar: Color = [245, 245, 247, 255];
  const panel: Color = [230, 230, 232, 255];

  /** Buttons of several colors in a row at the top. */
  function withButtons(source: PixelSource): PixelSource {
    const random = randomValues(3);
    for (let x = 40; x < 280; x += 24) {
      const color = [255 * random(), 255 * random(), 255 * random(), 255] as const;
      filled(source, { x, y: 14, width: 14, height: 14 }, color);
    }
    return source;
  }
  const strokes = [0, 70, 140].flatMap((left) => placedSeven(80, 60 + left, 120));
  const number = rasterizeStrokes(strokes, side, { width: 7, softness: 1 });
  const onWorkspace = paint(number);
  for (const box of [
    { x: 0, y: 0, width: side, height: 60 },
    { x: 0, y: 240, width: side, height: 80 },
    { x: 270, y: 60, width: 50, height: 180 },
    { x: 0, y: 60, width: 20, height: 180 },
  ])
    filled(onWorkspace, box, [191, 199, 209, 255]);
  const amongPanels = paint(number, navy);
  filled(amongPanels, { x: 0, y: 0, width: side, height: 60 }, toolbar);
  filled(amongPanels, { x: 0, y: 60, width: 24, height: 260 }, panel);
  filled(amongPanels, { x: 0, y: 308, width: side, height: 12 }, toolbar);
  for (const [kind, picture] of Object.entries({
    'on a gray workspace': withButtons(onWorkspace),
    'among light panels': withButtons(amongPanels),
  })) {
    it(`is read without the buttons beside it: ${kind}`, () => {
      const boxes = segmentPixels(picture)!.pieces.map(({ box }) => box);
      expect(Math.min(...boxes.map(({ y }) => y))).to.be.closeTo(117, 5);
      expect(Math.max(...boxes.map(({ y, height }) => y + height))).to.be.closeTo(203, 5);
    });
  }
});

describe('a frame around a number', () => {
  for (const [kind, line] of Object.entries({ 'a line': 6, 'the bezel of a screen': 14 })) {
    it(`is left out: ${kind}`, () => {
      const random = randomValues(5);
      const strokes = [...placedSeven(60, 110, 130), ...placedSeven(60, 170, 130)];
      const picture = paint(rasterizeStrokes(strokes, side, { width: 6, softness: 1 }), navy, pale);
      for (let pixel = 0; pixel < side * side; pixel++) {
        const [across, down] = [Math.abs((pixel % side) - 160), Math.abs(Math.floor(pixel / side) - 160)];
        const beyond = Math.max(across - 120, down - 90);
        if (beyond > 0 && beyond <= line) picture.data.set(oak, pixel * 4);
        for (let channel = 0; channel < 3; channel++) picture.data[pixel * 4 + channel] += 4 * (random() - 0.5);
      }
      const boxes = segmentPixels(picture)!.pieces.map(({ box }) => box);
      expect(Math.min(...boxes.map(({ x }) => x))).to.be.closeTo(120, 15);
      expect(Math.max(...boxes.map(({ x, width }) => x + width))).to.be.closeTo(215, 15);
    });
  }
});

describe('pictures without a sheet', () => {
  /** A bar with round ends, with paper around it. */
  function bar(width: number, height: number, margin: number): Plane {
    const [fullWidth, fullHeight] = [width + 2 * margin, height + 2 * margin];
    const radius = width / 2;
    const data = Float32Array.from({ length: fullWidth * fullHeight }, (_, pixel) => {
      const x = (pixel % fullWidth) + 0.5 - fullWidth / 2;
      const y = Math.floor(pixel / fullWidth) + 0.5 - fullHeight / 2;
      const beyond = Math.max(0, Math.abs(y) - (height / 2 - radius));
      return Math.min(1, Math.max(0, radius - Math.hypot(x, beyond) + 0.5));
    });
    return { data, width: fullWidth, height: fullHeight };
  }

  for (const [ink, paper] of [
    [black, white],
    [white, black],
  ]) {
    it(`reads a 1 with or without paper around it: ${ink === black ? 'dark' : 'light'} ink`, () => {
      for (const [width, height] of [
        [9, 70],
        [16, 110],
        [36, 180],
      ]) {
        const whole = normalizePixels(paint(bar(width, height, 80), ink, paper)).pixels;
        for (const margin of [0, 1, 3, 30]) {
          const cropped = normalizePixels(paint(bar(width, height, margin), ink, paper)).pixels;
          expect(meanDifference(cropped, whole), `${width}x${height}, margin ${margin}`).to.be.below(0.02);
        }
      }
    });
  }

  it('reads a bold 0 with straight sides', () => {
    const source = paint({ data: new Float32Array(160 * 160), width: 160, height: 160 });
    filled(source, { x: 40, y: 20, width: 80, height: 120 }, black);
    filled(source, { x: 68, y: 48, width: 24, height: 64 }, white);
    expect(normalizePixels(source).box).to.deep.equal({ x: 40, y: 20, width: 80, height: 120 });
  });

  for (const pen of [3, 8, 16]) {
    it(`reads a 0 with straight sides next to other digits, drawn ${pen} px wide`, () => {
      const zero = [
        [150, 0],
        [122, 17],
        [100, 50],
        [100, 89],
        [111, 100],
        [167, 100],
        [195, 89],
        [195, 56],
        [178, 28],
        [161, 23],
        [122, 23],
        [117, 39],
      ].map(([x, y]) => ({ x, y: y + 20 }));
      const strokes = [{ points: zero }, ...placedSeven(95, 10, 25), ...placedSeven(95, 215, 25)];
      const picture = paint(rasterizeStrokes(strokes, side, { width: pen, softness: 1 }));
      const boxes = segmentPixels(picture)!.pieces.map(({ box }) => box);
      expect(boxes[0].x).to.be.below(40);
      expect(boxes[boxes.length - 1].x).to.be.above(200);
    });
  }

  it('keeps the 1 at the edge of a number that was cropped to its ink', () => {
    const { source } = sevenPicture(120, 12, { extent: 120, left: 40, top: 0 });
    const box = normalizePixels(filled(source, { x: 0, y: 0, width: 12, height: 120 }, black)).box!;
    expect(box.x).to.equal(0);
  });

  it('keeps a digit whole across the edge of a shadow', () => {
    const { source, ink } = sevenPicture(side, 11);
    for (let pixel = 0; pixel < side * side; pixel++) {
      if (pixel % side < 150) continue;
      for (let channel = 0; channel < 3; channel++) source.data[pixel * 4 + channel] *= 0.55;
    }
    const image = normalizePixels(photographed(source));
    expect(meanDifference(image.pixels, normalizePixels(paint(ink)).pixels)).to.be.below(0.06);
  });
});
