import { expect } from '@open-wc/testing';
import { recognize, recognizeAll } from '../../src/recognition/index.js';
import { mnistTest } from '../support/mnist.js';

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

describe('recognize', () => {
  it('reads strokes, with all that belongs to an answer', async () => {
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

  it('answers a blank pad and blank paper with null, without the network', async () => {
    for (const source of [[], new ImageData(28, 28)]) {
      const recognition = await recognize(source, { model: '/faults/never-asked-for.onnx', backend: 'wasm' });
      expect(recognition).to.deep.include({ digit: null, reason: 'blank', confidence: 0, energy: -Infinity });
      expect(recognition.timings.infer).to.equal(0);
    }
  });

  it('gives up when its signal is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const answer = recognize(seven, { backend: 'wasm', signal: controller.signal }).catch((error: unknown) => error);
    controller.abort(reason);
    expect(await answer).to.equal(reason);
    expect(await recognize(seven, { signal: AbortSignal.abort(reason) }).catch((error: unknown) => error)).to.equal(
      reason,
    );
  });

  it('gives up a picture that never loads', async () => {
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
