import { expect } from '@open-wc/testing';
import { bytesOf, toBlob } from '../../src/inference/blob-bytes.js';

describe('blobs that are read at once', () => {
  it('have the bytes that they were made of, without a copy', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const blob = toBlob(bytes);
    expect(new Uint8Array(await blob.arrayBuffer())).to.deep.equal(bytes);
    expect(await bytesOf(blob)).to.equal(bytes.buffer);
  });

  it('are read like any other once their bytes are gone', async () => {
    expect(new Uint8Array(await bytesOf(new Blob(['abc'])))).to.deep.equal(Uint8Array.of(97, 98, 99));
  });
});
