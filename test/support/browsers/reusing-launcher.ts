/**
 * web-test-runner's launcher for Chromium, which gives a test file the page of one that has ended. A page of its own,
 * with a window and a process, costs a third of a second of the processor's time; 160 of them, a minute of a run.
 */
import type { TestRunnerCoreConfig, TestRunnerPlugin } from '@web/test-runner-core';
import { PlaywrightLauncher } from '@web/test-runner-playwright';
import type { BrowserContextOptions, LaunchOptions } from 'playwright-core';
import { releaseChromium } from './chromium.js';

type LauncherPage = Awaited<ReturnType<PlaywrightLauncher['createNewPage']>>;
type PlaywrightBrowser = Parameters<PlaywrightLauncher['createNewPage']>[0];

/** Nothing, from the origin of the tests: elsewhere the page would have another process. */
const blankPath = '/blank-page';

export const blankPagePlugin = (): TestRunnerPlugin => ({
  name: 'blank-page',
  serve: ({ path }) => (path === blankPath ? { body: '<!doctype html>', type: 'html' } : undefined),
});

export class ReusingLauncher extends PlaywrightLauncher {
  readonly #idle: LauncherPage[] = [];
  #config: TestRunnerCoreConfig | undefined;

  /** @param concurrency pages at once */
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
    // What is watched, debugged or measured ends with its page.
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
        // It has crashed or hangs.
        return end();
      }
    };
    return page;
  }
}

/** Leaves nothing to the next test file: neither what runs or is stored, nor what is pressed or emulated. */
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
