import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { serveFolders } from '../../scripts/serve-folders.js';
import { buildSite, siteFolder } from '../../scripts/site.js';
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
      await page.locator('digit-pad .surface').waitFor();
      await drawSeven(page);
      assert.equal(await settledValue(page), '7');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
}

test('the demo leads to the Storybook, whose stories show the elements', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/below/index.html`);
  const link = await page.getByRole('link', { name: 'Storybook' }).first().getAttribute('href');
  await page.goto(new URL(link!, `${server.origin}/below/`).href);
  const stories = page.frameLocator('#storybook-preview-iframe');
  await stories.locator('digit-recognizer').first().waitFor({ timeout: 60_000 });
  await page.close();
});
