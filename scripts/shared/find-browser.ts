/** Finds the browsers on this machine, and installs a Chromium-based one if there is none. */
import { existsSync } from 'node:fs';
import { Launcher } from 'chrome-launcher';
import { chromium } from 'playwright-core';
import { run } from '../setup.js';

const edgePaths = [
  '/usr/bin/microsoft-edge',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Chrome and Chromium as installed; none if the launcher finds nothing. */
function installedChromes(): string[] {
  try {
    return Launcher.getInstallations();
  } catch {
    return [];
  }
}

/**
 * The browser to test with: CHROME_PATH, else an installed Chrome, Chromium or Edge, else a Playwright download.
 * @returns path of the executable
 */
export function findBrowser(): string | undefined {
  return [
    process.env.CHROME_PATH,
    ...installedChromes(),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    ...edgePaths,
    chromium.executablePath(),
  ].find((path) => path && existsSync(path));
}

/**
 * Finds a browser, and installs one if there is none: by Playwright, else by apt-get as root.
 * @returns path of the executable
 * @throws {Error} if there is none and none can be installed; says what to do
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const installers = [
    () => run('npx', ['playwright-core', 'install', '--with-deps', 'chromium']),
    () => run('apt-get', ['update', '-qq']),
    () => run('apt-get', ['install', '-y', '-qq', 'chromium']),
  ];
  for (const install of installers) {
    try {
      install();
    } catch {
      continue;
    }
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error('No browser found and none could be installed. Install Chrome or Chromium, or set CHROME_PATH.');
}

/** Path of an installed Firefox: FIREFOX_PATH, or the usual one on Linux or macOS. */
export function findFirefox(): string | undefined {
  return [
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ].find((path) => path && existsSync(path));
}
