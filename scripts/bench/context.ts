import type { Browser } from 'puppeteer-core';
import { caller } from '../shared/module-page.js';
import { timeout } from './launch.js';
import type { Options } from './options.js';
import type { FileServer } from './serve-files.js';

/** What a part measures with. */
export interface Context {
  readonly options: Options;
  readonly server: FileServer;
  readonly browser: Browser;
  /** Reports progress. */
  readonly report: (message: string) => void;
}

/**
 * Opens a page in a browser context of its own, which is closed with it.
 * @param url absolute, or relative to the bench's pages
 */
export async function openPage<Script>({ browser, server, options }: Context, url: string) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  if (options.throttle > 1) await page.emulateCPUThrottling(options.throttle);
  await page.goto(new URL(url, server.origin).href);
  return Object.assign(page, { call: caller<Script>(page), [Symbol.asyncDispose]: () => context.close() });
}
