import { expect } from '@open-wc/testing';
import { FetchedFile } from '../../../src/inference/files/fetched-file.js';

describe('a fetched file', () => {
  it('provides its bytes without a copy', async () => {
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    expect(await new FetchedFile(bytes).bytes()).to.equal(bytes);
  });

  it('becomes a single blob on request, from which its bytes are then read', async () => {
    const file = new FetchedFile(Uint8Array.of(1, 2, 3).buffer);
    const blob = file.blob();
    expect(file.blob()).to.equal(blob);
    expect(new Uint8Array(await blob.arrayBuffer())).to.deep.equal(Uint8Array.of(1, 2, 3));
    expect(new Uint8Array(await file.bytes())).to.deep.equal(Uint8Array.of(1, 2, 3));
  });
});
