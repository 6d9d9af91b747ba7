/** The browsers that are measured: Chromium through Playwright, Firefox through Puppeteer (WebDriver BiDi). */
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import {
  browserArguments,
  ensureBrowser,
  findFirefox,
  firefoxPreferences,
  firefoxSoftwareWebGpuPreferences,
  softwareWebGpuArguments,
} from '../browser.js';

/** @import { CDPSession } from 'playwright-core' */
/** @import { TraceEvent } from './longest-task.js' */

/** Nothing takes longer than this, in milliseconds: a million predictions on a slow machine. */
const longest = 3_600_000;

/**
 * @typedef {object} BenchPage a page in a context of its own
 * @property {<Argument, Result>(task: (argument: Argument) => Result, argument: Argument) => Promise<Awaited<Result>>} evaluate
 * @property {{ move(x: number, y: number): Promise<void>, down(): Promise<void>, up(): Promise<void> }} mouse
 * @property {CDPSession | null} protocol of Chromium
 * @property {((action: () => Promise<unknown>) => Promise<TraceEvent[]>) | null} trace what Chromium does meanwhile
 * @property {(url: string) => Promise<void>} goto
 * @property {() => Promise<void>} close
 *
 * @typedef {object} BenchBrowser
 * @property {string} name with its version
 * @property {(url: string) => Promise<BenchPage>} open
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ softwareWebGpu?: boolean }} [options]
 * @returns {Promise<BenchBrowser>}
 */
export async function launchChromium({ softwareWebGpu = false } = {}) {
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: [
      ...browserArguments,
      ...(softwareWebGpu ? softwareWebGpuArguments : []),
      // Memory is told at once, not when the browser next finds the time.
      '--enable-blink-features=ForceEagerMeasureMemory',
    ],
  });
  return {
    name: `Chromium ${browser.version()}`,
    open: async (url) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(longest);
      const protocol = await context.newCDPSession(page);
      await page.goto(url);
      return {
        evaluate: /** @type {BenchPage['evaluate']} */ (
          (task, argument) => page.evaluate(/** @type {never} */ (task), argument)
        ),
        mouse: page.mouse,
        protocol,
        trace: async (action) => {
          await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
          await action();
          /** @type {{ traceEvents: TraceEvent[] }} */
          const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
          return traceEvents;
        },
        goto: async (next) => {
          await page.goto(next);
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/**
 * @param {{ softwareWebGpu?: boolean }} [options]
 * @returns {Promise<BenchBrowser>}
 * @throws {Error} when there is none
 */
export async function launchFirefox({ softwareWebGpu = false } = {}) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: longest,
    extraPrefsFirefox: { ...firefoxPreferences, ...(softwareWebGpu ? firefoxSoftwareWebGpuPreferences : {}) },
  });
  return {
    name: (await browser.version()).replace('/', ' '),
    open: async (url) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(url);
      return {
        evaluate: /** @type {BenchPage['evaluate']} */ (
          (task, argument) => page.evaluate(/** @type {never} */ (task), /** @type {never} */ (argument))
        ),
        mouse: page.mouse,
        protocol: null,
        trace: null,
        goto: async (next) => {
          await page.goto(next);
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
