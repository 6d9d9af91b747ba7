/**
 * The content of a pad is restored with its page: by a real reload and real history navigation, in each installed
 * browser.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import sirv from 'sirv';
import { root } from '../../scripts/setup.js';
import { listen, type Server } from '../../scripts/shared/serve-folders.js';
import { candidates } from '../../scripts/test-browsers/candidates.js';
import { canvasOfSeven, drawSevenIn } from '../support/browsers/draw-seven.js';
import type { DrivenBrowser, OpenPage } from '../support/browsers/driven-page.js';
import { writePage } from './browser.js';

/**
 * A recognizer, and next to it the simplest field that a browser can restore: if that is not restored, nothing can be.
 */
const markup = `<script type="module" src="/package/digit-recognizer.js"></script>
  <script src="/least-control.js"></script>
  <form>
    <least-control name="least"></least-control>
    <digit-recognizer name="digit" backend="wasm"></digit-recognizer>
  </form>`;

const leastControl = `customElements.define('least-control', class extends HTMLElement {
  static formAssociated = true;
  restored = '';
  internals = this.attachInternals();
  formStateRestoreCallback(state) { this.restored = state; }
});`;

/** With `multiple` from the start: the number is restored before the element has rendered. */
const markupOfNumbers = markup.replace('<digit-recognizer', '<digit-recognizer multiple');

const recognizer = "document.querySelector('digit-recognizer')";
const state = `(async () => {
  await customElements.whenDefined('digit-recognizer');
  await ${recognizer}.recognitionComplete;
  const { value, strokes } = ${recognizer};
  return { value, strokes: strokes.length, sent: new FormData(document.forms[0]).get('digit') };
})()`;

interface Left {
  readonly value: string;
  readonly strokes: number;
  readonly sent: string;
}

const drawings: Readonly<
  Record<string, { file: string; act: (page: OpenPage) => Promise<unknown>; before?: Left; left: Left }>
> = {
  ink: { file: 'index.html', act: (page: OpenPage) => drawSevenIn(page), left: { value: '7', strokes: 1, sent: '7' } },
  // The form gets nothing until the pen is lifted, which leaving the page does.
  'a stroke under the pen': {
    file: 'index.html',
    act: (page: OpenPage) => drawSevenIn(page, { held: true }),
    before: { value: '7', strokes: 1, sent: '' },
    left: { value: '7', strokes: 1, sent: '7' },
  },
  'a stroke that a key has begun': {
    file: 'index.html',
    act: async (page: OpenPage) => {
      await page.evaluate(`customElements.whenDefined('digit-recognizer').then(() => { ${recognizer}.value = '5'; })`);
      await page.evaluate(`${recognizer}.updateComplete.then(() => ${recognizer}.focus())`);
      await page.press('Space');
      for (let step = 0; step < 5; step++) await page.press('ArrowDown');
    },
    before: { value: '1', strokes: 1, sent: '' },
    left: { value: '1', strokes: 1, sent: '1' },
  },
  'a typed number': {
    file: 'numbers.html',
    act: async (page: OpenPage) => {
      await page.evaluate(`customElements.whenDefined('digit-recognizer').then(() => ${recognizer}.updateComplete)`);
      await page.evaluate(`${recognizer}.focus()`);
      for (const key of '20') await page.press(key);
    },
    left: { value: '20', strokes: 0, sent: '20' },
  },
  'an answer from a picture': {
    file: 'index.html',
    act: (page: OpenPage) => page.evaluate(`${recognizer}.recognize(${canvasOfSeven}).then(() => {})`),
    left: { value: '7', strokes: 0, sent: '7' },
  },
  'a value that the page has set': {
    file: 'index.html',
    act: (page: OpenPage) =>
      page.evaluate(`customElements.whenDefined('digit-recognizer').then(() => { ${recognizer}.value = '5'; })`),
    left: { value: '5', strokes: 0, sent: '5' },
  },
};

const ways = {
  'a reload': (page: OpenPage) => page.reload(),
  'history navigation': async (page: OpenPage) => {
    const { origin } = new URL(await page.url());
    await page.goto(`${origin}/other.html`);
    await page.back();
  },
};

for (const { name, launch, missing } of candidates.filter(({ webgpu }) => !webgpu)) {
  describe(`the content of the pad is restored in ${name}`, { skip: missing() ?? false }, () => {
    let browser: DrivenBrowser;
    let server: Server;

    before(async () => {
      const folder = writePage(markup);
      writeFileSync(join(folder, 'numbers.html'), `<!doctype html><meta charset="utf-8">${markupOfNumbers}`);
      writeFileSync(join(folder, 'least-control.js'), leastControl);
      writeFileSync(join(folder, 'other.html'), '<!doctype html><title>Elsewhere</title>');
      // Firefox restores nothing of pages that must not be stored.
      const [pages, elements] = [sirv(folder), sirv(join(root, 'dist/cdn'))];
      server = await listen((request, response) => {
        const { url = '/' } = request;
        if (!url.startsWith('/package/')) return pages(request, response);
        request.url = url.slice('/package'.length);
        return elements(request, response);
      });
      browser = await launch();
    });
    after(async () => {
      await browser.close();
      server.close();
    });

    for (const [way, go] of Object.entries(ways)) {
      for (const [what, { file, act, left, before = left }] of Object.entries(drawings)) {
        test(`${what}, after ${way}`, async (context: TestContext) => {
          const page = await browser.open();
          try {
            await page.setViewport({ width: 800, height: 700 });
            await page.goto(`${server.origin}/${file}`);
            await page.evaluate("document.querySelector('least-control').internals.setFormValue('1', 'kept')");
            await act(page);
            assert.deepEqual(await page.evaluate(state), before);
            await page.evaluate('void (globalThis.alive = true)');
            await go(page);
            const there = `document.readyState === 'complete' && location.pathname === '/${file}'`;
            const deadline = Date.now() + 20_000;
            // A page that is being left no longer responds.
            while (!(await page.evaluate(there).catch(() => false)))
              assert.ok(Date.now() < deadline, 'it is not restored');
            const kept = (await page.evaluate(
              "({ alive: globalThis.alive === true, restored: document.querySelector('least-control').restored === 'kept' })",
            )) as { alive: boolean; restored: boolean };
            // A browser that has kept the whole page alive has nothing to restore.
            if (!kept.alive && !kept.restored) return context.skip(`${name} restores no form after ${way}`);
            assert.deepEqual(await page.evaluate(state), left);
          } finally {
            await page.release();
            await page.close();
          }
        });
      }
    }
  });
}
