import { expect } from '@open-wc/testing';
import { normalizeStrokes } from '../../src/imaging/normalize-strokes.js';
import { segmentStrokes } from '../../src/imaging/segment-strokes.js';
import { asStrokes, drawnNumber, moved, sideMarks } from '../support/number.js';

type Line = [number, number][];

const bottomOf = (lines: readonly Line[]): number => {
  const { pieces } = segmentStrokes(asStrokes(lines))!;
  return Math.max(...pieces.map(({ box }) => box.y + box.height));
};

/** Returns the number of strokes with a piece. */
const wholes = (lines: readonly Line[]): number =>
  segmentStrokes(asStrokes(lines))!.pieces.filter(({ joined }) => !joined).length;

describe('segmentStrokes', () => {
  it('segments more strokes than a call can have arguments', () => {
    const dots = Array.from({ length: 200_000 }, (_, index) => ({
      points: [{ x: index % 1000, y: Math.floor(index / 1000) }],
    }));
    const segmentation = segmentStrokes(dots)!;
    expect(segmentation.pieces).to.have.length(dots.length);
    expect(segmentation.image(0, dots.length - 1).box).to.deep.equal({ x: 0, y: 0, width: 999, height: 199 });
  });

  it('leaves out lines below and above the digits', () => {
    const number = drawnNumber('7206', { x: 0, y: 0, size: 100 });
    for (const line of [
      [
        [-8, 118],
        [300, 112],
      ],
      [
        [-8, 108],
        [300, 130],
      ],
      [
        [-8, -14],
        [290, -18],
      ],
    ] as Line[]) {
      expect(wholes([...number, line])).to.equal(4);
    }
  });

  it('leaves out parentheses around digits, and a plus sign before them', () => {
    for (const number of ['7', '62', '1117']) {
      const digits = drawnNumber(number, { size: 100 });
      const end = Math.max(...digits.flat().map(([x]) => x)) + 25;
      const [before, after] = [moved(sideMarks['('], -55), moved(sideMarks[')'], end)];
      const count = wholes(digits);
      expect(wholes([...before, ...digits]), `(${number}`).to.equal(count);
      expect(wholes([...digits, ...after]), `${number})`).to.equal(count);
      expect(wholes([...before, ...digits, ...after]), `(${number})`).to.equal(count);
      expect(wholes([...moved(sideMarks['+'], -70), ...digits]), `+${number}`).to.equal(count);
    }
  });

  it('keeps what only resembles parentheses and plus signs', () => {
    const digits = drawnNumber('62', { size: 100 });
    const short = sideMarks['('].map((line) => line.map(([x, y]): [number, number] => [x, 0.8 * y + 10]));
    const halves = [...sideMarks['('], ...moved(sideMarks[')'], 28)];
    const tall = sideMarks['+'].map((line) => line.map(([x, y]): [number, number] => [2 * x, 2 * y - 58]));
    const others = { 'a bowed 1': short, 'a 0 of two halves': halves, 'a 4 like a cross': tall, ')': sideMarks[')'] };
    for (const [kind, shape] of Object.entries(others)) {
      expect(wholes([...moved(shape, -120), ...digits]), kind).to.equal(shape.length + wholes(digits));
    }
    expect(wholes([...sideMarks['('], ...moved(sideMarks[')'], 60)]), 'only parentheses').to.equal(2);
  });

  it('keeps bars, bases and dashes', () => {
    const shapes: Record<string, Line[]> = {
      'a crossed 7': [
        [
          [0, 0],
          [60, 0],
          [30, 100],
        ],
        [
          [5, 50],
          [55, 50],
        ],
      ],
      'a 5 with its bar drawn apart': [
        [
          [6, 10],
          [2, 45],
          [40, 50],
          [45, 85],
          [0, 95],
        ],
        [
          [6, 0],
          [50, -3],
        ],
      ],
      'a 1 on a base': [
        [
          [30, 0],
          [30, 97],
        ],
        [
          [0, 100],
          [60, 100],
        ],
      ],
      'a 1 on a base as wide as it is tall': [
        [
          [10, 25],
          [40, 0],
          [40, 94],
        ],
        [
          [-8, 103],
          [85, 104],
        ],
      ],
      'a 4 of three strokes': [
        [
          [25, 0],
          [0, 55],
        ],
        [
          [0, 56],
          [66, 56],
        ],
        [
          [45, 30],
          [45, 98],
        ],
      ],
      'a minus': [
        [
          [-70, 50],
          [-25, 50],
        ],
        [
          [30, 0],
          [30, 97],
        ],
      ],
    };
    for (const [kind, shape] of Object.entries(shapes)) {
      expect(wholes(shape), kind).to.be.at.least(shape.length);
      const next = [...shape, ...drawnNumber('2', { x: 120, y: 0, size: 100 })];
      expect(wholes(next), `${kind}, next to a 2`).to.be.at.least(shape.length + 1);
    }
  });

  for (const slant of [-0.25, 0.5]) {
    it(`separates digits that lean to the ${slant < 0 ? 'left' : 'right'}`, () => {
      const upright = drawnNumber('6206', { x: 0, y: 0, size: 100, gap: 12 });
      const leaning = upright.map((line) => line.map(([x, y]): [number, number] => [x - slant * y, y]));
      const segmentation = segmentStrokes(asStrokes(leaning))!;
      const { pieces } = segmentation;
      expect(pieces).to.have.length(upright.length);
      pieces.slice(1).forEach(({ box }, index) => {
        const before = pieces[index].box;
        expect(box.x).to.be.above(before.x + before.width);
      });
      // Each digit's image and box are those of the ink as it was drawn.
      leaning.forEach((line, index) => {
        const { pixels, box } = normalizeStrokes(asStrokes([line]));
        const image = segmentation.image(index, index);
        expect(image.box!.x).to.be.closeTo(box!.x, 1e-9);
        expect(image.box!.width).to.be.closeTo(box!.width, 1e-9);
        pixels.forEach((value, pixel) => expect(image.pixels[pixel]).to.be.closeTo(value, 1e-5));
      });
    });
  }

  it('does not cut a straight line, such as the slash of a percent sign', () => {
    const slash: Line = [
      [180, 100],
      [222, 52],
      [270, 0],
    ];
    const { pieces } = segmentStrokes(asStrokes([...drawnNumber('60', { x: 0, y: 0, size: 100 }), slash]))!;
    expect(pieces.filter(({ box }) => box.x >= 180)).to.have.length(1);
  });

  it('uses the first of two rows, level or sloping', () => {
    for (const [pitch, slope] of [
      [1.2, 0],
      [1.3, 0.25],
      [1.6, -0.2],
    ]) {
      const rows = [
        ...drawnNumber('1704', { x: 0, y: 0, size: 100 }),
        ...drawnNumber('6271', { x: 0, y: 100 * pitch, size: 100 }),
      ].map((line): Line => line.map(([x, y]) => [x, y + slope * x]));
      const first = drawnNumber('1704', { x: 0, y: 0, size: 100 }).map((line): Line =>
        line.map(([x, y]) => [x, y + slope * x]),
      );
      expect(bottomOf(rows), `pitch ${pitch}, slope ${slope}`).to.equal(bottomOf(first));
    }
  });

  it('uses the first of many rows, also of more than a thousand digits', () => {
    const bars = Array.from({ length: 21 * 50 }, (_, index): Line => {
      const [x, y] = [100 * (index % 50), 150 * Math.floor(index / 50)];
      return [
        [x, y],
        [x, y + 80],
      ];
    });
    expect(wholes(bars)).to.equal(50);
    expect(bottomOf(bars)).to.equal(80);
  });

  it('keeps a single row whole: steep, with digits of different heights, or of several strokes each', () => {
    const steep = drawnNumber('2706', { size: 100, gap: 0.6 }).map((line): Line =>
      line.map(([x, y]) => [x, y + 0.5 * x]),
    );
    expect(segmentStrokes(asStrokes(steep))!.pieces).to.have.length(4);
    const tall: Line = [
      [-40, -60],
      [-40, 140],
    ];
    expect(segmentStrokes(asStrokes([tall, ...drawnNumber('260', { size: 100 })]))!.pieces).to.have.length(4);
    const rings = [0, 80].flatMap((x) => [
      ...drawnNumber('0', { x, y: 0, size: 50 }),
      ...drawnNumber('0', { x, y: 51, size: 50 }),
    ]);
    expect(segmentStrokes(asStrokes(rings))!.pieces, 'eights of two rings').to.have.length(4);
  });
});
