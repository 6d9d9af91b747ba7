import { expect } from '@open-wc/testing';
import type { PixelSource } from '../../src/imaging/index.js';
import { loadSource, normalizeContent } from '../../src/sources/source.js';
import { readPictureHeader } from '../../src/sources/picture-header.js';
import {
  apng,
  ascii,
  bytesOf,
  cmykJpeg,
  gif,
  jpegWithOrientation,
  mediaFileHeader,
  mirrored,
  pngHeader,
  pngKinds,
  pngOfKind,
  sevenCanvas,
  sevenSvg,
  toBlob,
  webpHeader,
} from '../support/picture-files.js';

const load = async (blob: Blob): Promise<PixelSource> => (await loadSource(blob)) as PixelSource;
const digitIn = async (blob: Blob): Promise<Float32Array> => (await normalizeContent(await load(blob))).pixels;
const header = async (blob: Blob) => readPictureHeader(await bytesOf(blob));

const meanDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;

const errorOf = (blob: Blob): Promise<unknown> =>
  load(blob).then(
    () => expect.fail('It was accepted.'),
    (error: unknown) => error,
  );

describe('picture files', () => {
  let seven: Float32Array;

  before(async () => {
    seven = await digitIn(await toBlob(sevenCanvas()));
  });

  it('rotates photographs as the camera was held, in both byte orders of EXIF', async () => {
    for (const [orientation, quarters] of [
      [3, 2],
      [6, 3],
      [8, 1],
    ] as const) {
      for (const order of ['II', 'MM'] as const) {
        const photo = await jpegWithOrientation(sevenCanvas(240, 200, quarters), orientation, order);
        const { width, height } = await load(photo);
        expect({ width, height }).to.deep.equal(
          orientation === 3 ? { width: 240, height: 200 } : { width: 200, height: 240 },
        );
        expect(meanDifference(await digitIn(photo), seven)).to.be.below(0.02);
      }
    }
  });

  it('flips mirrored photographs, and leaves upright ones unchanged', async () => {
    const upright = sevenCanvas(200, 240);
    for (const order of ['II', 'MM'] as const) {
      for (const orientation of [1, 2, 4, 5, 7] as const) {
        const stored = orientation === 1 ? upright : mirrored(upright, orientation);
        const photo = await jpegWithOrientation(stored, orientation, order);
        const { width, height } = await load(photo);
        expect({ width, height }, `orientation ${orientation}`).to.deep.equal({ width: 200, height: 240 });
        expect(meanDifference(await digitIn(photo), seven), `orientation ${orientation}`).to.be.below(0.02);
      }
    }
  });

  it('reads the header of a JPEG that declares entries it does not have, in thousands of EXIF segments', async () => {
    // Without the entry for the orientation, and with 65,535 others at most.
    const exif = [
      0xff,
      0xe1,
      0,
      24,
      ...ascii('Exif\0\0MM\0\x2a'),
      ...[0, 0, 0, 8],
      ...[0xff, 0xff],
      ...Array<number>(6).fill(0),
    ];
    const count = 60_000;
    const frame = [0xff, 0xc0, 0, 11, 8, ...[0, 20], ...[0, 30]];
    const file = new Uint8Array(2 + count * exif.length + frame.length);
    file.set([0xff, 0xd8]);
    for (let index = 0; index < count; index++) file.set(exif, 2 + index * exif.length);
    file.set(frame, 2 + count * exif.length);
    expect(readPictureHeader(file)).to.deep.equal({ width: 30, height: 20, animated: false, transposed: false });
  });

  it('uses the first of several EXIF orientations', async () => {
    const twice = await jpegWithOrientation(sevenCanvas(240, 200), 6);
    const [once, second] = [await bytesOf(twice), await bytesOf(await jpegWithOrientation(sevenCanvas(), 1))];
    const length = 38;
    const both = Uint8Array.from([...once.slice(0, length), ...second.slice(2, length), ...once.slice(length)]);
    expect(readPictureHeader(both)).to.include({ width: 240, height: 200, transposed: true });
  });

  it('reads a CMYK JPEG', async () => {
    const print = cmykJpeg(sevenCanvas());
    expect(await header(print)).to.deep.equal({ width: 1600, height: 1600, animated: false, transposed: false });
    const { data } = await load(print);
    const brightness = (pixel: number): number => data[4 * pixel + 1];
    expect(brightness(0), 'paper').to.be.above(240);
    expect(meanDifference(await digitIn(print), seven)).to.be.below(0.02);
  });

  it('decodes large photographs at a reduced size, preserving their shape, rotated or not', async () => {
    const upright = await load(await toBlob(sevenCanvas(5120, 2560), 'image/jpeg'));
    expect([upright.width, upright.height]).to.deep.equal([2048, 1024]);
    const photo = await jpegWithOrientation(sevenCanvas(5120, 2560, 3), 6);
    const turned = await load(photo);
    expect([turned.width, turned.height]).to.deep.equal([1024, 2048]);
    expect(meanDifference(await digitIn(photo), seven)).to.be.below(0.02);
  });

  it('reads an SVG in its own shape, with a size, with only a viewBox, and with neither', async () => {
    for (const attributes of [
      'width="200" height="200"',
      'viewBox="0 0 200 200"',
      'width="100%" viewBox="0 0 200 200"',
    ]) {
      const { width, height } = await load(sevenSvg(attributes));
      expect([width, height]).to.deep.equal([1024, 1024]);
      expect(meanDifference(await digitIn(sevenSvg(attributes)), seven)).to.be.below(0.03);
    }
    const { width, height } = await load(sevenSvg(''));
    expect([width, height]).to.deep.equal([1024, 512]);
  });

  it('reports a broken SVG, and another file that is called one', async () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"><g></svg>', '<html/>', '']) {
      expect(await errorOf(new Blob([text], { type: 'image/svg+xml' }))).to.include({ code: 'unreadable-image' });
    }
  });

  it('reads dark and light ink on a transparent PNG alike', async () => {
    for (const color of ['#000', '#fff']) {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: 200, height: 200 });
      const context = canvas.getContext('2d')!;
      context.strokeStyle = color;
      context.lineWidth = 200 / 14;
      context.lineCap = context.lineJoin = 'round';
      context.stroke(new Path2D('M60 50H140L90 160'));
      expect(meanDifference(await digitIn(await toBlob(canvas)), seven)).to.be.below(0.02);
    }
  });

  for (const [kind, stored] of Object.entries(pngKinds)) {
    it(`reads a PNG stored as ${kind}`, async () => {
      expect(meanDifference(await digitIn(await pngOfKind(sevenCanvas(), stored)), seven)).to.be.below(0.02);
    });
  }

  it('names HEIC if the browser cannot decode it, and what to do', async () => {
    for (const brand of ['heic', 'heix', 'mif1']) {
      for (const sizes of [[], [[512, 512] as const]]) {
        const error = await errorOf(mediaFileHeader(brand, 'mif1heic', sizes));
        expect(error).to.include({ name: 'RecognitionError', code: 'unsupported-image' });
        expect((error as Error).message).to.match(/HEIC.*JPEG/);
      }
    }
    for (const [brand, compatible] of [
      ['mp42', 'isom'],
      ['avif', 'mif1miaf'],
      ['mif1', 'avifmiaf'],
    ]) {
      expect(((await errorOf(mediaFileHeader(brand, compatible))) as Error).message).not.to.include('HEIC');
    }
  });

  it('reads the size of AVIF and HEIC from their header: the largest, and whether it is turned', async () => {
    const upright = { width: 4032, height: 3024, animated: false, transposed: false };
    const sizes = [
      [512, 512],
      [4032, 3024],
      [320, 240],
    ] as const;
    expect(await header(mediaFileHeader('heic', 'mif1heic', sizes))).to.deep.equal(upright);
    expect(await header(mediaFileHeader('avif', 'mif1miaf', sizes, 3))).to.deep.equal({ ...upright, transposed: true });
    expect(await header(mediaFileHeader('avif', 'mif1miaf', sizes, 2))).to.deep.equal(upright);
    expect(await header(mediaFileHeader('avis', 'avifmsf1', sizes))).to.deep.equal({ ...upright, animated: true });
    expect(await header(mediaFileHeader('avif', 'mif1miaf'))).to.be.null;
  });

  it('rejects animated pictures, and reads single frames in animated formats', async () => {
    const avis = mediaFileHeader('avis', 'avifmsf1', [[20, 20]]);
    for (const blob of [gif(2), await apng(sevenCanvas(), 2), webpHeader(20, 20, true), avis]) {
      expect(await errorOf(blob)).to.include({ name: 'RecognitionError', code: 'animated-image' });
    }
    expect((await load(gif(1))).width).to.equal(1);
    expect((await load(await apng(sevenCanvas(), 1))).width).to.equal(200);
  });

  it('rejects pictures that are too large before decoding, with their size and the limit', async () => {
    const avif = mediaFileHeader('avif', 'mif1miaf', [[12_000, 10_000]]);
    for (const blob of [pngHeader(20_000, 6000), webpHeader(12_000, 10_000, false), avif]) {
      const error = await errorOf(blob);
      expect(error).to.include({ code: 'image-too-large' });
      expect((error as Error).message).to.match(/120 megapixels.*at most 100 megapixels/);
    }
  });

  it('reports that a file is empty', async () => {
    const error = await errorOf(new File([], 'empty.png', { type: 'image/png' }));
    expect(error).to.include({ code: 'unreadable-image' });
    expect((error as Error).message).to.include('empty');
  });

  it('reads the same sizes as the browser from the first bytes of PNG, JPEG, WebP, GIF and BMP', async () => {
    const canvas = sevenCanvas(123, 77);
    const size = { width: 123, height: 77, animated: false, transposed: false };
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
      const blob = await toBlob(canvas, type);
      // WebKit on Linux writes no WebP, but a PNG instead.
      if (type !== 'image/webp') expect(blob.type).to.equal(type);
      expect(await header(blob)).to.deep.equal(size);
    }
    expect(await header(webpHeader(123, 77, false))).to.deep.equal(size);
    expect(await header(gif(1))).to.include({ width: 1, height: 1 });
    const bmp = new DataView(new ArrayBuffer(54));
    bmp.setUint16(0, 0x424d);
    bmp.setUint32(14, 40, true);
    bmp.setInt32(18, 123, true);
    bmp.setInt32(22, -77, true);
    expect(await header(new Blob([bmp]))).to.include({ width: 123, height: 77 });
    expect(await header(new Blob(['BMW,Audi,Mercedes\nThis text begins like a BMP.']))).to.be.null;
  });

  it('does not mistake a truncated file for anything else', async () => {
    for (const blob of [await apng(sevenCanvas(), 2), await toBlob(sevenCanvas(), 'image/jpeg'), gif(3)]) {
      const bytes = await bytesOf(blob);
      for (let length = 0; length < Math.min(bytes.length, 80); length++) {
        expect(() => readPictureHeader(bytes.subarray(0, length))).not.to.throw();
      }
    }
  });
});
