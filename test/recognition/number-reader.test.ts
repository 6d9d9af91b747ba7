import { expect } from '@open-wc/testing';
import type { Segmentation } from '../../src/imaging/index.js';
import { NumberReader } from '../../src/recognition/number-reader.js';
import type { Network } from '../../src/recognition/interpret.js';

/** The pixel in the middle: the same in all rotations of an even image. */
const MIDDLE = 14 * 28 + 14;

/** A network that reads each glyph as a 5, with the energy encoded in its image. */
const network: Network = {
  run: async (pixels, count) => ({
    logits: Float32Array.from({ length: 10 * count }, (_, at) =>
      at % 10 === 5 ? pixels[784 * Math.floor(at / 10) + MIDDLE] : -30,
    ),
    features: null,
  }),
  modelId: 'fake',
  backend: 'wasm',
  temperature: 1,
  leastEnergy: -1.5,
};

/** Distant glyphs, each with an energy. */
const line = (energies: readonly number[]): Segmentation => ({
  pieces: energies.map((_, index) => ({ box: { x: 300 * index, y: 0, width: 50, height: 100 }, joined: false })),
  height: 100,
  lineWidth: 0,
  slant: 0,
  image: (first, last) => {
    const pixels = new Float32Array(784).fill(first === last ? energies[first] : -20);
    return { pixels, blank: false, box: { x: 300 * first, y: 0, width: 50, height: 100 } };
  },
  key: (first, last) => `${first} ${last}`,
});

const digits = async (...energies: number[]): Promise<(number | null)[]> =>
  (await new NumberReader().read(line(energies), 0, network)).map(({ digit }) => digit);

describe('NumberReader', () => {
  it('reads next to clear digits what it would reject alone', async () => {
    expect(await digits(-3)).to.deep.equal([null]);
    expect(await digits(8, 8, -3, 8)).to.deep.equal([5, 5, 5, 5]);
  });

  it('rejects clear non-digits next to digits, in their position', async () => {
    expect(await digits(8, 8, -9, 8)).to.deep.equal([5, 5, null, 5]);
  });

  it('rejects among non-digits what it would reject alone', async () => {
    expect(await digits(-9, -3, -9)).to.deep.equal([null, null, null]);
  });

  it('lets the page abort it while it prepares the images', async () => {
    const segmentation = line(Array.from({ length: 40 }, () => 8));
    let prepared = 0;
    const slow: Segmentation = {
      ...segmentation,
      image: (first, last) => {
        for (const end = performance.now() + 20; performance.now() < end;);
        prepared += 1;
        return segmentation.image(first, last);
      },
    };
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('too slow')));
    const failure = await new NumberReader().read(slow, 0, network, { signal: controller.signal }).catch(String);
    expect(failure).to.equal('Error: too slow');
    expect(prepared).to.be.below(40);
  });

  it('gives a confidence to each digit that it reads, and none to what it rejects', async () => {
    const [clear, weak, none] = await new NumberReader().read(line([8, -2, -9, 8, 8]), 0, network);
    expect([clear, weak].map(({ confidence, reason }) => [confidence > 0.99, reason])).to.deep.equal([
      [true, null],
      [true, null],
    ]);
    expect([none.confidence, none.reason]).to.deep.equal([0, 'not-a-digit']);
  });
});
