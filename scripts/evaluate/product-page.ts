/** The built package in a headless browser, ready to read samples. */
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { InferenceServiceOptions } from '../../src/index.js';
import { softwareWebGpuArguments } from '../browser.js';
import { ensureBuilt } from '../command-line.js';
import { caller, serveModule } from '../module-page.js';
import { root } from '../setup.js';
import type { Source, WriterDrawing } from './page.js';
import type { ImageSample, Placed } from './samples.js';
import type { Answer } from './statistics.js';

export const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint8ClampedArray) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** A pad's box, in CSS pixels of the viewport. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws with a real pointer. Like a hand, it does not wait for each event to be handled. */
async function draw(protocol: CDPSession, strokes: Placed): Promise<void> {
  const step = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: Placed[number][number]) =>
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
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
        reject(new Error(`The page has sent a request to another origin: ${url}`));
      }
    });
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
export async function openProductPage(service: InferenceServiceOptions & { backend: 'auto' | 'wasm' | 'webgpu' }) {
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
    const call = caller<typeof import('./page.js')>({
      evaluate: (task: (argument: unknown) => unknown, argument: unknown) =>
        Promise.race([failure, page.evaluate(task, argument)]),
    });
    const loaded = await call('load', service);
    if ('error' in loaded) throw new Error(`The network cannot be loaded. ${loaded.error}`);
    let shown: { multiple: boolean; box: Box } | null = null;
    return {
      /** The backend that runs the network. */
      backend: loaded.backend,
      /** Name and version. */
      browser: `${harness.browser.browserType().name()} ${harness.browser.version()}`,
      /** Reads images through the service, in one batch. */
      readImages: (samples: readonly ImageSample[]): Promise<Answer[]> =>
        call('readImages', service, Buffer.concat(samples.map(({ pixels }) => pixels)).toString('base64')),
      /** Reads through `recognize()`, or `recognizeAll()`. */
      read: (sources: readonly Source[], options?: { numbers?: boolean; thumbnails?: boolean }): Promise<Answer[]> =>
        call('read', service, sources, options),
      /** Reads through `recognize()` with each writer's profile, which learns from their corrections. */
      learn: (drawings: readonly WriterDrawing[]): Promise<Answer[]> => call('learn', service, drawings),
      /**
       * Draws on `<digit-recognizer>` with a real pointer.
       * @param place returns the strokes in CSS pixels of the viewport
       * @param multiple whether the strokes are a number
       */
      draw: async (place: (pad: Box) => Placed, multiple = false): Promise<Answer> => {
        if (shown?.multiple !== multiple) shown = { multiple, box: await call('showPad', service, multiple) };
        await Promise.race([failure, draw(protocol, place(shown.box))]);
        return call('takeAnswer');
      },
      [Symbol.asyncDispose]: () => harness[Symbol.asyncDispose](),
    };
  } catch (error) {
    await harness[Symbol.asyncDispose]();
    throw error;
  }
}
