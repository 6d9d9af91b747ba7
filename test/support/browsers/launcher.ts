/** web-test-runner's launcher for browsers that the tests drive themselves, one test file at a time. */
import type { BrowserLauncher, SessionResult } from '@web/test-runner-core';
import type { DrivenBrowser, OpenPage } from './driven-page.js';

export class DrivenLauncher implements BrowserLauncher {
  readonly type = 'driven';
  readonly concurrency = 1;
  readonly name: string;
  readonly #launch: () => Promise<DrivenBrowser>;
  #browser: Promise<DrivenBrowser> | undefined;
  readonly #pages = new Map<string, OpenPage>();

  constructor(name: string, launch: () => Promise<DrivenBrowser>) {
    this.name = name;
    this.#launch = launch;
  }

  async startSession(session: string, url: string): Promise<void> {
    const browser = await (this.#browser ??= this.#launch());
    const page = await browser.open();
    this.#pages.set(session, page);
    await page.setViewport({ width: 800, height: 600 });
    await page.goto(url);
  }

  getPage(session: string): OpenPage {
    const page = this.#pages.get(session);
    if (!page) throw new Error('This test file has no page any more.');
    return page;
  }

  isActive(session: string): boolean {
    return this.#pages.has(session);
  }

  getBrowserUrl(session: string): Promise<string> {
    return this.getPage(session).url();
  }

  async stopSession(session: string): Promise<SessionResult> {
    const page = this.getPage(session);
    this.#pages.delete(session);
    await page.close();
    return {};
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error(`Debugging is not offered in ${this.name}.`));
  }

  async stop(): Promise<void> {
    await (await this.#browser)?.close();
  }
}
