/**
 * Requests of a test to its browser. If the browser cannot fulfill one, the test is skipped, and the table of `npm run
 * test:browsers` states why.
 */
import { executeServerCommand } from '@web/test-runner-commands';
import type { MediaPayload } from './browsers/driven-page.js';

/** Whether this is Debian's WebKit, whose windows differ from those of Safari. */
export const isWebKitGtk = /Linux.*AppleWebKit(?!.*Chrome)/.test(navigator.userAgent);

let current: Mocha.Test | undefined;

beforeEach(function () {
  current = this.currentTest;
});

/** A test that fails with a button down must not fail the next one. */
afterEach(async function () {
  if (this.currentTest?.isFailed()) await executeServerCommand('page-release');
});

/** Ends the current test, without a verdict. */
export async function skipTest(reason: string): Promise<never> {
  if (!current) throw new Error('No test runs.');
  await executeServerCommand('page-skip', { test: current.fullTitle(), reason });
  current.skip();
  throw new Error('Mocha did not skip.');
}

/** Has the browser do something that only it can do. */
export async function command<Payload>(name: string, payload?: Payload): Promise<void> {
  const answer = await executeServerCommand<true | string, Payload>(name, payload);
  if (answer !== true) await skipTest(answer);
}

/** Presses keys, such as `a`, `Tab` or `Control+Shift+z`. */
export const pressKeys = (keys: string): Promise<void> => command('page-press', keys);

export const setViewport = (size: { width: number; height: number }): Promise<void> => command('page-viewport', size);

export const emulateMedia = (media: MediaPayload): Promise<void> => command('page-media', media);

/** Triggers the browser's garbage collection. */
export const collectGarbage = (): Promise<void> => command('page-garbage');
