/**
 * web-test-runner's launcher for Chromium, which reuses pages of finished test files. A new page, with a window and a
 * process, costs a third of a second of CPU time; 160 of them, a minute per run.
 */
import type { TestRunnerCoreConfig, TestRunnerPlugin } from '@web/test-runner-core';
import { PlaywrightLauncher } from '@web/test-runner-playwright';
import type { BrowserContextOptions, LaunchOptions } from 'playwright-core';
import { releaseChromium } from './chromium.js';

type LauncherPage = Awaited<ReturnType<PlaywrightLauncher['createNewPage']>>;
type PlaywrightBrowser = Parameters<PlaywrightLauncher['createNewPage']>[0];

/** A blank page from the tests' origin: on another origin, it would have another process. */
const blankPath = '/blank-page';

export const blankPagePlugin = (): TestRunnerPlugin => ({
  name: 'blank-page',
  serve: ({ path }) => (path === blankPath ? { body: '<!doctype html>', type: 'html' } : undefined),
});

export class ReusingLauncher extends PlaywrightLauncher {
  readonly #idle: LauncherPage[] = [];
  #config: TestRunnerCoreConfig | undefined;

  /** @param concurrency number of pages */
  constructor(browser: LaunchOptions, context: BrowserContextOptions, concurrency: number) {
    const newContext = ({ browser }: { browser: PlaywrightBrowser }) => browser.newContext(context);
    super('chromium', browser, newContext, ({ context }) => context.newPage(), false, concurrency);
  }

  override async initialize(config: TestRunnerCoreConfig, testFiles: string[]): Promise<void> {
    this.#config = config;
    await super.initialize(config, testFiles);
  }

  override async createNewPage(browser: PlaywrightBrowser): Promise<LauncherPage> {
    const config = this.#config;
    // In watch, debug and coverage mode, pages are not reused.
    if (!config || config.watch || config.coverage) return super.createNewPage(browser);
    const idle = this.#idle.pop();
    if (idle) return idle;
    const page = await super.createNewPage(browser);
    const end = page.stopSession.bind(page);
    page.stopSession = async () => {
      try {
        await clear(page, `${config.protocol}//${config.hostname}:${config.port}`);
        this.#idle.push(page);
        return {};
      } catch {
        // The page has crashed or hangs.
        return end();
      }
    };
    return page;
  }
}

/** Resets the page for the next test file: anything running or stored, pressed or emulated. */
async function clear(
  { playwrightContext: context, playwrightPage: page }: LauncherPage,
  origin: string,
): Promise<void> {
  await releaseChromium(page);
  await page.goto(`${origin}${blankPath}`);
  const protocol = await context.newCDPSession(page);
  await protocol.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await protocol.detach();
  await page.evaluate(() => sessionStorage.clear());
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null });
}
