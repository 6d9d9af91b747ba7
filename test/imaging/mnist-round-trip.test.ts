import { expect } from '@open-wc/testing';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { PixelSource } from '../../src/imaging/pixel-source.js';
import { InferenceService } from '../../src/inference/index.js';
import { mnistTest } from '../support/mnist.js';
import { meanDifference } from './support.js';

const count = 2000;

function canvasContext(size: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The browser gives no 2D canvas.');
  return context;
}

/** An MNIST image as a picture, light on dark. */
function asPicture(image: Float32Array): ImageData {
  const picture = new ImageData(28, 28);
  image.forEach((value, index) => {
    picture.data.set([value * 255, value * 255, value * 255, 255], index * 4);
  });
  return picture;
}

const small = canvasContext(28);
const large = canvasContext(300);

/** Smoothly enlarged ten times, moved to a different position in each image, dark on light. */
function enlargedMovedInverted(image: Float32Array, index: number): PixelSource {
  small.putImageData(asPicture(image), 0, 0);
  large.fillStyle = 'black';
  large.fillRect(0, 0, 300, 300);
  large.imageSmoothingEnabled = true;
  large.drawImage(small.canvas, (index * 37) % 20, (index * 53) % 20, 280, 280);
  const picture = large.getImageData(0, 0, 300, 300);
  for (let at = 0; at < picture.data.length; at += 1) if (at % 4 !== 3) picture.data[at] = 255 - picture.data[at];
  return picture;
}

describe('MNIST test images through normalizePixels', () => {
  let images: Float32Array;
  let labels: number[];
  let service: InferenceService;

  before(async () => {
    ({ images, labels } = await mnistTest(count));
    service = InferenceService.shared({ model: 'compact', backend: 'wasm' });
    service.retain();
  });

  after(() => {
    service.release();
  });

  /** Percentage of the pictures that are read correctly. */
  async function accuracy(pictures: Float32Array): Promise<number> {
    const logits = await service.infer(pictures, count);
    const right = labels.filter((label, index) => {
      const answer = logits.subarray(index * 10, index * 10 + 10);
      return answer.indexOf(Math.max(...answer)) === label;
    });
    return (100 * right.length) / count;
  }

  function through(change: (image: Float32Array, index: number) => PixelSource): Float32Array {
    const pictures = new Float32Array(images.length);
    for (let index = 0; index < count; index++) {
      const image = images.subarray(index * 784, (index + 1) * 784);
      pictures.set(normalizePixels(change(image, index)).pixels, index * 784);
    }
    return pictures;
  }

  it('are nearly unchanged: to 0.03 per pixel on average, and at most 0.2 points of accuracy lost', async () => {
    const pictures = through(asPicture);
    expect(meanDifference(pictures, images)).to.be.below(0.03);
    expect(await accuracy(pictures)).to.be.at.least((await accuracy(images)) - 0.2);
  });

  it('are recovered when enlarged ten times, moved and inverted: to 0.035 per pixel, and at most 0.2 points of accuracy lost', async () => {
    const pictures = through(enlargedMovedInverted);
    expect(meanDifference(pictures, images)).to.be.below(0.035);
    expect(await accuracy(pictures)).to.be.at.least((await accuracy(images)) - 0.2);
  }).timeout(240_000);
});
