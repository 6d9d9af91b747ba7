import { expect } from '@open-wc/testing';
import { arrangeRows, type Row } from '../../../src/elements/digit-predictions/rows.js';
import type { Prediction } from '../../../src/index.js';

/** All ten digits, best first. */
const predictionsOf = (best: Readonly<Record<number, number>>): Prediction[] =>
  Array.from({ length: 10 }, (_, digit) => ({ digit, probability: best[digit] ?? 0 })).sort(
    (a, b) => b.probability - a.probability,
  );

const digits = (rows: readonly Row[]): number[] => rows.map(({ digit }) => digit);

/** The rows of a settled answer. */
const settled = (predictions: Prediction[]): readonly Row[] => arrangeRows(predictions, null, 'en');

const sevenAndOne = predictionsOf({ 7: 0.53, 1: 0.47 });
const oneAndSeven = predictionsOf({ 1: 0.53, 7: 0.47 });

describe('rows of predictions', () => {
  it('are all predictions, best first, with their probabilities', () => {
    expect(settled(predictionsOf({ 7: 0.9, 1: 0.1 })).slice(0, 3)).to.deep.equal([
      { digit: 7, probability: 0.9, percentage: '90.0%' },
      { digit: 1, probability: 0.1, percentage: '10.0%' },
      { digit: 0, probability: 0, percentage: '0.0%' },
    ]);
  });

  it('have percentages that add up to 100.0, also of probabilities that do not add up to 1', () => {
    for (const probabilities of [
      { 1: 1 / 3, 2: 1 / 3, 3: 1 / 3 },
      { 1: 0.99951, 2: 0.00007, 3: 0.00007, 4: 0.00007, 5: 0.00007, 6: 0.00007, 7: 0.00014 },
      { 1: 0.2, 2: 0.1 },
    ]) {
      const rows = settled(predictionsOf(probabilities));
      const tenths = rows.map(({ percentage }) => Math.round(parseFloat(percentage) * 10));
      expect(
        tenths.reduce((sum, each) => sum + each, 0),
        tenths.join(),
      ).to.equal(1000);
    }
  });

  it('have percentages in their language', () => {
    const [best] = arrangeRows(predictionsOf({ 7: 0.9, 1: 0.1 }), null, 'de');
    expect(best.percentage).to.equal('90,0\u00a0%');
  });

  it('keep their order until the answer has settled', () => {
    const shown = settled(sevenAndOne);
    const drawing = arrangeRows(oneAndSeven, shown, 'en');
    expect(digits(drawing).slice(0, 2)).to.deep.equal([7, 1]);
    expect(drawing.slice(0, 2).map(({ percentage }) => percentage)).to.deep.equal(['47.0%', '53.0%']);
    expect(digits(settled(oneAndSeven)).slice(0, 2)).to.deep.equal([1, 7]);
  });

  it('are reordered at once if a digit is clearly more probable', () => {
    const shown = settled(sevenAndOne);
    const drawing = arrangeRows(predictionsOf({ 1: 0.8, 7: 0.2 }), shown, 'en');
    expect(digits(drawing).slice(0, 2)).to.deep.equal([1, 7]);
  });
});
