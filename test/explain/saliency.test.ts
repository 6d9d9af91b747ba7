import { expect } from '@open-wc/testing';
import { InferenceService } from '../../src/inference/index.js';
import { normalizeStrokes } from '../../src/imaging/index.js';
import { mostSalientRegion, occlusionSaliency } from '../../src/explain/saliency.js';
import { drawnSeven } from '../support/pointer.js';

const at = (row: number, column: number): number => row * 28 + column;

/**
 * A network that looks at one pixel: with ink there it answers 7, otherwise 1. Another pixel is evidence against the 7.
 */
function watching(
  pixel: number,
  against: number,
): { calls: number[]; infer: InferenceService['infer']; temperature: number } {
  const calls: number[] = [];
  return {
    calls,
    temperature: 1,
    infer: (images, count) => {
      calls.push(count);
      const logits = new Float32Array(count * 10);
      for (let index = 0; index < count; index += 1) {
        logits[index * 10 + 7] = 4 * images[index * 784 + pixel] - 2 * images[index * 784 + against];
        logits[index * 10 + 1] = 2;
      }
      return Promise.resolve(logits);
    },
  };
}

/** A cross through the entire image. */
const cross = Float32Array.from({ length: 784 }, (_, pixel) =>
  Math.abs((pixel % 28) - 14) < 2 || Math.abs(Math.floor(pixel / 28) - 14) < 2 ? 1 : 0,
);

describe('occlusionSaliency', () => {
  it('finds the ink that the network looks at, for and against the digit, in one batch', async () => {
    const network = watching(at(6, 14), at(14, 22));
    const saliency = await occlusionSaliency(cross, 7, network);
    expect(network.calls).to.have.length(1);
    expect(network.calls[0]).to.be.within(2, 50);
    const { drops } = saliency;
    expect(drops[at(6, 14)]).to.equal(Math.max(...drops));
    expect(drops[at(6, 14)]).to.be.above(0.5);
    expect(drops[at(14, 22)]).to.equal(Math.min(...drops));
    expect(drops[at(14, 22)]).to.be.below(-0.1);
    expect(drops[at(22, 14)]).to.equal(0);
    expect(mostSalientRegion(saliency, cross)).to.deep.equal({ row: 0, column: 1 });
  });

  it('measures the drop of the log odds', async () => {
    // Without the pixel: logits 0 and 2 for 7 and 1, and 0 for the others; with it 4 and 2.
    const logOdds = (seven: number, one: number): number => seven - Math.log(Math.exp(one) + 8);
    const { drops } = await occlusionSaliency(cross, 7, watching(at(6, 14), at(0, 0)));
    // In the middle of a window's own square, only that window covers the pixel, so that the drop is that window's.
    expect(drops[at(6, 14)]).to.be.closeTo(logOdds(4, 2) - logOdds(0, 2), 1e-5);
  });

  it('names no region if no part of the ink makes a difference', async () => {
    const saliency = await occlusionSaliency(cross, 7, watching(at(0, 0), at(0, 0)));
    expect(mostSalientRegion(saliency, cross)).to.be.null;
  });

  it('names no region without ink if all others are evidence against the digit', () => {
    const image = new Float32Array(784).fill(1, at(14, 6), at(14, 22));
    const drops = image.map((ink) => -ink);
    drops[at(14, 14)] = 0.5;
    expect(mostSalientRegion({ digit: 1, drops }, image)).to.be.null;
  });

  it("explains the real network's answer: the bar of a seven and its corner count, not its foot", async () => {
    const { pixels } = normalizeStrokes(drawnSeven.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x, y })) })));
    const service = new InferenceService({ backend: 'wasm' });
    const saliency = await occlusionSaliency(pixels, 7, service);
    const inRows = (from: number, to: number): number => Math.max(...saliency.drops.subarray(from * 28, to * 28));
    // 1, 4 and 9 have the same foot.
    expect(mostSalientRegion(saliency, pixels)?.row).to.be.below(2);
    expect(inRows(0, 14)).to.be.above(1);
    expect(inRows(18, 28)).to.be.below(inRows(0, 14) / 2);
  });

  it('is aborted by its signal', async () => {
    const service = new InferenceService({ backend: 'wasm' });
    const controller = new AbortController();
    const asked = occlusionSaliency(cross, 7, service, controller.signal);
    controller.abort();
    const outcome = await asked.then(
      () => 'answered',
      (error: Error) => error.name,
    );
    expect(outcome).to.equal('AbortError');
  });
});
