/** The installed Firefox, driven through WebDriver BiDi. */
import { existsSync } from 'node:fs';
import puppeteer, { type Page } from 'puppeteer-core';
import { firefoxPreferences, firefoxSoftwareWebGpuPreferences } from '../../../scripts/shared/browser-options.js';
import { findFirefox } from '../../../scripts/shared/find-browser.js';
import { requireMedia, Unsupported, type DrivenBrowser, type OpenPage } from './driven-page.js';
import { keySources, PointerActions } from './webdriver-actions.js';

/** The page's WebDriver BiDi context, which Puppeteer exposes only in part. */
interface BidiFrame {
  readonly browsingContext: {
    performActions(actions: unknown[]): Promise<void>;
    releaseActions(): Promise<void>;
    traverseHistory(delta: number): Promise<void>;
  };
}

/** Mesa's software Vulkan driver; Debian's package mesa-vulkan-drivers. */
export const hasSoftwareVulkan = (): boolean =>
  existsSync('/usr/share/vulkan/icd.d/lvp_icd.x86_64.json') || existsSync('/usr/share/vulkan/icd.d/lvp_icd.json');

function openPage(page: Page): OpenPage {
  const { browsingContext } = page.mainFrame() as unknown as BidiFrame;
  const pointers = new PointerActions({ types: ['mouse', 'touch'] });
  return {
    pointer: (payload) => browsingContext.performActions(pointers.sources(payload)),
    press: (keys) => browsingContext.performActions(keySources(keys)),
    release: () => browsingContext.releaseActions(),
    setViewport: (size) => page.setViewport(size),
    emulateMedia: (media) => requireMedia((expression) => page.evaluate(expression), media),
    collectGarbage: () => Promise.reject(new Unsupported('garbage cannot be collected on demand')),
    goto: async (url) => {
      await page.goto(url);
    },
    url: () => Promise.resolve(page.url()),
    reload: async () => {
      await page.reload();
    },
    // Puppeteer's own method waits for a load, which does not occur for a page from the back/forward cache.
    back: () => browsingContext.traverseHistory(-1),
    evaluate: (expression) => page.evaluate(expression),
    close: () => page.close(),
  };
}

export async function launchFirefox({ webgpu = false } = {}): Promise<DrivenBrowser> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  const browser = await puppeteer.launch({
    // Its first start on busy processors takes longer than Puppeteer's half a minute.
    timeout: 120_000,
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      ...firefoxPreferences,
      ...(webgpu ? firefoxSoftwareWebGpuPreferences : {}),
    },
  });
  return {
    version: (await browser.version()).replace('/', ' '),
    open: async () => openPage(await browser.newPage()),
    close: () => browser.close(),
  };
}
