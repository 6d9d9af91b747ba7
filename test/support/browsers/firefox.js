/** Firefox as installed, driven through WebDriver BiDi. */
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { findFirefox, firefoxPreferences, firefoxSoftwareWebGpuPreferences } from '../../../scripts/browser.js';
import { requireMedia, Unsupported } from './driven-page.js';
import { keySources, PointerActions } from './webdriver-actions.js';

/** @import { DrivenBrowser, OpenPage } from './driven-page.js' */
/** @import { Page } from 'puppeteer-core' */
/** What Puppeteer has inside and offers only in part: the page's context of WebDriver BiDi. */
/** @typedef {{ browsingContext: { performActions(actions: unknown[]): Promise<void>, releaseActions(): Promise<void> } }} BidiFrame */

/** Mesa's Vulkan driver that computes on the processor; Debian's package mesa-vulkan-drivers. */
export const hasSoftwareVulkan = () =>
  existsSync('/usr/share/vulkan/icd.d/lvp_icd.x86_64.json') || existsSync('/usr/share/vulkan/icd.d/lvp_icd.json');

/** @param {Page} page @returns {OpenPage} */
function openPage(page) {
  const { browsingContext } = /** @type {BidiFrame} */ (/** @type {unknown} */ (page.mainFrame()));
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
    evaluate: (expression) => page.evaluate(expression),
    close: () => page.close(),
  };
}

/**
 * @param {{ webgpu?: boolean }} [options]
 * @returns {Promise<DrivenBrowser>}
 */
export async function launchFirefox({ webgpu = false } = {}) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  const browser = await puppeteer.launch({
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
