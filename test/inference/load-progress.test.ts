import { expect } from '@open-wc/testing';
import { LoadProgress } from '../../src/inference/load-progress.js';

const sums = ({ loaded, total }: LoadProgress): [number, number] => [loaded, total];

describe('LoadProgress', () => {
  it('is zero of zero before anything is expected', () => {
    expect(sums(new LoadProgress())).to.deep.equal([0, 0]);
  });

  it('knows the total before the first byte', () => {
    const progress = new LoadProgress();
    progress.expect('a', 100);
    progress.expect('b', 10);
    progress.advance('b', 5, 10);
    expect(sums(progress)).to.deep.equal([5, 110]);
  });

  it('never decreases when a file is requested again or reported late', () => {
    const progress = new LoadProgress();
    progress.advance('a', 60, 100);
    progress.expect('a', 100);
    progress.advance('a', 20, 100);
    expect(sums(progress)).to.deep.equal([60, 100]);
  });

  it('expects at least what has arrived if the size is unknown', () => {
    const progress = new LoadProgress();
    progress.expect('a', 0);
    progress.advance('a', 30, 0);
    expect(sums(progress)).to.deep.equal([30, 30]);
  });
});
