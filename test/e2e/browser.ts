import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/shared/launch-chromium.js';
import { serveFolders, type Server } from '../../scripts/shared/serve-folders.js';
import { watchPage } from '../../scripts/shared/watch-page.js';
import { drawnSeven } from '../support/drawings.js';
import { drawWithMouse } from '../../scripts/shared/draw-with-mouse.js';

/** Starts the browser that the tests run in. */
export function launchBrowser(additionalArguments: string[] = []): Promise<Browser> {
  return launchChromium(additionalArguments, { headless: !process.env.HEADED });
}

/** A page, and its violations. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

/**
 * A browser for the tests of a file or a `describe`; everything that a test has opened and served is closed after it.
 */
export function useBrowser(additionalArguments: string[] = []) {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const servers: Server[] = [];

  before(async () => {
    browser = await launchBrowser(additionalArguments);
  });
  after(() => browser.close());
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    for (const server of servers.splice(0)) server.close();
  });

  /** A blank page in a context of its own. */
  const newPage = async (): Promise<{ page: Page; context: BrowserContext }> => {
    const context = await browser.newContext();
    contexts.push(context);
    return { page: await context.newPage(), context };
  };

  /** @param folders by the path that they are served under, such as `/package/`; the first match counts */
  const serve = async (folders: Record<string, string>, contentSecurityPolicy?: string): Promise<Server> => {
    const server = await serveFolders(folders, contentSecurityPolicy ? { contentSecurityPolicy } : {});
    servers.push(server);
    return server;
  };

  /**
   * Opens a server's `index.html`.
   * @param others servers that the page may also request from
   */
  const open = async (server: Server, others: readonly Server[] = []): Promise<Visit> => {
    const { page, context } = await newPage();
    const complaints = watchPage(
      page,
      [server, ...others].map(({ origin }) => origin),
    );
    await page.goto(`${server.origin}/index.html`);
    return { page, context, complaints };
  };

  return { newPage, serve, open };
}

/** Creates a folder with one page, `index.html`, that exists as long as this process. */
export function writePage(markup: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-page-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${markup}`,
  );
  return folder;
}

/**
 * Draws a seven with the mouse.
 * @param frame on whose first pad; by default, the page's own
 */
export async function drawSeven(page: Page, frame: Page | Frame = page): Promise<void> {
  await drawWithMouse(page, frame.locator('digit-pad [part~=surface]').first(), drawnSeven);
}

/** The value of the first recognizer once the current ink has been read. */
export function settledValue(page: Page | Frame): Promise<string> {
  return page
    .locator('digit-recognizer')
    .first()
    .evaluate(async (element) => {
      const recognizer = element as HTMLElement & { recognitionComplete: Promise<unknown>; value: string };
      await recognizer.recognitionComplete;
      return recognizer.value;
    });
}

/** A page's recognizer's error message for developers; its user reads a sentence in their own language. */
export function developerMessage(page: Page): Promise<string> {
  return page.evaluate(
    () => (document.querySelector('digit-recognizer') as unknown as { error: Error | null }).error?.message ?? '',
  );
}

/** Waits until the first recognizer has a state. */
export const waitForStatus = (page: Page, status: string): Promise<unknown> =>
  page.locator(`digit-recognizer:state(${status})`).first().waitFor({ timeout: 30_000 });
