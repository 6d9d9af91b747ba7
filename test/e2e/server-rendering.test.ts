import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/setup.js';
import { renderMarkup } from '../support/server-render.js';
import { drawSeven, settledValue, useBrowser, writePage, type Visit } from './browser.js';

const tag = '<digit-recognizer backend="wasm" label="Your digit"></digit-recognizer>';

/** Server-rendered markup has inline styles. */
const inlineStyles = "'self' 'unsafe-inline'";

/** A script that waits until the page lets it continue. */
const hydrating = `
  await new Promise((resolve) => addEventListener('go-on', resolve, { once: true }));
  await import('@lit-labs/ssr-client/lit-element-hydrate-support.js');
  await import('digit-recognizer/define.js');
`;

const { serve, open: openPage } = useBrowser();

/** The page as sent by a server. */
async function open(script: string, styles: string): Promise<Visit> {
  const folder = writePage(
    `${await renderMarkup(tag)}<p id="below">Below</p><script type="module" src="script.js"></script>`,
  );
  writeFileSync(join(folder, 'script.js'), script);
  return openPage(
    await serve(
      { '/cdn/': join(root, 'dist/cdn'), '/': folder },
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; style-src ${styles}`,
    ),
  );
}

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    alias: { 'digit-recognizer': join(root, 'dist') },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  // Assets are served next to the package.
  return outputFiles[0].text.replaceAll('"../cdn/assets/', '"/cdn/assets/');
}

/** Boxes and counts of elements. */
const look = (page: Page): Promise<{ boxes: number[][]; pads: number; surfaces: number }> =>
  page.evaluate(() => {
    const recognizer = document.querySelector('digit-recognizer')!.shadowRoot!;
    const pad = recognizer.querySelector('digit-pad')!.shadowRoot!;
    const shown = [
      document.querySelector('#below')!,
      ...pad.querySelectorAll('[part~=surface], [part~=hint], button'),
      ...recognizer.querySelectorAll('digit-preview, digit-predictions'),
    ];
    return {
      boxes: shown
        .map((element) => element.getBoundingClientRect())
        .map(({ x, y, width, height }) => [x, y, width, height].map((value) => Math.round(value * 10) / 10)),
      pads: recognizer.querySelectorAll('digit-pad').length,
      surfaces: pad.querySelectorAll('[part~=surface]').length,
    };
  });

const ready = (page: Page): Promise<void> => page.locator('digit-recognizer:state(ready)').waitFor({ timeout: 30_000 });

describe('a server-rendered page', () => {
  test('shows the elements before any script has run, and hydrates them without layout shifts', async () => {
    const { page, complaints } = await open(await bundle(hydrating), inlineStyles);
    const before = await look(page);
    assert.ok(before.boxes.length >= 8 && before.boxes.every(([, , width]) => width > 0));
    assert.ok(await page.evaluate(() => !customElements.get('digit-recognizer')));
    await page.evaluate(() => {
      Object.assign(window, { shifts: 0 });
      new PerformanceObserver((list) => {
        Object.assign(window, { shifts: (window as unknown as { shifts: number }).shifts + list.getEntries().length });
      }).observe({ type: 'layout-shift', buffered: false });
      dispatchEvent(new Event('go-on'));
    });
    await ready(page);
    assert.deepEqual(await look(page), before);
    assert.equal(await page.evaluate(() => (window as unknown as { shifts: number }).shifts), 0);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('works with the CDN file, which cannot hydrate the elements and replaces them', async () => {
    const { page, complaints } = await open("import '/cdn/digit-recognizer.js';", inlineStyles);
    await ready(page);
    const { pads, surfaces } = await look(page);
    assert.deepEqual([pads, surfaces], [1, 1]);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('has its styles even if the policy forbids those in the markup', async () => {
    const { page } = await open(await bundle(hydrating), "'self'");
    await page.evaluate(() => dispatchEvent(new Event('go-on')));
    await ready(page);
    const { boxes } = await look(page);
    const [, [, , width, height]] = boxes;
    assert.ok(width > 200 && Math.abs(width - height) < 1, `${width} by ${height}`);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });
});
