import { expect } from '@open-wc/testing';
import { photograph, photographSide, scenes } from '../../scripts/evaluate/photographs.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import { mnistTest } from '../support/mnist.js';
import { meanDifference, paint, randomValues } from './support.js';

describe('photographs of paper', () => {
  let pixels: Uint8Array;
  let plain: Float32Array;

  const normalized = (scene: (typeof scenes)[number]['scene'], seed = 3) =>
    normalizePixels({ data: photograph(pixels, scene, seed), width: photographSide, height: photographSide });

  before(async () => {
    const { images } = await mnistTest(1);
    pixels = Uint8Array.from(images, (value) => Math.round(value * 255));
    plain = normalized(scenes[0].scene).pixels;
  });

  for (const { kind, scene } of scenes.filter(({ scene: { tilt } }) => tilt === 0)) {
    it(`finds the same digit as on plain paper: ${kind}`, () => {
      expect(meanDifference(normalized(scene).pixels, plain)).to.be.below(0.04);
    });
  }

  it('finds nothing on blank paper in uneven light, plain or ruled', () => {
    for (const { kind, scene } of scenes) {
      const data = photograph(new Uint8Array(784), scene, 5);
      expect(normalizePixels({ data, width: photographSide, height: photographSide }).blank, kind).to.equal(true);
    }
  });

  it('reads chalk on an unevenly lit blackboard', () => {
    const random = randomValues(5);
    const side = 256;
    const ink = new Float32Array(side * side);
    for (let row = 60; row < 200; row++) ink.fill(1, row * side + 120, row * side + 132);
    const even = normalizePixels(paint({ data: ink, width: side, height: side }));
    const board = paint({ data: ink, width: side, height: side }, [235, 235, 225, 255], [60, 70, 60, 255]);
    for (let pixel = 0; pixel < side * side; pixel++) {
      const light = 1 - (0.5 * (pixel % side)) / side;
      for (let channel = 0; channel < 3; channel++) board.data[pixel * 4 + channel] *= light * (0.98 + 0.04 * random());
    }
    expect(meanDifference(normalizePixels(board).pixels, even.pixels)).to.be.below(0.03);
  });
});
