import { expect } from '@open-wc/testing';
import { roundShares } from '../../src/recognition/index.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('roundShares', () => {
  it('adds up to the whole where rounding each share would not', () => {
    // Rounded individually, these are 333 + 333 + 333.
    expect(roundShares([1 / 3, 1 / 3, 1 / 3], 1000)).to.deep.equal([334, 333, 333]);
    // These are 1 + 1 + 999.
    expect(roundShares([0.9986, 0.0007, 0.0007], 1000)).to.deep.equal([998, 1, 1]);
  });

  it('gives missing units to the largest remainders', () => {
    expect(roundShares([0.4006, 0.3003, 0.2991], 1000)).to.deep.equal([401, 300, 299]);
  });

  it('keeps a certain answer certain', () => {
    expect(roundShares([1, 0, 0], 1000)).to.deep.equal([1000, 0, 0]);
  });

  it('adds up, keeps the order and stays within one unit, for any ten shares', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let time = 0; time < 500; time += 1) {
      const raw = Array.from({ length: 10 }, () => random() ** 8).sort((a, b) => b - a);
      const shares = raw.map((value) => value / sum(raw));
      const rounded = roundShares(shares, 1000);
      expect(sum(rounded)).to.equal(1000);
      rounded.forEach((units, index) => {
        expect(Math.abs(units - shares[index] * 1000)).to.be.below(1);
        if (index > 0) expect(units).to.be.at.most(rounded[index - 1]);
      });
    }
  });
});
