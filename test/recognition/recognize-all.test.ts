import { expect } from '@open-wc/testing';
import { recognizeAll, type PlacedRecognition } from '../../src/index.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { jpegWithOrientation, sevenCanvas, sevenSvg } from '../support/picture-files.js';

const options = { backend: 'wasm' } as const;
const text = (recognitions: readonly PlacedRecognition[]): string =>
  recognitions.map(({ digit }) => digit ?? '?').join('');

/** Lines as a picture: black on white, with a round pen. */
function paint(
  lines: readonly (readonly (readonly [number, number])[])[],
  width: number,
  height: number,
  pen = 8,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.lineWidth = pen;
  context.lineCap = context.lineJoin = 'round';
  for (const line of lines) {
    context.beginPath();
    for (const [x, y] of line) context.lineTo(x, y);
    context.stroke();
  }
  return canvas;
}

describe('recognizeAll()', () => {
  for (const number of ['2026', '7', '10', '4427', '1117', '60427106']) {
    it(`reads ${number}, drawn and as a picture, from left to right`, async () => {
      const lines = drawnNumber(number, { x: 20, y: 30, size: 100 });
      const drawn = await recognizeAll(asStrokes(lines), options);
      expect(text(drawn)).to.equal(number);
      const right = Math.max(...lines.flat().map(([x]) => x));
      const painted = await recognizeAll(paint(lines, Math.ceil(right) + 20, 160), options);
      expect(text(painted)).to.equal(number);
      for (const recognitions of [drawn, painted]) {
        const lefts = recognitions.map(({ box }) => box.x);
        expect(lefts).to.deep.equal([...lefts].sort((a, b) => a - b));
        for (const { box } of recognitions) {
          expect(box.y).to.be.closeTo(30, 10);
          expect(box.height).to.be.closeTo(100, 15);
        }
      }
    });
  }

  it('returns boxes in the units of the source, however large it is', async () => {
    for (const scale of [1, 2, 3]) {
      const lines = drawnNumber('27', { x: 300 * scale, y: 200 * scale, size: 300 * scale });
      const [{ box }] = await recognizeAll(paint(lines, 1200 * scale, 800 * scale, 24 * scale), options);
      expect(box.x / scale, `x at scale ${scale}`).to.be.closeTo(288, 12);
      expect(box.y / scale, `y at scale ${scale}`).to.be.closeTo(188, 12);
      expect(box.height / scale, `height at scale ${scale}`).to.be.closeTo(324, 20);
    }
    const [inDrawing] = await recognizeAll(sevenSvg('width="200" height="200"'), options);
    expect(inDrawing.box.x).to.be.closeTo(53, 4);
    expect(inDrawing.box.height).to.be.closeTo(124, 6);
    const photo = await jpegWithOrientation(sevenCanvas(3000, 2500, 3), 6);
    const [{ box }] = await recognizeAll(photo, options);
    expect(box.x + box.width / 2).to.be.closeTo(1250, 80);
    expect(box.y).to.be.closeTo(1500 - 625 - 90, 60);
    expect(box.height).to.be.closeTo(1375 + 180, 80);
  });

  it('gives a dot in its place, and a guess if an answer is always requested, drawn and painted', async () => {
    const dot = { points: [{ x: 50, y: 50 }] };
    const apart = { points: [{ x: 90, y: 50 }] };
    const dash = [
      [
        [50, 50],
        [51, 50],
      ],
    ] as const;
    for (const source of [[dot], [dot, dot], [dot, apart], paint(dash, 100, 100, 12)]) {
      const found = await recognizeAll(source, options);
      expect(found, 'without guesses').to.not.be.empty;
      const guessed = await recognizeAll(source, { ...options, alwaysAnswer: true });
      expect(guessed).to.have.length(found.length);
      expect(guessed.every(({ digit }) => digit !== null)).to.be.true;
    }
  });

  it('assigns a bar drawn last to its digit', async () => {
    const lines = drawnNumber('747', { size: 100 });
    const bars = [
      [
        [10, 50],
        [62, 50],
      ],
      [
        [170, 52],
        [220, 52],
      ],
    ] as const;
    const recognitions = await recognizeAll(asStrokes([...lines, bars[0]]), options);
    expect(text(recognitions)).to.equal('747');
  });

  it('reads digits in whatever order they were drawn', async () => {
    const lines = drawnNumber('2467', { size: 100 });
    expect(text(await recognizeAll(asStrokes(lines.toReversed()), options))).to.equal('2467');
  });

  it('separates touching digits', async () => {
    for (const number of ['2026', '4627', '60']) {
      const lines = drawnNumber(number, { size: 100, gap: -0.02 });
      expect(text(await recognizeAll(asStrokes(lines), options))).to.equal(number);
    }
  });

  it('separates touching digits in a picture, where they meet in little ink', async () => {
    for (const number of ['26', '74', '62']) {
      const lines = drawnNumber(number, { x: 20, y: 20, size: 100, gap: -0.02 });
      expect(text(await recognizeAll(paint(lines, 400, 140), options))).to.equal(number);
    }
  });

  it('separates a chain of touching digits in a picture', async () => {
    for (const number of ['6000', '20042', '7700']) {
      for (const pen of [6, 12]) {
        const lines = drawnNumber(number, { x: 20, y: 20, size: 100, gap: (pen - 8) / 100 });
        const width = Math.ceil(Math.max(...lines.flat().map(([x]) => x))) + 20;
        expect(text(await recognizeAll(paint(lines, width, 140, pen), options)), `${number}, ${pen} px`).to.equal(
          number,
        );
      }
    }
  });

  it('reads digits in a cell with paper around its borders, also in small pictures', async () => {
    for (const [number, size, pen] of [
      ['20', 22, 3],
      ['7', 24, 3],
      ['642', 60, 6],
    ] as const) {
      const margin = Math.round(0.35 * size);
      const lines = drawnNumber(number, { x: margin, y: margin, size });
      const width = Math.ceil(Math.max(...lines.flat().map(([x]) => x))) + margin;
      const cell = paint(lines, width, size + 2 * margin, pen);
      cell.getContext('2d')!.lineWidth = 1;
      cell.getContext('2d')!.strokeRect(3.5, 2.5, width - 7, size + 2 * margin - 5);
      expect(text(await recognizeAll(cell, options)), number).to.equal(number);
    }
  });

  it('separates two digits drawn without lifting the pen', async () => {
    for (const x of [62, 90]) {
      const [two] = drawnNumber('2', { size: 100 });
      const [six] = drawnNumber('6', { x, size: 100 });
      expect(text(await recognizeAll(asStrokes([[...two, ...six]]), options))).to.equal('26');
    }
  });

  it('finds nothing without ink', async () => {
    expect(await recognizeAll([], options)).to.deep.equal([]);
    expect(await recognizeAll([{ points: [] }], options)).to.deep.equal([]);
    expect(await recognizeAll(paint([], 100, 50), options)).to.deep.equal([]);
  });

  it('is not sure of a scribble next to digits, and sure of them', async () => {
    const scribble = Array.from({ length: 40 }, (_, step): [number, number] => [
      250 + 50 * Math.sin(step * 2.4) + step,
      50 + 45 * Math.cos(step * 3.1),
    ]);
    const lines = [...drawnNumber('27', { size: 100 }), scribble];
    const recognitions = await recognizeAll(asStrokes(lines), options);
    expect(text(recognitions).slice(0, 2)).to.equal('27');
    expect(text(recognitions)).to.include('?');
  });

  it('reads more candidates than fit into one request', async () => {
    const number = '20262026202620262026';
    expect(text(await recognizeAll(asStrokes(drawnNumber(number, { size: 60 })), options))).to.equal(number);
  });
});
