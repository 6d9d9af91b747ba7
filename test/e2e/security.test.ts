import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runFuzz } from '../../scripts/fuzz/run.js';
import { root } from '../../scripts/setup.js';
import { developerMessage, drawSeven, settledValue, useBrowser, writePage, type Visit } from './browser.js';
import { packageCdn, scriptPath } from './package-cdn.js';

const script = '<script type="module" src="/package/digit-recognizer.js"></script>';
const tag = '<digit-recognizer backend="wasm"></digit-recognizer>';
const least = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src data:";

const cdn = join(root, 'dist/cdn');
const { serve, open: openPage } = useBrowser();

async function open(markup: string, policy: string): Promise<Visit> {
  return openPage(await serve({ '/package/': cdn, '/': writePage(markup) }, policy));
}

describe('under a strict policy', () => {
  test("reads under Trusted Types that allow only Lit's policy", async () => {
    const types = "require-trusted-types-for 'script'; trusted-types lit-html";
    const policy = `${least}; script-src 'self' 'wasm-unsafe-eval'; ${types}`;
    const { page, complaints } = await open(`${script}${tag}`, policy);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('reports that WebAssembly is blocked, and keeps the ink', async () => {
    const { page } = await open(`${script}${tag}`, `${least}; script-src 'self'`);
    await page.locator('digit-pad [part~=surface]').waitFor();
    await drawSeven(page);
    await page.locator('digit-recognizer:state(error)').waitFor();
    assert.match(await developerMessage(page), /wasm-unsafe-eval|WebAssembly/);
    assert.match(await page.locator('[role=alert]').innerText(), /cannot run in this browser/);
    assert.equal(await page.locator('.stroke').count(), 1);
  });

  test("reads with the page's own model under Trusted Types that also allow the package's policy", async () => {
    const types = "require-trusted-types-for 'script'; trusted-types lit-html digit-recognizer";
    const own = '<digit-recognizer model="/models/compact.onnx" backend="wasm"></digit-recognizer>';
    const folders = {
      ...packageCdn,
      '/': writePage(`<script type="module" src="${scriptPath}"></script>${own}`),
    };
    const policy = `${least}; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; ${types}`;
    const { page, complaints } = await openPage(await serve(folders, policy));
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('reads in a sandboxed page, which has no origin', async () => {
    const policy = `sandbox allow-scripts; ${least}; script-src 'self' 'wasm-unsafe-eval'`;
    const { page, complaints } = await open(`${script}${tag}`, policy);
    assert.equal(await page.evaluate(() => window.origin), 'null');
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });
});

describe('in a sandboxed frame', () => {
  const policy = `${least}; frame-src 'self'; script-src 'self' 'wasm-unsafe-eval'`;
  const framed = (sandbox: string): Record<string, string> => ({
    '/package/': cdn,
    '/inner/': writePage(`${script}<form><label>Digit ${tag}</label></form>`),
    '/': writePage(`<iframe sandbox="${sandbox}" src="/inner/index.html" width="700" height="500"></iframe>`),
  });

  test('reads, and notifies its page, if only scripts are allowed', async () => {
    const { page, complaints } = await openPage(await serve(framed('allow-scripts'), policy));
    const frame = page.frames()[1];
    assert.equal(await frame.evaluate(() => window.origin), 'null');
    await drawSeven(page, frame);
    assert.equal(await settledValue(frame), '7');
    assert.deepEqual(complaints, []);
  });

  test('breaks nothing if no script runs', async () => {
    const { page, complaints } = await openPage(await serve(framed(''), policy));
    assert.equal(await page.frameLocator('iframe').locator('digit-recognizer').count(), 1);
    assert.deepEqual(
      complaints.filter((complaint) => !complaint.startsWith('console: Blocked script execution')),
      [],
    );
  });
});

describe('hostile text', () => {
  test('stays text in attributes, labels and model names', async () => {
    const words = '&lt;img src=x onerror=&quot;globalThis.pwned=true&quot;&gt;';
    const hostile = ['label', 'name', 'lang', 'placeholder', 'top', 'model', 'backend']
      .map((name) => `<digit-recognizer ${name}="${words}"></digit-recognizer>`)
      .join('');
    const label = `<label>${words}<digit-recognizer backend="wasm"></digit-recognizer></label>`;
    const { page } = await open(`${script}${hostile}${label}`, "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'");
    await page.locator('digit-pad [part~=surface]').first().waitFor();
    // An image of the test fails like those that the words would insert, but after them.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          Object.assign(new Image(), { onerror: resolve, src: 'x' });
        }),
    );
    assert.equal(await page.evaluate(() => 'pwned' in globalThis), false);
    assert.equal(await page.locator('img').count(), 0);
  });
});

test('hostile input leads to answers and typed errors', async () => {
  const results = await runFuzz({ count: process.env.CI ? 3000 : 300, seed: 20261124 });
  assert.deepEqual(
    results.flatMap(({ findings }) => findings),
    [],
  );
});
