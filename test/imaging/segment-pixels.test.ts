import { expect } from '@open-wc/testing';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../src/imaging/segment-pixels.js';
import type { StrokePath } from '../../src/imaging/stroke-path.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { paint } from './support.js';

const side = 400;

/** The strokes as a picture, 5 px wide. */
const picture = (strokes: readonly StrokePath[]) => paint(rasterizeStrokes(strokes, side, { width: 5, softness: 1 }));

/** Leaning to the right by a share of their height. */
const leaning = (strokes: readonly StrokePath[], slant: number): StrokePath[] =>
  strokes.map(({ points }) => ({ points: points.map(({ x, y }) => ({ x: x - slant * (y - 200), y })) }));

/** Groups pieces that only cuts separate. */
const wholes = (source: ReturnType<typeof picture>): { left: number; right: number; bottom: number }[] =>
  segmentPixels(source)!.pieces.reduce<{ left: number; right: number; bottom: number }[]>((found, { box, joined }) => {
    const [right, bottom] = [box.x + box.width, box.y + box.height];
    const last = found.at(-1);
    if (!joined || !last) return [...found, { left: box.x, right, bottom }];
    return [...found.slice(0, -1), { ...last, right, bottom: Math.max(last.bottom, bottom) }];
  }, []);

describe('segmentPixels', () => {
  it('has a piece for each digit, however slanted they are', () => {
    const number = asStrokes(drawnNumber('17062', { x: 60, y: 180, size: 70, gap: 0.15 }));
    for (const slant of [0, 0.2, 0.4, 0.6]) {
      const digits = wholes(picture(leaning(number, slant)));
      expect(digits, `leaning by ${slant}`).to.have.length(5);
      const gaps = digits.slice(1).map(({ left }, index) => left - digits[index].right);
      expect(Math.min(...gaps), `the smallest gap, leaning by ${slant}`).to.be.above(-2);
    }
  });

  it('returns the boxes of digits in the picture', () => {
    const number = asStrokes(drawnNumber('70', { x: 100, y: 150, size: 80 }));
    const segmentation = segmentPixels(picture(number))!;
    const second = segmentation.pieces.findIndex(({ joined }, index) => index > 0 && !joined);
    const { box } = segmentation.image(0, second - 1);
    expect(box!.x).to.be.closeTo(97, 2);
    expect(box!.y).to.be.closeTo(147, 2);
    expect(box!.height).to.be.closeTo(85, 3);
  });

  it('has a piece for each faint digit next to a far darker dot', () => {
    const source = picture(asStrokes(drawnNumber('70', { x: 100, y: 150, size: 80 })));
    const digits = wholes(source);
    for (let at = 0; at < source.data.length; at++) source.data[at] = 255 - 0.2 * (255 - source.data[at]);
    for (let row = 30; row < 42; row++) {
      const start = (row * source.width + 50) * 4;
      for (let at = start; at < start + 48; at++) if (at % 4 < 3) source.data[at] = 0;
    }
    const [dot, ...faint] = wholes(source);
    expect(dot.left).to.equal(50);
    expect(faint).to.have.length(2);
    for (const [index, { left, right }] of faint.entries()) {
      expect(left).to.be.closeTo(digits[index].left, 1);
      expect(right).to.be.closeTo(digits[index].right, 1);
    }
  });

  it('uses the first of two rows', () => {
    const rows = [...drawnNumber('27', { x: 60, y: 60, size: 80 }), ...drawnNumber('460', { x: 60, y: 220, size: 80 })];
    const digits = wholes(picture(asStrokes(rows)));
    expect(Math.max(...digits.map(({ bottom }) => bottom))).to.be.below(160);
    expect(digits).to.have.length(2);
  });

  it('has no blank images, even of a pale digit that touches a dark one', () => {
    const drawn = (digit: string, x: number, width: number) =>
      rasterizeStrokes(asStrokes(drawnNumber(digit, { x, y: 30, size: 100 })), side, { width, softness: 1 }).data;
    for (const strength of [0.1, 0.12, 0.14, 0.18]) {
      const pale = drawn('2', 88, 14);
      const data = drawn('7', 30, 9).map((ink, pixel) => Math.max(ink, strength * pale[pixel]));
      const number = segmentPixels(paint({ data, width: side, height: side }))!;
      for (const first of number.pieces.keys()) {
        for (let last = first; last < number.pieces.length; last++) {
          expect(number.image(first, last).blank, `${first} to ${last}, ${strength}`).to.be.false;
        }
      }
    }
  });

  it('uses the first row of a page of digits, however light they are', () => {
    const page = Array.from({ length: 400 }, (_, index) => {
      const row = Math.floor(index / 20);
      // Lines exactly below each other would be ruled ones.
      const [x, y] = [20 + 40 * (index % 20) + 11 * (row % 3), 20 + 50 * row];
      const top = index % 2 === 0 ? [x + 7, y] : [x, y];
      return [top, ...(index % 2 === 0 ? [] : [[x + 15, y]]), [x + 6, y + 28]];
    });
    const strokes = page.map((points) => ({ points: points.map(([x, y]) => ({ x, y })) }));
    const source = paint(rasterizeStrokes(strokes, 1040, { width: 4, softness: 1 }));
    expect(wholes(source)).to.have.length(20);
  });

  it('uses the first of two close, sloping rows', () => {
    const rows = [
      ...drawnNumber('2706', { x: 60, y: 60, size: 60 }),
      ...drawnNumber('4612', { x: 60, y: 136, size: 60 }),
    ].map((line) => line.map(([x, y]): [number, number] => [x, y + 0.2 * (x - 60)]));
    expect(wholes(picture(asStrokes(rows)))).to.have.length(4);
  });

  it('keeps a single row whole, however it slopes, with digits of different heights', () => {
    const sloping = drawnNumber('4706', { x: 30, y: 40, size: 60 }).map((line) =>
      line.map(([x, y]): [number, number] => [x, y + 0.5 * (x - 30)]),
    );
    expect(wholes(picture(asStrokes(sloping))), 'sloping').to.have.length(4);
    const uneven = [
      ...drawnNumber('0', { x: 40, y: 100, size: 80 }),
      ...drawnNumber('6', { x: 110, y: 94, size: 48 }),
      ...drawnNumber('2', { x: 170, y: 100, size: 80 }),
      ...drawnNumber('0', { x: 250, y: 138, size: 48 }),
    ];
    expect(wholes(picture(asStrokes(uneven))), 'uneven').to.have.length(4);
  });

  it('leaves out lines below and above the digits', () => {
    const number = drawnNumber('460', { x: 80, y: 150, size: 70 });
    const right = Math.max(...number.flat().map(([x]) => x));
    const lineAt = (y: number, rise: number): [number, number][] => [
      [72, y],
      [right + 10, y - rise],
    ];
    for (const [kind, lines] of Object.entries({
      'one line below': [lineAt(236, 4)],
      'two lines below': [lineAt(232, 2), lineAt(244, 2)],
      'lines above and below': [lineAt(136, 0), lineAt(234, -6)],
    })) {
      const digits = wholes(picture(asStrokes([...number, ...lines])));
      expect(digits, kind).to.have.length(3);
      expect(Math.max(...digits.map(({ bottom }) => bottom)), kind).to.be.below(226);
    }
  });

  it('keeps dashes and the base of a one', () => {
    const one = [...drawnNumber('1', { x: 60, y: 150, size: 70 })];
    const base: [number, number][] = [
      [48, 226],
      [96, 226],
    ];
    expect(segmentPixels(picture(asStrokes([...one, base])))!.image(0, 1).box!.height).to.be.closeTo(81, 3);
    const dash: [number, number][] = [
      [120, 190],
      [185, 190],
    ];
    const digits = wholes(picture(asStrokes([...one, dash, ...drawnNumber('7', { x: 205, y: 150, size: 70 })])));
    expect(digits).to.have.length(3);
  });

  it('has a piece for a digit far fainter than the others, but not for dirt', () => {
    const strong = picture(asStrokes(drawnNumber('70', { x: 40, y: 150, size: 80 })));
    const add = (strokes: readonly StrokePath[], strength: number) => {
      const faint = picture(strokes);
      const data = strong.data.map((value, at) => Math.min(value, 255 - strength * (255 - faint.data[at])));
      return wholes({ ...strong, data });
    };
    const six = asStrokes(drawnNumber('6', { x: 220, y: 150, size: 80 }));
    expect(add(six, 0.25)).to.have.length(3);
    expect(add(six, 0.12), 'print on the back').to.have.length(2);
    const along = [
      {
        points: [
          { x: 2, y: 140 },
          { x: 2, y: 240 },
        ],
      },
    ];
    expect(add(along, 0.25), 'shade along the edge').to.have.length(2);
    expect(
      add(
        [
          {
            points: [
              { x: 300, y: 190 },
              { x: 304, y: 196 },
            ],
          },
        ],
        0.25,
      ),
      'a spot',
    ).to.have.length(2);
  });

  it('joins what a dry pen leaves of a digit, but neither neighbors nor a comma', () => {
    const broken = (source: ReturnType<typeof picture>) => {
      const data = source.data.slice();
      for (const row of [165, 185, 205]) {
        data.fill(255, row * source.width * 4, (row + 3) * source.width * 4);
      }
      return wholes({ ...source, data });
    };
    const number = drawnNumber('1071', { x: 60, y: 150, size: 70, gap: 0.15 });
    const digits = broken(picture(asStrokes(number)));
    expect(digits).to.have.length(4);
    const right = Math.max(...number.flat().map(([x]) => x));
    const comma: [number, number][] = [
      [right + 18, 214],
      [right + 14, 228],
    ];
    expect(broken(picture(asStrokes([...number, comma])))).to.have.length(5);
  });

  it('does not cut a straight line, such as the slash of a percent sign', () => {
    const slash: [number, number][] = [
      [320, 210],
      [365, 150],
    ];
    const number = drawnNumber('46270', { x: 30, y: 150, size: 60 });
    const { pieces } = segmentPixels(picture(asStrokes([...number, slash])))!;
    expect(pieces.at(-1)!.joined).to.equal(false);
    expect(pieces.at(-1)!.box.width).to.be.above(45);
  });

  it('has boxes inside the picture if that is scaled down', () => {
    const width = 1023;
    const strokes = asStrokes(drawnNumber('27', { x: 905, y: 905, size: 115, gap: -0.2 }));
    const source = paint(rasterizeStrokes(strokes, width, { width: 9, softness: 1 }));
    const segmentation = segmentPixels(source)!;
    const { box } = segmentation.image(0, segmentation.pieces.length - 1);
    expect(box!.x + box!.width).to.be.at.most(width);
    expect(box!.y + box!.height).to.be.at.most(width);
  });

  /** Paints black pixels. */
  const pattern = (isInk: (x: number, y: number) => boolean) => {
    const data = Float32Array.from({ length: 512 * 512 }, (_, pixel) =>
      isInk(pixel % 512, Math.floor(pixel / 512)) ? 1 : 0,
    );
    return paint({ data, width: 512, height: 512 });
  };

  it('has few pieces for patterns', () => {
    const glyphs = segmentPixels(pattern((x, y) => x % 12 < 3 && y % 20 > 2 && y % 20 < 15))!;
    expect(glyphs.pieces.length).to.be.at.most(300);
    const hatching = segmentPixels(pattern((x, y) => (((x - y) % 24) + 24) % 24 < 3))!;
    expect(hatching.pieces.length).to.be.at.most(100);
    const dots = segmentPixels(pattern((x, y) => x % 6 > 2 && y % 6 > 2))!;
    expect(dots.pieces.every(({ joined }) => !joined)).to.equal(true);
  });
});
