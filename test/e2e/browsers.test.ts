import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { candidates } from '../../scripts/browsers/machine.js';
import { drawSeven } from '../support/browsers/draw-seven.js';

describe('a seven drawn with a mouse', () => {
  for (const { name, webgpu, launch, missing } of candidates) {
    const backend = webgpu ? 'webgpu' : 'wasm';
    test(`is read in ${name} on ${backend}`, { skip: missing() ?? false }, async () => {
      const browser = await launch();
      try {
        assert.deepEqual(await drawSeven(browser, backend), { value: '7', backend });
      } finally {
        await browser.close();
      }
    });
  }
});
