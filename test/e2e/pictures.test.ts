import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/setup.js';
import { useBrowser, writePage, type Visit } from './browser.js';

const markup =
  '<script type="module" src="/package/digit-recognizer.js"></script><digit-recognizer pictures backend="wasm"></digit-recognizer>';
const strict = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'`;
const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><path d="M60 50h80L90 160" fill="none" stroke="#136" stroke-width="14"/></svg>',
);

const { serve, open: openPage } = useBrowser();

async function open(policy: string): Promise<Visit> {
  const visit = await openPage(await serve({ '/package/': join(root, 'dist/cdn'), '/': writePage(markup) }, policy));
  await visit.page.locator('digit-recognizer:state(ready)').waitFor({ timeout: 30_000 });
  return visit;
}

/** Chooses a file as a user does: with the button, in the browser's own file chooser. */
async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('[part=choose]').click()]);
  await chooser.setFiles(file);
}

const waitForValue = (page: Page, value: string): Promise<unknown> =>
  page.waitForFunction(
    (expected) => (document.querySelector('digit-recognizer') as unknown as { value: string }).value === expected,
    value,
  );

describe('a chosen picture', () => {
  test('is read under the strictest policy', async () => {
    const { page, complaints } = await open(strict);
    const dataUrl = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: 200, height: 200 });
      const drawing = canvas.getContext('2d')!;
      drawing.lineWidth = 14;
      drawing.stroke(new Path2D('M60 50H140L90 160'));
      return canvas.toDataURL();
    });
    const buffer = Buffer.from(dataUrl.split(',')[1], 'base64');
    await choose(page, { name: 'seven.png', mimeType: 'image/png', buffer });
    await waitForValue(page, '7');
    assert.equal(await page.locator('.picture-name').innerText(), 'seven.png');
    assert.deepEqual(complaints, []);
  });

  test('is read as SVG if the policy allows data: images', async () => {
    const { page, complaints } = await open(`${strict}; img-src data:`);
    await choose(page, { name: 'seven.svg', mimeType: 'image/svg+xml', buffer: svg });
    await waitForValue(page, '7');
    assert.deepEqual(complaints, []);
  });

  const forbidden = {
    'the policy forbids data: pictures': { policy: strict, told: /Allow `img-src data:`/ },
    'Trusted Types forbid parsing it': {
      policy: `${strict}; img-src data:; require-trusted-types-for 'script'; trusted-types lit-html`,
      told: /Trusted Types forbid parsing SVG/,
    },
  };
  for (const [what, { policy, told }] of Object.entries(forbidden)) {
    test(`is not read as SVG where ${what}, which is reported`, async () => {
      const { page } = await open(policy);
      const logged = page.waitForEvent('console', (message) => told.test(message.text()));
      await choose(page, { name: 'seven.svg', mimeType: 'image/svg+xml', buffer: svg });
      await logged;
      const alert = page.locator('[role=alert]');
      await alert.waitFor();
      assert.match(await alert.innerText(), /does not allow the picture to be read/);
    });
  }
});
