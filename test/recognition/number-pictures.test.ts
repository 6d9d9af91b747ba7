import { expect } from '@open-wc/testing';
import { recognizeAll } from '../../src/index.js';
import { drawnNumber } from '../support/number.js';

type Line = readonly (readonly [x: number, y: number])[];

interface Paint {
  /** Width and height of the picture; by default, with a margin of 40 around the number. */
  readonly crop?: (ink: DOMRect) => DOMRect;
  readonly paper?: string | ((context: CanvasRenderingContext2D, width: number, height: number) => CanvasGradient);
  readonly ink?: string;
  readonly pen?: number;
  /** Printed lines, given the box of the ink: thinner than the pen, in another color. */
  readonly printed?: (ink: DOMRect) => readonly Line[];
  readonly printedColor?: string;
}

function boxOf(lines: readonly Line[]): DOMRect {
  const [xs, ys] = [0, 1].map((axis) => lines.flat().map((point) => point[axis]));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return new DOMRect(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
}

const grow = ({ x, y, width, height }: DOMRect, by: number): DOMRect =>
  new DOMRect(x - by, y - by, width + 2 * by, height + 2 * by);

/** Paints lines like a paint program, or as they are on paper. */
function paint(
  lines: readonly Line[],
  {
    crop = (ink) => grow(ink, 40),
    paper = 'white',
    ink = 'black',
    pen = 9,
    printed,
    printedColor = '#89a',
  }: Paint = {},
): HTMLCanvasElement {
  const box = boxOf(lines);
  const view = crop(box);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(view.width);
  canvas.height = Math.round(view.height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = typeof paper === 'string' ? paper : paper(context, canvas.width, canvas.height);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(-view.x, -view.y);
  context.lineCap = context.lineJoin = 'round';
  const draw = (some: readonly Line[], color: string, width: number): void => {
    context.strokeStyle = color;
    context.lineWidth = width;
    for (const line of some) {
      context.beginPath();
      for (const [x, y] of line) context.lineTo(x, y);
      context.stroke();
    }
  };
  draw(printed?.(box) ?? [], printedColor, 3);
  draw(lines, ink, pen);
  return canvas;
}

const rotate = (lines: readonly Line[], degrees: number): Line[] => {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return lines.map((line) => line.map(([x, y]) => [cos * x - sin * y, sin * x + cos * y] as const));
};

const lean = (lines: readonly Line[], slant: number): Line[] =>
  lines.map((line) => line.map(([x, y]) => [x - slant * y, y] as const));

const across = ({ x, width }: DOMRect, y: number): Line => [
  [x - 40, y],
  [x + width + 40, y],
];

/** From the number's lines, in digits 100 pixels tall, to a picture. */
const kinds: Readonly<Record<string, (lines: readonly Line[]) => HTMLCanvasElement>> = {
  'with a margin': (lines) => paint(lines),
  'cropped to the ink': (lines) => paint(lines, { crop: (ink) => grow(ink, 5) }),
  'with digits that the crop cuts into': (lines) => paint(lines, { crop: (ink) => grow(ink, 1) }),
  'on a line through their feet': (lines) =>
    paint(lines, { printed: (ink) => [across(ink, ink.y + 0.93 * ink.height)], printedColor: 'black' }),
  'on ruled paper': (lines) =>
    paint(lines, { printed: (ink) => [-0.2, 0.3, 0.8, 1.3].map((share) => across(ink, ink.y + share * ink.height)) }),
  'in a cell whose borders are cut': (lines) =>
    paint(lines, {
      printed: (ink) => {
        const { left, right, top, bottom } = grow(ink, 38);
        return [
          [
            [left, top],
            [right, top],
            [right, bottom],
            [left, bottom],
            [left, top],
          ],
        ];
      },
      printedColor: 'black',
    }),
  'running downhill': (lines) => paint(rotate(lines, 12)),
  'running uphill': (lines) => paint(rotate(lines, -12)),
  'leaning to the right': (lines) => paint(lean(lines, 0.4)),
  'with a dash before them': (lines) =>
    paint([
      [
        [-70, 52],
        [-32, 50],
      ],
      ...lines,
    ]),
  'with a dot after them': (lines) => {
    const { right } = boxOf(lines);
    const dot = [
      [right + 24, 98],
      [right + 25, 98],
    ] as const;
    return paint([...lines, dot]);
  },
  'in a light color': (lines) => paint(lines, { ink: '#ff9a4d' }),
  'in thin pencil': (lines) => paint(lines, { ink: '#8a8a8a', pen: 3 }),
  'on a blackboard': (lines) => paint(lines, { paper: '#1d2b26', ink: '#e9ece6' }),
  'in a dark photograph': (lines) => {
    const paper: Paint['paper'] = (context, width, height) => {
      const gradient = context.createLinearGradient(0, 0, width, height);
      gradient.addColorStop(0, '#4c463c');
      gradient.addColorStop(1, '#2a2620');
      return gradient;
    };
    return paint(lines, { paper, ink: '#0d0b09' });
  },
  small: (lines) =>
    paint(
      lines.map((line) => line.map(([x, y]) => [0.24 * x, 0.24 * y] as const)),
      { pen: 2.5, crop: (ink) => grow(ink, 6) },
    ),
};

describe('pictures of numbers', () => {
  for (const [kind, draw] of Object.entries(kinds)) {
    it(`are read ${kind}`, async () => {
      // The flat base of a 2 lies along the line that it stands on, and the stem of a 1 that the crop halves lengthwise is
      // like the border of a scan.
      const numbers = kind.includes('feet') ? ['4617', '71', '1400', '640'] : ['2026', '4627', '71', '1400'];
      if (kind.includes('cuts')) numbers[2] = '17';
      const read: string[] = [];
      for (const number of numbers) {
        const found = await recognizeAll(draw(drawnNumber(number, { size: 100 })), { backend: 'wasm' });
        read.push(found.map(({ digit }) => digit ?? '?').join(''));
      }
      expect(read).to.deep.equal(numbers);
    });
  }

  it('are read with a 4 in two pieces, and in the first of two rows', async () => {
    const open: Line[] = [
      [
        [0, 0],
        [-6, 55],
        [52, 52],
      ],
      [
        [58, 4],
        [50, 100],
      ],
    ];
    const first = drawnNumber('27', { x: 100, size: 100 });
    const second = drawnNumber('601', { y: 190, size: 100 });
    for (const lines of [
      [...open, ...first],
      [...open, ...first, ...second],
    ]) {
      const found = await recognizeAll(paint(lines), { backend: 'wasm' });
      expect(found.map(({ digit }) => digit)).to.deep.equal([4, 2, 7]);
    }
  });
});
