/** The built package on WebGPU; `browsers.test.ts` reads a seven on it in every run. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/setup.js';
import { softwareWebGpuArguments } from '../../scripts/shared/browser-options.js';
import { drawSeven, settledValue, useBrowser, waitForStatus, writePage } from './browser.js';

const cdn = join(root, 'dist/cdn');
const script = '<script type="module" src="/package/digit-recognizer.js"></script>';
const oneTag = `${script}<digit-recognizer backend="webgpu"></digit-recognizer>`;

const { newPage, open, serve } = useBrowser(softwareWebGpuArguments);

describe('on WebGPU', () => {
  test('reads a digit, and reports the backend', async () => {
    const { page } = await open(await serve({ '/package/': cdn, '/': writePage(oneTag) }));
    await waitForStatus(page, 'ready');
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.match(await page.locator('digit-recognizer .notice').innerText(), /WebGPU/);
  });

  test('reports it if its code cannot be fetched, keeps the ink, and fetches it on the next try', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag) });
    const { page } = await newPage();
    const code = '**/load-webgpu-program-*.js';
    await page.route(code, (route) => route.abort('connectionreset'));
    await page.goto(`${server.origin}/index.html`);
    await page.locator('digit-pad [part~=surface]').waitFor();
    await drawSeven(page);
    await waitForStatus(page, 'error');
    assert.match(await page.locator('[role=alert]').innerText(), /Your drawing is still there/);
    await page.unroute(code);
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForStatus(page, 'ready');
    assert.equal(await settledValue(page), '7');
  });
});

describe('without WebAssembly', () => {
  test('reads on WebGPU alone, if the device supports it', async () => {
    const policy = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src data:; script-src 'self'";
    const server = await serve({ '/package/': cdn, '/': writePage('') }, policy);
    const { page, context } = await open(server);
    // The adapter is a software one, and would not be accepted otherwise.
    await context.addInitScript(() =>
      Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: false }),
    );
    await page.reload();
    await page.addScriptTag({ type: 'module', url: '/package/digit-recognizer.js' });
    await page.evaluate(() => document.body.append(document.createElement('digit-recognizer')));
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.match(await page.locator('digit-recognizer .notice').innerText(), /WebGPU/);
  });
});
