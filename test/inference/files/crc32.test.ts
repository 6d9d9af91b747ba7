import { expect } from '@open-wc/testing';
import { crc32 } from '../../../src/inference/files/crc32.js';

describe('crc32', () => {
  it('returns the published check value', () => {
    // https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-iso-hdlc
    expect(crc32(new TextEncoder().encode('123456789'))).to.equal(0xcbf43926);
    expect(crc32(new Uint8Array(0))).to.equal(0);
  });
});
