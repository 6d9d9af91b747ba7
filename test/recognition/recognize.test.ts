import { expect } from '@open-wc/testing';
import { recognize, recognizeAll } from '../../src/recognition/index.js';
import { mnistTest } from '../support/mnist.js';
import { drawnNumber } from '../support/number.js';
import { toBlob } from '../support/picture-files.js';

const seven = [
  {
    points: [
      { x: 60, y: 50 },
      { x: 100, y: 50 },
      { x: 140, y: 50 },
      { x: 118, y: 100 },
      { x: 92, y: 160 },
    ],
  },
];

/**
 * A dark digit on light paper.
 * @returns null if the browser has no memory for it
 */
function digitCanvas(digit: string, width: number, height: number): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  const size = 0.75 * Math.min(width, height);
  context.lineWidth = size / 8;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  for (const line of drawnNumber(digit, { x: width / 2 - size / 3, y: (height - size) / 2, size })) {
    context.moveTo(...line[0]);
    for (const point of line) context.lineTo(...point);
  }
  context.stroke();
  // What a browser refuses to allocate is blank.
  return context.getImageData(0, 0, 1, 1).data[0] === 255 ? canvas : null;
}

describe('recognize', () => {
  it('reads strokes, and returns all members of an answer', async () => {
    const recognition = await recognize(seven, { backend: 'wasm' });
    expect(recognition.digit).to.equal(7);
    expect(recognition.backend).to.equal('wasm');
    expect(recognition.predictions).to.have.length(10);
    expect(recognition.predictions[0]).to.deep.equal({ digit: 7, probability: recognition.confidence });
    expect(recognition.predictions.reduce((sum, { probability }) => sum + probability, 0)).to.be.closeTo(1, 1e-6);
    expect(recognition.image).to.have.length(784);
    expect(recognition.timings.prepare).to.be.at.least(0);
    expect(recognition.timings.infer).to.be.above(0);
  });

  it('reads with the reference model', async () => {
    expect((await recognize(seven, { model: 'reference', backend: 'wasm' })).digit).to.equal(7);
  });

  it('reads the digits of MNIST as pictures', async () => {
    const { images, labels } = await mnistTest(50);
    let right = 0;
    for (const [index, label] of labels.entries()) {
      const picture = new ImageData(28, 28);
      for (let pixel = 0; pixel < 784; pixel += 1) {
        const ink = images[index * 784 + pixel] * 255;
        picture.data.set([255 - ink, 255 - ink, 255 - ink, 255], pixel * 4);
      }
      if ((await recognize(picture, { backend: 'wasm' })).digit === label) right += 1;
    }
    expect(right).to.be.at.least(48);
  });

  it('reads files of 12 px', async () => {
    for (const digit of '02467') {
      const file = await toBlob(digitCanvas(digit, 12, 12)!);
      expect((await recognize(file, { backend: 'wasm' })).digit, digit).to.equal(Number(digit));
    }
  });

  it('reads a file of 40 megapixels', async function () {
    this.timeout(60_000);
    const canvas = digitCanvas('2', 8000, 5000);
    const file = canvas && ((await toBlob(canvas, 'image/jpeg')) as Blob | null);
    // Some browsers have less memory for a canvas.
    if (!file) return this.skip();
    expect((await recognize(file, { backend: 'wasm' })).digit).to.equal(2);
  });

  it('answers a blank pad and blank paper with null, without the network', async () => {
    for (const source of [[], new ImageData(28, 28)]) {
      const recognition = await recognize(source, { model: '/faults/never-asked-for.onnx', backend: 'wasm' });
      expect(recognition).to.deep.include({ digit: null, reason: 'blank', confidence: 0, energy: -Infinity });
      expect(recognition.timings.infer).to.equal(0);
    }
  });

  it('rejects when its signal is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const answer = recognize(seven, { backend: 'wasm', signal: controller.signal }).catch((error: unknown) => error);
    controller.abort(reason);
    expect(await answer).to.equal(reason);
    expect(await recognize(seven, { signal: AbortSignal.abort(reason) }).catch((error: unknown) => error)).to.equal(
      reason,
    );
  });

  it('aborts a picture that never loads', async () => {
    const image = new Image();
    image.decode = () => new Promise(() => {});
    for (const read of [recognize, recognizeAll]) {
      const controller = new AbortController();
      const reason = new Error('no longer wanted');
      const answer = read(image, { signal: controller.signal }).catch((error: unknown) => error);
      controller.abort(reason);
      expect(await answer).to.equal(reason);
    }
  });
});
