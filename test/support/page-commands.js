/** Commands by which a test has its page drawn on, typed at and resized by the browser itself. */
import { driveChromium } from './browsers/chromium.js';
import { DrivenLauncher } from './browsers/launcher.js';
import { Unsupported } from './browsers/driven-page.js';

/** @import { TestSession } from '@web/test-runner-core' */
/** @import { PlaywrightLauncher } from '@web/test-runner-playwright' */
/** @import { DrivenPage, MediaPayload, PointerPayload } from './browsers/driven-page.js' */

/** @param {TestSession} session @returns {Promise<DrivenPage>} */
async function pageOf({ id, browser }) {
  if (browser instanceof DrivenLauncher) return browser.getPage(id);
  return driveChromium(/** @type {PlaywrightLauncher} */ (browser).getPage(id));
}

/** By the name of the command. @type {Record<string, (page: DrivenPage, payload: unknown) => Promise<void>>} */
const commands = {
  'page-pointer': (page, payload) => page.pointer(/** @type {PointerPayload} */ (payload)),
  'page-press': (page, payload) => page.press(/** @type {string} */ (payload)),
  'page-viewport': (page, payload) => page.setViewport(/** @type {{ width: number, height: number }} */ (payload)),
  'page-media': (page, payload) => page.emulateMedia(/** @type {MediaPayload} */ (payload)),
  'page-release': (page) => page.release(),
  'page-garbage': (page) => page.collectGarbage(),
};

/**
 * Why tests were skipped: what the browser cannot do, by the file of the test and its name.
 * @type {Map<string, string>}
 */
export const skipReasons = new Map();

/** @param {string} browser @param {string} file @param {string} test */
export const skipKey = (browser, file, test) => `${browser}\n${file}\n${test}`;

/** The web-test-runner plugin that offers the commands. Each answers why the browser cannot, or `true`. */
export function pageCommandsPlugin() {
  return {
    name: 'page-commands',
    /** @param {{ command: string, payload?: unknown, session: TestSession }} request */
    async executeCommand({ command, payload, session }) {
      if (command === 'page-skip') {
        const { test, reason } = /** @type {{ test: string, reason: string }} */ (payload);
        await (await pageOf(session)).release();
        skipReasons.set(skipKey(session.browser.name, session.testFile, test), reason);
        return true;
      }
      if (!Object.hasOwn(commands, command)) return undefined;
      try {
        await commands[command](await pageOf(session), payload);
        return true;
      } catch (error) {
        if (error instanceof Unsupported) return error.message;
        throw error;
      }
    },
  };
}
