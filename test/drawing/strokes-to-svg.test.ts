import { expect } from '@open-wc/testing';
import { strokesToPNG, strokesToSVG } from '../../src/index.js';

const frame = { width: 100, height: 50 };
const strokes = [
  {
    points: [
      { x: 20, y: 25 },
      { x: 80, y: 25 },
    ],
  },
  { points: [{ x: 90, y: 10 }] },
];

/** The pixels of a picture, rendered by the browser. */
async function pixels(picture: Blob): Promise<ImageData> {
  const image = new Image();
  image.src = URL.createObjectURL(picture);
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const pixelAt = ({ data, width }: ImageData, x: number, y: number): number[] => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('pictures of strokes', () => {
  const kinds = {
    SVG: (options: object) =>
      Promise.resolve(new Blob([strokesToSVG(strokes, { frame, ...options })], { type: 'image/svg+xml' })),
    PNG: (options: object) => strokesToPNG(strokes, { frame, size: 100, ...options }),
  };
  for (const [kind, create] of Object.entries(kinds)) {
    it(`are drawn in the requested colors and width: ${kind}`, async () => {
      const picture = await pixels(await create({ ink: 'rgb(200, 0, 0)', paper: 'rgb(0, 0, 100)', penWidth: 10 }));
      expect([picture.width, picture.height]).to.deep.equal([100, 50]);
      expect(pixelAt(picture, 50, 25)).to.deep.equal([200, 0, 0, 255]);
      expect(pixelAt(picture, 50, 28)).to.deep.equal([200, 0, 0, 255]);
      expect(pixelAt(picture, 50, 32)).to.deep.equal([0, 0, 100, 255]);
      // The round end of a line, and a dot.
      expect(pixelAt(picture, 83, 25)).to.deep.equal([200, 0, 0, 255]);
      expect(pixelAt(picture, 90, 10)).to.deep.equal([200, 0, 0, 255]);
    });

    it(`are transparent without paper: ${kind}`, async () => {
      const picture = await pixels(await create({}));
      expect(pixelAt(picture, 5, 5)).to.deep.equal([0, 0, 0, 0]);
      expect(pixelAt(picture, 50, 25)).to.deep.equal([0, 0, 0, 255]);
    });
  }

  it('have the requested size, rendered at it and not enlarged', async () => {
    const picture = await pixels(await strokesToPNG(strokes, { frame, size: 2000, penWidth: 10 }));
    expect([picture.width, picture.height]).to.deep.equal([2000, 1000]);
    // The edge of the line, at 20 and 30 of 50, is one pixel wide.
    const column = Array.from({ length: 1000 }, (_, y) => pixelAt(picture, 1000, y)[3]);
    expect(column.filter((alpha) => alpha > 0 && alpha < 255).length).to.be.at.most(2);
    expect(column.filter((alpha) => alpha === 255).length).to.be.within(198, 200);
  });

  it('reject an invalid size', async () => {
    for (const size of [0, NaN, 10_000]) {
      const error = await strokesToPNG(strokes, { frame, size }).catch((reason: unknown) => reason);
      expect(error).to.include({ name: 'DrawingError', code: 'invalid-option' });
    }
  });

  it('cannot be broken by a color', () => {
    const text = strokesToSVG(strokes, { frame, ink: '"><script>' });
    expect(new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('script, parsererror')).to.equal(null);
  });
});
