import { expect } from '@open-wc/testing';
import { steadyOrder } from '../../src/recognition/index.js';

const predictions = (probabilities: Readonly<Record<number, number>>) =>
  Object.entries(probabilities)
    .map(([digit, probability]) => ({ digit: Number(digit), probability }))
    .sort((a, b) => b.probability - a.probability);
const order = (shown: readonly number[], probabilities: Readonly<Record<number, number>>): number[] =>
  steadyOrder(predictions(probabilities), shown).map(({ digit }) => digit);

describe('steadyOrder', () => {
  it('keeps two nearly equally probable digits in place', () => {
    expect(order([7, 1, 9], { 1: 0.5, 7: 0.45, 9: 0.05 })).to.deep.equal([7, 1, 9]);
    expect(order([1, 7, 9], { 1: 0.5, 7: 0.45, 9: 0.05 })).to.deep.equal([1, 7, 9]);
  });

  it('moves a clearly more probable digit ahead of all that it exceeds', () => {
    expect(order([7, 1, 9], { 9: 0.8, 7: 0.15, 1: 0.05 })).to.deep.equal([9, 7, 1]);
  });

  it('uses the order of the probabilities at first', () => {
    expect(order([], { 3: 0.4, 5: 0.35, 8: 0.25 })).to.deep.equal([3, 5, 8]);
  });

  it('neither loses nor changes a prediction', () => {
    const given = predictions({ 0: 0.1, 1: 0.2, 2: 0.3, 3: 0.4 });
    const ordered = steadyOrder(given, [0, 1, 2, 3]);
    expect([...ordered].sort((a, b) => b.probability - a.probability)).to.deep.equal(given);
    for (const prediction of ordered) expect(given).to.include(prediction);
  });
});
