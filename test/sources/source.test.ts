import { expect } from '@open-wc/testing';
import type { NormalizedImage } from '../../src/imaging/index.js';
import { segmentContent } from '../../src/recognition/import-numbers.js';
import { loadSource, normalizeContent, type RecognitionSource } from '../../src/sources/source.js';

const normalizeSource = async (source: RecognitionSource): Promise<NormalizedImage> =>
  normalizeContent(await loadSource(source));

/** A dark seven on white paper. */
function drawSeven(width = 200, height = 200): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.lineWidth = width / 14;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(width * 0.3, height * 0.25);
  context.lineTo(width * 0.7, height * 0.25);
  context.lineTo(width * 0.45, height * 0.8);
  context.stroke();
  return canvas;
}

const toBlob = (canvas: HTMLCanvasElement, type = 'image/png'): Promise<Blob> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), type));

function meanDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;
}

const errorOf = (source: unknown): Promise<unknown> =>
  normalizeSource(source as RecognitionSource).then(
    () => expect.fail('It was accepted.'),
    (error: unknown) => error,
  );

describe('recognition sources', () => {
  it('normalizes a canvas, its pixels, a bitmap, an image element and an image file to the same image', async () => {
    const canvas = drawSeven();
    const offscreen = new OffscreenCanvas(200, 200);
    offscreen.getContext('2d')!.drawImage(canvas, 0, 0);
    const image = new Image();
    image.src = canvas.toDataURL();
    const sources: RecognitionSource[] = [
      canvas.getContext('2d')!.getImageData(0, 0, 200, 200),
      canvas,
      offscreen,
      image,
      await createImageBitmap(canvas),
      await toBlob(canvas),
    ];
    const pictures = await Promise.all(sources.map(normalizeSource));
    for (const { pixels, blank } of pictures) {
      expect(blank).to.be.false;
      expect(pixels).to.deep.equal(pictures[0].pixels);
    }
  });

  it('normalizes strokes nearly like the ink that they leave', async () => {
    const strokes = [
      {
        points: [
          { x: 60, y: 50 },
          { x: 140, y: 50 },
          { x: 90, y: 160 },
        ],
      },
    ];
    const fromStrokes = await normalizeSource(strokes);
    const fromPixels = await normalizeSource(drawSeven());
    expect(meanDifference(fromStrokes.pixels, fromPixels.pixels)).to.be.below(0.05);
  });

  it('reads a picture larger than any supported canvas', async () => {
    const large = await normalizeSource(drawSeven(6000, 6000));
    const small = await normalizeSource(drawSeven());
    expect(meanDifference(large.pixels, small.pixels)).to.be.below(0.02);
  });

  it('finds no ink on an empty pad and in a picture of one color', async () => {
    const canvas = document.createElement('canvas');
    expect((await normalizeSource(canvas)).blank).to.be.true;
    expect((await normalizeSource([])).blank).to.be.true;
  });

  it('reports that a file is not a picture', async () => {
    expect(await errorOf(new Blob([]))).to.include({ name: 'RecognitionError', code: 'unreadable-image' });
    for (const blob of [new Blob(['<html>'], { type: 'text/html' }), new Blob(['x'], { type: 'image/png' })]) {
      expect(await errorOf(blob)).to.include({ name: 'RecognitionError', code: 'unsupported-image' });
    }
    const cut = (await toBlob(drawSeven())).slice(0, 60);
    expect(await errorOf(cut)).to.include({ name: 'RecognitionError', code: 'unreadable-image' });
  });

  it('reports that an image element has no picture', async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,AAAA';
    expect(await errorOf(image)).to.include({ code: 'unreadable-image' });
    expect(await errorOf(new Image())).to.include({ code: 'unreadable-image' });
  });

  it('reports that a canvas without pixels has none', async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 0;
    expect(await errorOf(canvas)).to.include({ code: 'unreadable-image' });
  });

  it('reports that it may not read a cross-origin picture', async () => {
    const canvas = drawSeven();
    const foreign = new Image();
    foreign.src = `data:image/svg+xml,${encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>',
    )}`;
    await foreign.decode();
    canvas.getContext('2d')!.drawImage(foreign, 0, 0);
    const tainted = ((): boolean => {
      try {
        canvas.getContext('2d')!.getImageData(0, 0, 1, 1);
        return false;
      } catch {
        return true;
      }
    })();
    if (tainted) expect(await errorOf(canvas)).to.include({ code: 'blocked-image' });
    else expect((await normalizeSource(canvas)).blank).to.be.false;
  });

  it('names an unsupported source', async () => {
    for (const [source, words] of [
      [null, 'null'],
      [undefined, 'undefined'],
      [7, '7'],
      ['7', '"7"'],
      [{ points: [] }, 'an object of type Object'],
    ] as const) {
      const error = await errorOf(source);
      expect(error).to.include({ code: 'unsupported-source' });
      expect((error as Error).message).to.include(words);
    }
  });

  it('rejects sparse strokes, and those that throw when read', async () => {
    const points = [{ x: 1, y: 2 }];
    points.length = 3;
    expect(await errorOf([{ points }])).to.include({ name: 'DrawingError', code: 'invalid-drawing' });
    expect(await errorOf([{ points: [{ x: 1, y: NaN }] }])).to.include({ code: 'invalid-drawing' });
    const throwing = Object.defineProperty({ y: 2 }, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no x today');
      },
    });
    const error = await errorOf([{ points: [throwing] }]);
    expect(error).to.include({ code: 'invalid-drawing' });
    expect((error as Error).message).to.include('no x today');
  });

  it('finds the pieces of a number among invalid points', async () => {
    const stray = {
      points: [
        { x: NaN, y: 5 },
        { x: 10, y: Infinity },
        { x: 10, y: 10 },
        { x: 12, y: 40 },
      ],
    };
    const segmentation = await segmentContent([
      stray,
      {
        points: [
          { x: 40, y: 10 },
          { x: 42, y: 40 },
        ],
      },
    ]);
    expect(segmentation!.pieces.map(({ box }) => box.x)).to.deep.equal([10, 40]);
  });

  it('rejects an object that cannot be read', async () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    const proxy = new Proxy([], { get: refuse, getPrototypeOf: refuse });
    expect(await errorOf(proxy)).to.include({ code: 'invalid-drawing' });
    expect(await errorOf(new Proxy({}, { get: refuse, getPrototypeOf: refuse }))).to.include({
      code: 'unsupported-source',
    });
  });

  it('reads a canvas, an ImageData and a file of an iframe', async () => {
    const canvas = drawSeven();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      const realm = frame.contentWindow as Window & typeof globalThis;
      const copy = realm.document.createElement('canvas');
      Object.assign(copy, { width: 200, height: 200 });
      copy.getContext('2d')!.drawImage(canvas, 0, 0);
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, 200, 200);
      const pixels = new realm.ImageData(new realm.Uint8ClampedArray(data), 200, 200);
      const file = new realm.File([await toBlob(canvas)], 'seven.png', { type: 'image/png' });
      const expected = await normalizeSource(canvas);
      for (const source of [copy, pixels, file]) {
        expect((await normalizeSource(source)).pixels).to.deep.equal(expected.pixels);
      }
    } finally {
      frame.remove();
    }
  });

  it('reads an ImageData as it was when it was passed', async () => {
    const pixels = drawSeven().getContext('2d')!.getImageData(0, 0, 200, 200);
    const expected = await normalizeSource(pixels);
    const read = normalizeSource(pixels);
    pixels.data.fill(255);
    expect((await read).pixels).to.deep.equal(expected.pixels);
    expect(expected.blank).to.be.false;
  });

  it('reads pixels in half precision like the same in bytes', async () => {
    const bytes = drawSeven().getContext('2d')!.getImageData(0, 0, 200, 200);
    // Like `new ImageData(200, 200, { pixelFormat: 'rgba-float16' })` in browsers that support it. The data of a real
    // one cannot be replaced in WebKit.
    const half = Object.create(ImageData.prototype, {
      width: { value: 200 },
      height: { value: 200 },
      data: { value: Float32Array.from(bytes.data, (value) => value / 255) },
    }) as ImageData;
    const [expected, read] = [await normalizeSource(bytes), await normalizeSource(half)];
    expect(read.blank).to.be.false;
    expect(read.pixels).to.deep.equal(expected.pixels);
  });
});

describe('a browser that hides the content of a canvas', () => {
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const truth = Object.getOwnPropertyDescriptor(prototype, 'getImageData')!;

  afterEach(() => {
    Object.defineProperty(prototype, 'getImageData', truth);
  });

  for (const [what, level] of [
    ['white', () => 255],
    ['black', () => 0],
    ['noise', () => Math.random() * 256],
  ] as const) {
    it(`is distinguished from a blank picture: ${what}`, async () => {
      prototype.getImageData = function (...area) {
        const pixels = (truth.value as (...area: unknown[]) => ImageData).apply(this, area);
        for (let index = 0; index < pixels.data.length; index += 1) if (index % 4 < 3) pixels.data[index] = level();
        return pixels;
      };
      // A separate module, which has not yet seen the browser reveal the content.
      const module = new URL(`../../src/sources/read-pixels.ts?${what}`, import.meta.url).href;
      const { readPixels } = (await import(module)) as {
        readPixels: (canvas: HTMLCanvasElement) => unknown;
      };
      expect(() => readPixels(drawSeven()))
        .to.throw(/canvas/)
        .with.property('code', 'blocked-image');
      Object.defineProperty(prototype, 'getImageData', truth);
      expect(() => readPixels(drawSeven()), 'once it is allowed').not.to.throw();
    });
  }
});
