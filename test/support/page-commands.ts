/** Commands for tests to draw, type and resize through the browser itself. */
import type { BasicTestSession, TestRunnerPlugin } from '@web/test-runner-core';
import type { PlaywrightLauncher } from '@web/test-runner-playwright';
import { driveChromium } from './browsers/chromium.js';
import {
  Unsupported,
  type DrivenPage,
  type MediaPayload,
  type PointerPayload,
  type Size,
} from './browsers/driven-page.js';
import { DrivenLauncher } from './browsers/launcher.js';

/** The page of a test file. */
async function pageOf({ id, browser }: BasicTestSession): Promise<DrivenPage> {
  if (browser instanceof DrivenLauncher) return browser.getPage(id);
  return driveChromium((browser as PlaywrightLauncher).getPage(id));
}

/** By the command's name. */
const commands: Readonly<Record<string, (page: DrivenPage, payload: unknown) => Promise<void>>> = {
  'page-pointer': (page, payload) => page.pointer(payload as PointerPayload),
  'page-press': (page, payload) => page.press(payload as string),
  'page-viewport': (page, payload) => page.setViewport(payload as Size),
  'page-media': (page, payload) => page.emulateMedia(payload as MediaPayload),
  'page-release': (page) => page.release(),
  'page-garbage': (page) => page.collectGarbage(),
};

/** Why tests were skipped: the browser's limitations, by browser, file and test. */
export const skipReasons = new Map<string, string>();

export const skipKey = (browser: string, file: string, test: string): string => `${browser}\n${file}\n${test}`;

/** The web-test-runner plugin that offers the commands. Each returns why the browser cannot execute it, or `true`. */
export function pageCommandsPlugin(): TestRunnerPlugin {
  return {
    name: 'page-commands',
    async executeCommand({ command, payload, session }) {
      if (command === 'page-skip') {
        const { test, reason } = payload as { test: string; reason: string };
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
