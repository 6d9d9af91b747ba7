import { expect } from '@open-wc/testing';
import { FetchedFile } from '../../../src/inference/files/fetched-file.js';

describe('a fetched file', () => {
  it('has its bytes at hand, without a copy', async () => {
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    expect(await new FetchedFile(bytes).bytes()).to.equal(bytes);
  });

  it('becomes one blob when it is asked for one, which its bytes are read from', async () => {
    const file = new FetchedFile(Uint8Array.of(1, 2, 3).buffer);
    const blob = file.blob();
    expect(file.blob()).to.equal(blob);
    expect(new Uint8Array(await blob.arrayBuffer())).to.deep.equal(Uint8Array.of(1, 2, 3));
    expect(new Uint8Array(await file.bytes())).to.deep.equal(Uint8Array.of(1, 2, 3));
  });
});
