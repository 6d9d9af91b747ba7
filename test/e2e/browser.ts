import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { browserArguments, ensureBrowser } from '../../scripts/browser.js';

/** Starts the browser that the tests run in. */
export function launchBrowser(additionalArguments: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: [...browserArguments, ...additionalArguments] });
}

/** A folder with one page, `index.html`. */
export function writePage(markup: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-page-'));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${markup}`,
  );
  return folder;
}

/** What a page did that it should not: messages of errors, and requests to other origins than those allowed. */
export function watch(page: Page, origins: readonly string[]): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The empty icon of the test's own page is refused by a policy that allows no data: URLs.
    if (message.type() === 'error' && !message.text().includes("'data:,'")) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !origins.some((origin) => url.startsWith(`${origin}/`))) complaints.push(url);
  });
  return complaints;
}

/** Draws a seven on the first pad of a page with the mouse. */
export async function drawSeven(page: Page): Promise<void> {
  const box = (await page.locator('digit-pad .surface').first().boundingBox())!;
  const at = ([x, y]: readonly number[]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at([0.28, 0.22]));
  await page.mouse.down();
  for (const point of [
    [0.5, 0.2],
    [0.72, 0.2],
    [0.6, 0.45],
    [0.5, 0.65],
    [0.44, 0.82],
  ]) {
    await page.mouse.move(...at(point), { steps: 4 });
  }
  await page.mouse.up();
}

/** The value of the first recognizer once the present ink is answered. */
export function settledValue(page: Page): Promise<string> {
  return page
    .locator('digit-recognizer')
    .first()
    .evaluate(async (element) => {
      const recognizer = element as HTMLElement & { recognitionComplete: Promise<unknown>; value: string };
      await recognizer.recognitionComplete;
      return recognizer.value;
    });
}
