import { expect } from '@open-wc/testing';
import { normalizeStrokes } from '../../src/imaging/normalize-strokes.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { mean, VIEW_COUNT, viewsOf } from '../../src/recognition/augmentation.js';
import { readPictures } from '../../src/recognition/read-pictures.js';
import type { Network } from '../../src/recognition/interpret.js';

const pen = { width: 3, softness: 2 };

/** A stroke from corner to corner and back, rotated clockwise around the middle of the image. */
const drawn = (angle: number): Float32Array => {
  const corners = [
    [-7, -8],
    [6, -8],
    [-3, 9],
  ];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const points = corners.map(([x, y]) => ({ x: 14 + cos * x - sin * y, y: 14 + sin * x + cos * y }));
  return rasterizeStrokes([{ points }], 28, pen).data;
};

const distance = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, pixel) => sum + Math.abs(value - other[pixel]), 0) / 784;

/** A network whose first logit is the mean of the image's upper half, with two features. */
const network = (calls: number[]): Network => {
  const logits = (pixels: Float32Array, count: number): Float32Array =>
    Float32Array.from({ length: 10 * count }, (_, at) => {
      const start = 784 * Math.floor(at / 10);
      return at % 10 === 0 ? pixels.subarray(start, start + 392).reduce((sum, value) => sum + value) : -at;
    });
  return {
    run: async (pixels, count) => {
      calls.push(count);
      const features = Float32Array.from({ length: 2 * count }, (_, at) => pixels[784 * Math.floor(at / 2) + at]);
      return { logits: logits(pixels, count), features };
    },
    modelId: 'fake',
    backend: 'wasm',
    temperature: 1,
    leastEnergy: -1,
  };
};

describe('test-time augmentation', () => {
  it('has the image itself, and rotates it both ways', () => {
    const [own, ...rotated] = viewsOf(drawn(0));
    expect(own).to.deep.equal(drawn(0));
    expect(rotated).to.have.length(VIEW_COUNT - 1);
    const angles = rotated.map((view) => {
      const candidates = [-0.3, -0.24, -0.18, -0.12, -0.06, 0, 0.06, 0.12, 0.18, 0.24, 0.3];
      const distances = candidates.map((angle) => distance(view, drawn(angle)));
      expect(Math.min(...distances)).to.be.below(0.02);
      return candidates[distances.indexOf(Math.min(...distances))];
    });
    expect(angles.toSorted()).to.deep.equal([-0.18, 0.18]);
  });

  it('has paper around the rotated image', () => {
    const full = new Float32Array(784).fill(1);
    for (const view of viewsOf(full).slice(1)) {
      expect(view[0]).to.equal(0);
      expect(view[14 * 28 + 14]).to.equal(1);
    }
  });

  it('averages the logits of the views', async () => {
    const images = [0, 0.1].map((angle) => drawn(angle));
    const calls: number[] = [];
    const outputs = await readPictures(images, network(calls), {});
    expect(calls).to.deep.equal([2 * VIEW_COUNT]);
    for (const [index, image] of images.entries()) {
      const single = await Promise.all(viewsOf(image).map((view) => network([]).run(view, 1)));
      expect(outputs[index].logits[0]).to.be.closeTo(mean(single.map(({ logits }) => logits))[0], 1e-4);
      expect(outputs[index].features).to.equal(null);
    }
  });

  it('has the features of the image itself', async () => {
    const images = Array.from({ length: 3 }, (_, index) => new Float32Array(784).fill(index + 1));
    const profile = { apply: () => expect.fail('Nothing is decided here.') };
    const outputs = await readPictures(images, network([]), { profile });
    expect(outputs.map(({ features }) => [...features!.values])).to.deep.equal([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('reads any number of images, in batches', async () => {
    const image = normalizeStrokes([{ points: [0, 1].map((y) => ({ x: 0, y })) }]).pixels;
    const calls: number[] = [];
    const outputs = await readPictures(
      Array.from({ length: 50 }, () => image),
      network(calls),
      {},
    );
    expect(outputs).to.have.length(50);
    expect(Math.max(...calls)).to.be.at.most(64);
    expect(new Set(outputs.map(({ logits }) => logits[0])).size).to.equal(1);
  });
});
