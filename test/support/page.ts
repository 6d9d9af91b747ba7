/**
 * What a test asks of the browser that it runs in. Where the browser cannot, the test is skipped, and the table of
 * `npm run test:browsers` says why.
 */
import { executeServerCommand } from '@web/test-runner-commands';
import type { MediaPayload } from './browsers/driven-page.js';

/** Whether this is WebKit as Debian has it, whose windows differ from those of Safari. */
export const isWebKitGtk = /Linux.*AppleWebKit(?!.*Chrome)/.test(navigator.userAgent);

let current: Mocha.Test | undefined;

beforeEach(function () {
  current = this.currentTest;
});

/** A test that fails with a button down must not fail the next one. */
afterEach(async function () {
  if (this.currentTest?.isFailed()) await executeServerCommand('page-release');
});

/** Ends the test that runs, without a verdict. */
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

/** Presses keys, as `a`, `Tab` or `Control+Shift+z`. */
export const pressKeys = (keys: string): Promise<void> => command('page-press', keys);

export const setViewport = (size: { width: number; height: number }): Promise<void> => command('page-viewport', size);

export const emulateMedia = (media: MediaPayload): Promise<void> => command('page-media', media);

/** Lets the browser collect what nobody holds. */
export const collectGarbage = (): Promise<void> => command('page-garbage');
