import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { browserArguments } from './browser-options.js';
import { ensureBrowser } from './find-browser.js';

/** Starts Chromium, without a window unless told otherwise. */
export const launchChromium = (switches: readonly string[] = [], options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: ensureBrowser(), args: [...browserArguments, ...switches], ...options });
