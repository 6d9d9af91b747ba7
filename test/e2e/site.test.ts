import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { serveFolders } from '../../scripts/serve-folders.js';
import { buildSite, siteFolder } from '../../scripts/site.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { drawSeven, launchBrowser, settledValue, watch } from './browser.js';

/** A static host's: none. The demo page brings its own policy. */
const noPolicy = "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:";

let browser: Browser;
let server: Awaited<ReturnType<typeof serveFolders>>;

before(async () => {
  buildSite();
  server = await serveFolders({ '/below/': siteFolder }, { contentSecurityPolicy: noPolicy });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  server.close();
});

for (const width of [320, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the demo reads a digit at ${width} px, ${colorScheme}, below a sub-path, with no complaint`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const complaints = watch(page, [server.origin]);
      await page.goto(`${server.origin}/below/index.html`);
      await page.locator('#one .surface').waitFor();
      await drawSeven(page);
      assert.equal(await settledValue(page), '7');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
}

test('the demo works without a network after the first visit', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/below/index.html`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(
    async () => (await caches.keys()).length > 0 && navigator.serviceWorker.controller === null,
  );
  await context.setOffline(true);
  await page.goto(`${server.origin}/below/index.html`);
  await page.locator('#one:state(ready)').waitFor({ timeout: 30_000 });
  await drawSeven(page);
  assert.equal(await settledValue(page), '7');
  await context.close();
});

test('the demo shows which ink counted, and reads a number', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.origin}/below/index.html`);
  await page.locator('#one:state(ready)').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'take a four' }).click();
  await page.getByText('What counts most for 4').waitFor();
  await page.locator('#several').scrollIntoViewIfNeeded();
  await page.locator('#several:state(ready)').waitFor({ timeout: 30_000 });
  await page.locator('#several').evaluate(
    (element, strokes) => {
      (element as HTMLElement & { strokes: unknown }).strokes = strokes;
    },
    asStrokes(drawnNumber('71', { x: 30, y: 20, size: 120 })),
  );
  assert.equal(
    await page.locator('#several').evaluate(async (element) => {
      const several = element as HTMLElement & { recognitionComplete: Promise<unknown>; value: string };
      await several.recognitionComplete;
      return several.value;
    }),
    '71',
  );
  await page.close();
});

test('the demo leads to the Storybook, whose stories show the elements', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/below/index.html`);
  const link = await page.getByRole('link', { name: 'Storybook' }).first().getAttribute('href');
  await page.goto(new URL(link!, `${server.origin}/below/`).href);
  const stories = page.frameLocator('#storybook-preview-iframe');
  await stories.locator('digit-recognizer').first().waitFor({ timeout: 60_000 });
  await page.close();
});
