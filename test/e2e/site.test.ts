import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/setup.js';
import { serveFolders } from '../../scripts/shared/serve-folders.js';
import { watchPage } from '../../scripts/shared/watch-page.js';
import { buildSite, siteFolder } from '../../scripts/site.js';
import { canvasOfSeven } from '../support/browsers/draw-seven.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { drawSeven, launchBrowser, settledValue } from './browser.js';

interface Recognizer extends HTMLElement {
  strokes: unknown;
  readonly model: string;
  readonly status: string;
  readonly value: string;
  readonly recognitionComplete: Promise<unknown>;
}

/** Draws a 71 where the demo reads numbers; returns the answer. */
async function readNumber(page: Page): Promise<string> {
  await page.locator('#several').scrollIntoViewIfNeeded();
  await page.locator('#several:state(ready)').waitFor({ timeout: 30_000 });
  return page.locator('#several').evaluate(
    async (element, strokes) => {
      const several = element as Recognizer;
      several.strokes = strokes;
      await several.recognitionComplete;
      return several.value;
    },
    asStrokes(drawnNumber('71', { x: 30, y: 20, size: 120 })),
  );
}

/** Those of a static host: none. The demo page has its own policy. */
const noPolicy = "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:";

let browser: Browser;
let server: Awaited<ReturnType<typeof serveFolders>>;

before(async () => {
  await buildSite();
  server = await serveFolders({ '/below/': siteFolder }, { contentSecurityPolicy: noPolicy });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  server.close();
});

for (const width of [320, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the demo reads a digit at ${width} px, ${colorScheme}, below a sub-path, without errors`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const complaints = watchPage(page, [server.origin]);
      await page.goto(`${server.origin}/below/index.html`);
      await page.locator('#one [part~=surface]').waitFor();
      await drawSeven(page);
      assert.equal(await settledValue(page), '7');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
}

test('the demo works offline after the first visit: digits, numbers, pictures, views and both networks', async () => {
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
  assert.equal(await readNumber(page), '71');
  await page.getByRole('button', { name: 'use this four' }).click();
  await page.getByText('What matters most for 4').waitFor();
  const one = "document.querySelector('#one')";
  const ofPicture = await page.evaluate(`${one}.recognize(${canvasOfSeven}).then(() => ${one}.value)`);
  assert.equal(ofPicture, '7');
  await page.locator('select[name=model]').selectOption('reference');
  await page.locator('#one:state(ready)').waitFor({ timeout: 30_000 });
  await drawSeven(page);
  assert.equal(await settledValue(page), '7');
  const elsewhere = await page.goto(`${server.origin}/below/storybook/index.html`);
  assert.equal(elsewhere!.status(), 503);
  await page.getByText('needs a connection').waitFor();
  await context.close();
});

test('a new version of the demo deletes the files of its old versions, and no others', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const others = ['files of another site', 'digit-recognizer-demo /elsewhere/ 1'];
  await page.goto(`${server.origin}/below/offline.js`);
  await page.evaluate(
    (names) => Promise.all(names.map((name) => caches.open(name))),
    [...others, 'digit-recognizer-demo /below/ 1'],
  );
  await page.goto(`${server.origin}/below/index.html`);
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') {
      await new Promise((resolve) => active!.addEventListener('statechange', resolve, { once: true }));
    }
  });
  const kept = await page.evaluate(() => caches.keys());
  const own = kept.filter((name) => name.startsWith('digit-recognizer-demo /below/ '));
  assert.deepEqual(kept.filter((name) => !own.includes(name)).sort(), [...others].sort());
  assert.equal(own.length, 1);
  assert.notEqual(own[0], 'digit-recognizer-demo /below/ 1');
  await context.close();
});

test('the demo shows which ink mattered, and reads a number', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.origin}/below/index.html`);
  await page.locator('#one:state(ready)').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'use this four' }).click();
  await page.getByText('What matters most for 4').waitFor();
  assert.equal(await readNumber(page), '71');
  await page.close();
});

test('the demo links to the Storybook, whose stories show the elements', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/below/index.html`);
  const link = await page.getByRole('link', { name: 'Storybook' }).first().getAttribute('href');
  await page.goto(new URL(link!, `${server.origin}/below/`).href);
  const stories = page.frameLocator('#storybook-preview-iframe');
  await stories.locator('digit-recognizer').first().waitFor({ timeout: 60_000 });
  await page.close();
});

const openDocs = async (page: Page, id: string): Promise<void> => {
  await page.goto(`${server.origin}/below/storybook/iframe.html?viewMode=docs&id=${id}`);
  await page.locator('.sbdocs h1').first().waitFor({ timeout: 60_000 });
};

/**
 * Whether all stories and pictures of a page are shown, and nothing loads anymore but the stalled network. The request
 * of a worker that has been terminated never ends for Playwright, so the network is never idle.
 */
function isLoaded(): boolean {
  const stories = [...document.querySelectorAll('[id^="story--"][id$="-inner"]')];
  const recognizers = [...document.querySelectorAll<Recognizer>('digit-recognizer')];
  return (
    document.readyState === 'complete' &&
    [...document.images].every(({ complete }) => complete) &&
    stories.every(({ childElementCount }) => childElementCount > 0) &&
    recognizers.every(({ status, model }) => status !== 'loading' || model.includes('stalled'))
  );
}

/** The story of a missing network requests one that does not exist. */
const intended = /404|ONNX Runtime, which has not been plugged in/;

test('every page of the Storybook fits a narrow screen, shows no Markdown, and makes no third-party requests', async () => {
  const { entries } = JSON.parse(readFileSync(join(siteFolder, 'storybook/index.json'), 'utf8')) as {
    entries: Record<string, { type: 'docs' | 'story' }>;
  };
  const pages = Object.keys(entries).filter((id) => entries[id].type === 'docs');
  assert.ok(pages.includes('getting-started--docs') && pages.includes('recipes--docs'), pages.join());
  const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
  const complaints = watchPage(page, [server.origin]);
  for (const id of pages) {
    await openDocs(page, id);
    await page.waitForFunction(isLoaded, undefined, { timeout: 60_000 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, id);
    // MDX knows no tables by itself.
    assert.equal(await page.locator('p', { hasText: /\| ?---/ }).count(), 0, id);
    assert.deepEqual(
      complaints.filter((complaint) => !intended.test(complaint)),
      [],
      id,
    );
  }
  await page.close();
});

interface Named {
  name: string;
}

interface Declaration {
  tagName?: string;
  members?: (Named & { kind: 'field' | 'method'; attribute?: string })[];
  attributes?: Named[];
  events?: Named[];
  slots?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
  cssStates?: Named[];
}

/** The names in the table of an element's page, by heading. */
async function readTable(page: Page): Promise<Map<string, string[]>> {
  const rows = page.locator('.docblock-argstable-body tr');
  await rows.first().waitFor();
  const found = new Map<string, string[]>();
  let names: string[] = [];
  for (const row of await rows.all()) {
    const text = (await row.locator('td').first().innerText()).trim();
    const [, heading] = /^Hide (.*) items/.exec(text) ?? [];
    if (heading) found.set(heading, (names = []));
    else names.push(text.replace(/\(.*\)$/, (brackets) => (text.startsWith(':state') ? brackets : '')));
  }
  return found;
}

test("an element's page lists everything in its manifest", async () => {
  const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: Declaration[] }[];
  };
  const elements = modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
  assert.equal(elements.length, 4);
  const page = await browser.newPage();
  for (const element of elements) {
    await openDocs(page, `${element.tagName}--docs`);
    const table = await readTable(page);
    const check = (heading: string, named: readonly Named[] = [], nameOf = ({ name }: Named): string => name): void => {
      const missing = named.map(nameOf).filter((name) => !table.get(heading)?.includes(name));
      assert.deepEqual(missing, [], `${heading} of ${element.tagName}: ${table.get(heading)?.join()}`);
    };
    const { members = [], attributes = [] } = element;
    check('attributes', attributes);
    const fields = members.filter(({ kind }) => kind === 'field');
    check(
      'properties',
      fields.filter(({ attribute }) => !attribute),
    );
    const text = await page.locator('.docblock-argstable-body').innerText();
    for (const { name } of fields) assert.ok(text.includes(name), `${element.tagName}.${name}`);
    check(
      'methods',
      members.filter(({ kind }) => kind === 'method'),
    );
    check('events', element.events);
    // The slot without a name is shown as '(no name)', of which readTable() leaves nothing.
    check('slots', element.slots);
    check('css shadow parts', element.cssParts);
    check('css custom properties', element.cssProperties);
    check('custom states', element.cssStates, ({ name }) => `:state(${name})`);
  }
  await page.close();
});
