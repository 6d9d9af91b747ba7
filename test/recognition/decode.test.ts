import { expect } from '@open-wc/testing';
import { InferenceError } from '../../src/inference/index.js';
import { blankPredictions, decodeLogits, energyScore } from '../../src/recognition/decode.js';

const logits = Float32Array.of(0, 1, 2, 3, 4, 9, 8, 7, 6, 5);

describe('decodeLogits', () => {
  it('lists all ten digits, best first, with probabilities that add up to 1', () => {
    const predictions = decodeLogits(logits, 1);
    expect(predictions.map(({ digit }) => digit)).to.deep.equal([5, 6, 7, 8, 9, 4, 3, 2, 1, 0]);
    expect(predictions.reduce((sum, { probability }) => sum + probability, 0)).to.be.closeTo(1, 1e-12);
  });

  it('is the softmax: a logit larger by 1 is e times as probable', () => {
    const [first, second] = decodeLogits(logits, 1);
    expect(first.probability / second.probability).to.be.closeTo(Math.E, 1e-9);
  });

  it('is less certain at a higher temperature, in the same order', () => {
    const [first, second] = decodeLogits(logits, 2);
    expect(first.probability / second.probability).to.be.closeTo(Math.sqrt(Math.E), 1e-9);
    expect(first.digit).to.equal(5);
  });

  it('survives logits that overflow an exponential', () => {
    const [first] = decodeLogits(Float32Array.of(1e30, -1e30, 0, 0, 0, 0, 0, 0, 0, 0), 1);
    expect(first).to.deep.equal({ digit: 0, probability: 1 });
  });

  it('rejects output that no network for digits has', () => {
    expect(() => decodeLogits(new Float32Array(9), 1)).to.throw(InferenceError, '10 finite logits');
    expect(() => decodeLogits(new Float32Array(10).fill(NaN), 1)).to.throw(InferenceError, 'finite');
  });
});

describe('energyScore', () => {
  it('is the logarithm of the sum of the exponentials', () => {
    expect(energyScore(new Float32Array(10))).to.be.closeTo(Math.log(10), 1e-12);
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    expect(energyScore(logits)).to.be.closeTo(Math.log(sum), 1e-9);
  });

  it('survives logits that overflow an exponential', () => {
    expect(energyScore(new Float32Array(10).fill(1000))).to.be.closeTo(1000 + Math.log(10), 1e-9);
    expect(energyScore(new Float32Array(10).fill(-1000))).to.be.closeTo(-1000 + Math.log(10), 1e-9);
  });

  it('rejects output that no network for digits has', () => {
    expect(() => energyScore(new Float32Array(10).fill(NaN))).to.throw(InferenceError, 'finite');
  });
});

describe('blankPredictions', () => {
  it('considers all digits equally probable', () => {
    const predictions = blankPredictions();
    expect(predictions).to.have.length(10);
    expect(new Set(predictions.map(({ probability }) => probability))).to.deep.equal(new Set([0.1]));
  });
});
