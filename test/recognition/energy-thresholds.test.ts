import { expect } from '@open-wc/testing';
import { energyThresholds } from '../../src/recognition/energy-thresholds.js';

const alone = -1.5;

/** By Bayes' rule over all combinations of digits and non-digits, each as probable as in Pólya's urn. */
function byEnumeration(energies: readonly number[], own: number, seenBefore: number): number {
  const weights = [0, 0];
  for (let ways = 0; ways < 2 ** energies.length; ways++) {
    const seen = [seenBefore, seenBefore];
    let weight = 1;
    energies.forEach((energy, index) => {
      const isDigit = (ways >> index) & 1;
      weight *= seen[isDigit] / (seen[0] + seen[1]);
      seen[isDigit] += 1;
      if (index !== own && isDigit) weight *= Math.exp(energy - alone);
    });
    weights[(ways >> own) & 1] += weight;
  }
  return alone - Math.log(weights[1] / weights[0]);
}

describe('energyThresholds', () => {
  it('equals the least energy for a single glyph', () => {
    expect(energyThresholds([], alone)).to.deep.equal([]);
    expect(energyThresholds([-4], alone)).to.deep.equal([alone]);
  });

  it("follows Bayes' rule for glyphs next to digits", () => {
    for (const energies of [
      [6, -3],
      [6, 0, -1, -2],
      [9, 8, 7, 3, -4],
    ]) {
      energyThresholds(energies, alone).forEach((least, own) => {
        const expected = Math.min(alone, byEnumeration(energies, own, 0.12));
        expect(least, `${energies.join(' ')}: ${own}`).to.be.closeTo(expected, 1e-9);
      });
    }
  });

  it('decreases with more digits next to a glyph, and does not increase among non-digits', () => {
    const thresholdNextTo = (...neighbors: number[]): number => energyThresholds([...neighbors, -3], alone).at(-1)!;
    expect(thresholdNextTo(8)).to.be.below(alone - 1);
    expect(thresholdNextTo(8, 8, 8)).to.be.below(thresholdNextTo(8) - 0.5);
    expect(thresholdNextTo(-2, 8)).to.be.above(thresholdNextTo(8));
    expect(thresholdNextTo(-9, -9, -9)).to.equal(alone);
  });

  it('works for long numbers, and for networks without a least energy', () => {
    for (const least of energyThresholds(new Array<number>(100).fill(30), alone)) {
      expect(least).to.be.within(alone - 8, alone - 6);
    }
    expect(energyThresholds([3, 3], -Infinity)).to.deep.equal([-Infinity, -Infinity]);
  });

  it('is finite for any number of glyphs, and considers the nearest', () => {
    const energies = Array.from({ length: 3000 }, (_, index) => (index < 1500 ? 10 : -10));
    const thresholds = energyThresholds(energies, alone);
    expect(thresholds.every(Number.isFinite)).to.equal(true);
    expect(thresholds[10]).to.be.below(alone - 6);
    expect(thresholds.at(-10)).to.equal(alone);
  });
});
