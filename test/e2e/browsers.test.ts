import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { candidates } from '../../scripts/browsers/machine.js';
import { drawSeven } from '../support/browsers/draw-seven.js';

describe('a seven drawn with a mouse', () => {
  for (const { name, webgpu, launch, missing } of candidates) {
    const backend = webgpu ? 'webgpu' : 'wasm';
    // On a busy processor, Mesa's Vulkan takes longer than the product waits for a GPU.
    const left = name === 'firefox' && webgpu && !process.env.CI ? 'runs where CI is set' : null;
    test(`is read in ${name} on ${backend}`, { skip: missing() ?? left ?? false }, async () => {
      const browser = await launch();
      try {
        assert.deepEqual(await drawSeven(browser, backend), { value: '7', backend });
      } finally {
        await browser.close();
      }
    });
  }
});
