/** The built package in a headless browser, ready to read samples. */
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Point } from '../../models/training/data/geometry.js';
import { root } from '../setup.js';
import { softwareWebGpuArguments } from '../shared/browser-options.js';
import { ensureBuilt } from '../shared/command-line.js';
import { caller, serveModule } from '../shared/module-page.js';
import { watchRequests } from '../shared/watch-page.js';
import type { Answer } from './statistics.js';
import type { Strokes } from './strokes.js';

type Exports = typeof import('./page.js');

/** A pad's box, in CSS pixels of the viewport. */
export type Box = Awaited<ReturnType<Exports['showPad']>>;

/** Draws with a real pointer. Like a hand, it does not wait for each event to be handled. */
async function draw(protocol: CDPSession, strokes: Strokes): Promise<void> {
  const step = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: Point) =>
    protocol.send('Input.dispatchMouseEvent', {
      type,
      ...point,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  for (const stroke of strokes) {
    await Promise.all([
      step('mousePressed', stroke[0]),
      ...stroke.slice(1).map((point) => step('mouseMoved', point)),
      step('mouseReleased', stroke[stroke.length - 1]),
    ]);
  }
}

/** Rejects when the page crashes, or sends a request to another origin: what is drawn must not leave it. */
function watchForFailure(page: Page): Promise<never> {
  const { origin } = new URL(page.url());
  const failure = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new Error('The page has crashed.')));
    watchRequests(page, [origin], (url) => reject(new Error(`The page has sent a request to another origin: ${url}`)));
  });
  // Without a pending call, a failure must not end the process.
  failure.catch(() => {});
  return failure;
}

export type ProductPage = Awaited<ReturnType<typeof openProductPage>>;

/**
 * Opens the built package in a browser and loads a network.
 * @throws {Error} when the package is not built or the network cannot be loaded
 */
export async function openProductPage(service: { model: string; backend: 'auto' | 'wasm' | 'webgpu' }) {
  ensureBuilt();
  const harness = await serveModule(
    'scripts/evaluate/page.ts',
    { '/package/': join(root, 'dist/cdn') },
    service.backend === 'webgpu' ? { switches: softwareWebGpuArguments } : {},
  );
  try {
    // The page is empty until the first call imports the module.
    const { page } = await harness.open();
    const failure = watchForFailure(page);
    const protocol = await page.context().newCDPSession(page);
    const call = caller<Exports>({
      evaluate: (task: (argument: unknown) => unknown, argument: unknown) =>
        Promise.race([failure, page.evaluate(task, argument)]),
    });
    const loaded = await call('load', service);
    if ('error' in loaded) throw new Error(`The network cannot be loaded. ${loaded.error}`);
    return {
      /** The backend that runs the network. */
      backend: loaded.backend,
      /** Name and version. */
      browser: `${harness.browser.browserType().name()} ${harness.browser.version()}`,
      /** Calls what `page.ts` exports. */
      call,
      /**
       * Draws on `<digit-recognizer>` with a real pointer.
       * @param place returns the strokes in CSS pixels of the viewport
       * @param multiple whether the strokes are a number
       */
      draw: async (place: (pad: Box) => Strokes, multiple: boolean): Promise<Answer> => {
        await Promise.race([failure, draw(protocol, place(await call('showPad', multiple)))]);
        return call('takeAnswer');
      },
      [Symbol.asyncDispose]: () => harness[Symbol.asyncDispose](),
    };
  } catch (error) {
    await harness[Symbol.asyncDispose]();
    throw error;
  }
}
