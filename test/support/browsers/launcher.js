/** web-test-runner's launcher for the browsers that the tests drive themselves, one test file at a time. */

/** @import { BrowserLauncher } from '@web/test-runner-core' */
/** @import { DrivenBrowser, OpenPage } from './driven-page.js' */

/** @implements {BrowserLauncher} */
export class DrivenLauncher {
  type = 'driven';
  concurrency = 1;
  #launch;
  /** @type {Promise<DrivenBrowser> | undefined} */
  #browser;
  /** @type {Map<string, OpenPage>} */
  #pages = new Map();

  /**
   * @param {string} name
   * @param {() => Promise<DrivenBrowser>} launch
   */
  constructor(name, launch) {
    this.name = name;
    this.#launch = launch;
  }

  /** @param {string} session @param {string} url */
  async startSession(session, url) {
    const browser = await (this.#browser ??= this.#launch());
    const page = await browser.open();
    this.#pages.set(session, page);
    await page.setViewport({ width: 800, height: 600 });
    await page.goto(url);
  }

  /** @param {string} session */
  getPage(session) {
    const page = this.#pages.get(session);
    if (!page) throw new Error('This test file has no page any more.');
    return page;
  }

  /** @param {string} session */
  isActive(session) {
    return this.#pages.has(session);
  }

  /** @param {string} session */
  getBrowserUrl(session) {
    return this.getPage(session).url();
  }

  /** @param {string} session */
  async stopSession(session) {
    const page = this.getPage(session);
    this.#pages.delete(session);
    await page.close();
    return {};
  }

  startDebugSession() {
    return Promise.reject(new Error(`Debugging is not offered in ${this.name}.`));
  }

  async stop() {
    await (await this.#browser)?.close();
  }
}
