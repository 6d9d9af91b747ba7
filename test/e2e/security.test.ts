import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { runFuzz } from '../../scripts/fuzz/run.js';
import { serveFolders } from '../../scripts/serve-folders.js';
import { root } from '../../scripts/setup.js';
import { drawSeven, launchBrowser, settledValue, watch, writePage } from './browser.js';

const script = '<script type="module" src="/package/digit-recognizer.js"></script>';
const tag = '<digit-recognizer backend="wasm"></digit-recognizer>';
const least = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src data:";

let browser: Browser;
let context: BrowserContext;
const servers: { close(): void }[] = [];

async function open(markup: string, policy: string): Promise<{ page: Page; complaints: string[]; origin: string }> {
  const folders = { '/package/': join(root, 'dist/cdn'), '/': writePage(markup) };
  const server = await serveFolders(folders, { contentSecurityPolicy: policy });
  servers.push(server);
  context = await browser.newContext();
  const page = await context.newPage();
  const complaints = watch(page, [server.origin]);
  await page.goto(`${server.origin}/index.html`);
  return { page, complaints, origin: server.origin };
}

before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());
afterEach(async () => {
  await context?.close();
  for (const server of servers.splice(0)) server.close();
});

describe('under a strict policy', () => {
  test('reads under Trusted Types that allow the policy of Lit alone', async () => {
    const types = "require-trusted-types-for 'script'; trusted-types lit-html";
    const policy = `${least}; script-src 'self' 'wasm-unsafe-eval'; ${types}`;
    const { page, complaints } = await open(`${script}${tag}`, policy);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('says that WebAssembly is refused, and keeps the ink', async () => {
    const { page } = await open(`${script}${tag}`, `${least}; script-src 'self'`);
    await page.locator('digit-pad .surface').waitFor();
    await drawSeven(page);
    await page.locator('digit-recognizer:state(error)').waitFor();
    assert.match(await page.locator('[role=alert]').innerText(), /wasm-unsafe-eval|WebAssembly/);
    assert.equal(await page.locator('.stroke').count(), 1);
  });

  test('reads in a sandboxed frame, which has no origin', async () => {
    const policy = `sandbox allow-scripts; ${least}; script-src 'self' 'wasm-unsafe-eval'`;
    const { page, complaints } = await open(`${script}${tag}`, policy);
    assert.equal(await page.evaluate(() => window.origin), 'null');
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });
});

describe('hostile words', () => {
  test('stay words in attributes, labels and model names', async () => {
    const words = '&lt;img src=x onerror=&quot;globalThis.pwned=true&quot;&gt;';
    const hostile = ['label', 'name', 'lang', 'placeholder', 'top', 'model', 'backend']
      .map((name) => `<digit-recognizer ${name}="${words}"></digit-recognizer>`)
      .join('');
    const label = `<label>${words}<digit-recognizer backend="wasm"></digit-recognizer></label>`;
    const { page } = await open(`${script}${hostile}${label}`, "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'");
    await page.locator('digit-pad .surface').first().waitFor();
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => 'pwned' in globalThis), false);
    assert.equal(await page.locator('img').count(), 0);
  });
});

test('hostile input ends in answers and typed errors', async () => {
  const results = await runFuzz({ count: 3000, seed: 20261124 });
  assert.deepEqual(
    results.flatMap(({ findings }) => findings),
    [],
  );
});
