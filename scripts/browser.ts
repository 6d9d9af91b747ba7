/** Finds the browsers on this machine; a Chromium-based one is installed where there is none. */
import { existsSync } from 'node:fs';
import { Launcher } from 'chrome-launcher';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { run } from './setup.js';

const edgePaths = [
  '/usr/bin/microsoft-edge',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Chrome and Chromium as installed; none where the launcher finds nothing. */
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
 * Finds a browser, and installs one where there is none: by Playwright, else by apt-get as root.
 * @returns path of the executable
 * @throws {Error} when none is there and none can be installed; says what to do
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

/** Path of an installed Firefox: FIREFOX_PATH, or where Linux and macOS have it. */
export function findFirefox(): string | undefined {
  return [
    process.env.FIREFOX_PATH,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ].find((path) => path && existsSync(path));
}

/** Preferences that keep Firefox off the network. */
export const firefoxPreferences = { 'app.update.enabled': false, 'network.captive-portal-service.enabled': false };

/** Preferences with which Firefox computes WebGPU on the processor, where Mesa's software Vulkan is installed. */
export const firefoxSoftwareWebGpuPreferences = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** Whether the browser must run without its own sandbox, as root on Linux must. */
const asRoot = process.getuid?.() === 0;

/** Switches that keep the browser off the network and let it start as root. */
export const browserArguments = [
  ...(asRoot ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Switches that give WebGPU on a software adapter: right for correctness, meaningless for speed. */
export const softwareWebGpuArguments = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

/** Starts Chromium, without a window unless told otherwise. */
export const launchChromium = (switches: readonly string[] = [], options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({ executablePath: ensureBrowser(), args: [...browserArguments, ...switches], ...options });
