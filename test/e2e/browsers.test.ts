import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import sirv from 'sirv';
import { root } from '../../scripts/setup.js';
import { listen } from '../../scripts/shared/serve-folders.js';
import { candidates } from '../../scripts/test-browsers/candidates.js';
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

describe('code that could not be fetched', () => {
  for (const { name, launch, missing } of candidates.filter(({ webgpu }) => !webgpu)) {
    test(`is fetched when it is needed again, in ${name}`, { skip: missing() ?? false }, async () => {
      const serve = sirv(join(root, 'dist/cdn'), { dev: true });
      let requests = 0;
      using server = await listen((request, response) => {
        if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>');
        const isNumbers = request.url?.includes('/numbers-') === true;
        if (isNumbers && (requests += 1) <= 2) return response.writeHead(503).end();
        return serve(request, response);
      });
      const browser = await launch();
      try {
        const page = await browser.open();
        await page.goto(`${server.origin}/`);
        const outcomes = await page.evaluate(`import('/digit-recognizer.js').then(async ({ recognizeAll }) => {
          const outcomes = [];
          for (let attempt = 0; attempt < 3; attempt++) {
            const digits = recognizeAll([{ points: [{ x: 0, y: 0 }, { x: 0, y: 90 }] }]);
            outcomes.push(await digits.then(([{ digit }]) => digit, ({ code }) => code));
          }
          return outcomes;
        })`);
        assert.deepEqual(outcomes, ['network', 'network', 1]);
      } finally {
        await browser.close();
      }
    });
  }
});
