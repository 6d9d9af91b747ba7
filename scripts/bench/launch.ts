/** The browsers that are measured, both through Puppeteer: Chromium by its DevTools, Firefox by WebDriver BiDi. */
import puppeteer, { type Browser } from 'puppeteer-core';
import {
  browserArguments,
  firefoxPreferences,
  firefoxSoftwareWebGpuPreferences,
  softwareWebGpuArguments,
} from '../shared/browser-options.js';
import { ensureBrowser, findFirefox } from '../shared/find-browser.js';

/** Time limit of any call, in milliseconds: a million predictions on a slow machine. */
export const timeout = 3_600_000;

const common = { protocolTimeout: timeout, defaultViewport: { width: 1280, height: 720 } };

/** @throws {Error} if no Firefox is installed */
export function launch({ firefox }: { firefox: boolean }, { softwareWebGpu = false } = {}): Promise<Browser> {
  if (!firefox) {
    return puppeteer.launch({
      ...common,
      executablePath: ensureBrowser(),
      args: [
        ...browserArguments,
        ...(softwareWebGpu ? softwareWebGpuArguments : []),
        // Reports memory at once, not when the browser next finds the time.
        '--enable-blink-features=ForceEagerMeasureMemory',
      ],
    });
  }
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found. Install it, or set FIREFOX_PATH.');
  return puppeteer.launch({
    ...common,
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: { ...firefoxPreferences, ...(softwareWebGpu ? firefoxSoftwareWebGpuPreferences : {}) },
  });
}

/** Name and version. */
export const nameOf = async (browser: Browser): Promise<string> =>
  (await browser.version()).replace(/^(Headless)?Chrome\//, 'Chromium ').replace('/', ' ');
