/** What is on a pad comes back with its page: by a real reload and a real way back, in each browser of this machine. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { candidates } from '../../scripts/browsers/machine.js';
import { serveFolders } from '../../scripts/serve-folders.js';
import { root } from '../../scripts/setup.js';
import { drawSevenIn } from '../support/browsers/draw-seven.js';
import type { DrivenBrowser, OpenPage } from '../support/browsers/driven-page.js';
import { writePage, type Server } from './browser.js';

/** A recognizer, and beside it the least that a browser can restore: what it does not give back, nobody can. */
const markup = `<script type="module" src="/package/digit-recognizer.js"></script>
  <script>
    customElements.define('least-control', class extends HTMLElement {
      static formAssociated = true;
      restored = '';
      internals = this.attachInternals();
      formStateRestoreCallback(state) { this.restored = state; }
    });
  </script>
  <form>
    <least-control name="least"></least-control>
    <digit-recognizer name="digit" backend="wasm"></digit-recognizer>
  </form>`;

/** With `multiple` from the beginning: the number is restored before the element has rendered. */
const markupOfNumbers = markup.replace('<digit-recognizer', '<digit-recognizer multiple');

const recognizer = "document.querySelector('digit-recognizer')";
const state = `(async () => {
  await customElements.whenDefined('digit-recognizer');
  await ${recognizer}.recognitionComplete;
  const { value, strokes } = ${recognizer};
  return { value, strokes: strokes.length, sent: new FormData(document.forms[0]).get('digit') };
})()`;
const picture = `(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 });
  const drawing = canvas.getContext('2d');
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, 200, 200);
  drawing.lineWidth = 14;
  drawing.stroke(new Path2D('M60 50H140L90 160'));
  await ${recognizer}.recognize(canvas);
})()`;

const drawings = {
  ink: { file: 'index.html', act: drawSevenIn, left: { value: '7', strokes: 1, sent: '7' } },
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
    act: (page: OpenPage) => page.evaluate(picture),
    left: { value: '7', strokes: 0, sent: '7' },
  },
  'a value that the page has set': {
    file: 'index.html',
    act: (page: OpenPage) =>
      page.evaluate(`customElements.whenDefined('digit-recognizer').then(() => { ${recognizer}.value = '5'; })`),
    left: { value: '5', strokes: 0, sent: '5' },
  },
};

/** Waits until the page is another document, all there. */
async function arrive(page: OpenPage, path: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  const there = `document.readyState === 'complete' && !globalThis.left && location.pathname === '${path}'`;
  // The page that is being left answers no more.
  while (!(await page.evaluate(there).catch(() => false))) assert.ok(Date.now() < deadline, `${path} does not come`);
}

const ways = {
  'a reload': async (page: OpenPage, path: string) => {
    await page.evaluate('void setTimeout(() => location.reload())').catch(() => {});
    await arrive(page, path);
  },
  'the way back': async (page: OpenPage, path: string) => {
    await page.evaluate("void setTimeout(() => location.assign('/other.html'))").catch(() => {});
    await arrive(page, '/other.html');
    await page.evaluate('void setTimeout(() => history.back())').catch(() => {});
    await arrive(page, path);
  },
};

for (const { name, launch, missing } of candidates.filter(({ webgpu }) => !webgpu)) {
  describe(`what is on the pad comes back, in ${name}`, { skip: missing() ?? false }, () => {
    let browser: DrivenBrowser;
    let server: Server;

    before(async () => {
      const folder = writePage(markup);
      writeFileSync(join(folder, 'numbers.html'), `<!doctype html><meta charset="utf-8">${markupOfNumbers}`);
      writeFileSync(join(folder, 'other.html'), '<!doctype html><title>Elsewhere</title>');
      server = await serveFolders({ '/package/': join(root, 'dist/cdn'), '/': folder });
      browser = await launch();
    });
    after(async () => {
      await browser.close();
      server.close();
    });

    for (const [way, go] of Object.entries(ways)) {
      for (const [what, { file, act, left }] of Object.entries(drawings)) {
        test(`${what}, after ${way}`, async (context: TestContext) => {
          const page = await browser.open();
          try {
            await page.setViewport({ width: 800, height: 700 });
            await page.goto(`${server.origin}/${file}`);
            await page.evaluate("document.querySelector('least-control').internals.setFormValue('1', 'kept')");
            await act(page);
            assert.deepEqual(await page.evaluate(state), left);
            await page.evaluate('void (globalThis.left = true)');
            await go(page, `/${file}`);
            if ((await page.evaluate("document.querySelector('least-control').restored")) !== 'kept') {
              context.skip('this browser restores no custom elements');
              return;
            }
            assert.deepEqual(await page.evaluate(state), left);
          } finally {
            await page.close();
          }
        });
      }
    }
  });
}
