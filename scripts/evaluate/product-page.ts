/** The built package in a headless browser, ready to read samples. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { InferenceServiceOptions, Strokes } from '../../src/index.js';
import { softwareWebGpuArguments } from '../browser.js';
import { caller } from '../call-page.js';
import { serveModule } from '../module-page.js';
import { root } from '../setup.js';
import type { Source } from './page.js';
import type { ImageSample, Placed } from './samples.js';
import type { Answer } from './statistics.js';

const packageFolder = join(root, 'dist/cdn');

export const toBase64 = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint8ClampedArray) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** A pad's box, in CSS pixels of the viewport. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws with a real pointer. The steps are sent without waiting for each other, as a hand does not wait either. */
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

/** Rejects when the page breaks, or sends a request to another origin: what is drawn must not leave it. */
function watchForFailure(page: Page, origin: string): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new Error('The page has crashed.')));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
        reject(new Error(`The page has asked another origin: ${url}`));
      }
    });
  });
  // Handled by whoever waits for the page; while nobody does, it must not end the process.
  failure.catch(() => {});
  return failure;
}

export interface ProductPage {
  /** What runs the network. */
  readonly backend: string | null;
  /** Name and version. */
  readonly browser: string;
  /** Through the service, in one batch. */
  readImages(samples: readonly ImageSample[]): Promise<Answer[]>;
  /** Through `recognize()`, or `recognizeAll()`. */
  read(sources: readonly Source[], options?: { numbers?: boolean; thumbnails?: boolean }): Promise<Answer[]>;
  /** Through `recognize()`, one after the other, with a profile that learns what was read wrongly of this writer. */
  learn(writer: string, drawings: readonly { label: string; strokes: Strokes }[]): Promise<Answer[]>;
  /**
   * On `<digit-recognizer>` with a real pointer.
   * @param place gives the strokes in CSS pixels of the viewport
   * @param multiple whether a number is drawn
   */
  draw(place: (pad: Box) => Placed, multiple?: boolean): Promise<Answer>;
  close(): Promise<void>;
}

/** @throws {Error} when there is nothing to measure */
export function ensureBuilt(): void {
  if (!existsSync(join(packageFolder, 'digit-recognizer.js'))) {
    throw new Error('There is no built package in dist/cdn. Run: npm run build');
  }
}

/**
 * Opens the built package in a browser and loads a network.
 * @throws {Error} when the package is not built or the network cannot be loaded
 */
export async function openProductPage(
  service: InferenceServiceOptions & { backend: 'auto' | 'wasm' | 'webgpu' },
): Promise<ProductPage> {
  ensureBuilt();
  const { origin, browser, close } = await serveModule(
    'scripts/evaluate/page.ts',
    { '/package/': packageFolder },
    service.backend === 'webgpu' ? { switches: softwareWebGpuArguments } : {},
  );
  try {
    const page = await browser.newPage();
    const failure = watchForFailure(page, origin);
    const protocol = await page.context().newCDPSession(page);
    await page.goto(`${origin}/`);
    const call = caller<typeof import('./page.js')>({
      evaluate: (task, argument) =>
        Promise.race([failure, page.evaluate(task as (argument: unknown) => unknown, argument)]),
    });
    const loaded = await call('load', service);
    if ('error' in loaded) throw new Error(`The network cannot be loaded. ${loaded.error}`);
    let shown: { multiple: boolean; box: Box } | null = null;
    return {
      backend: loaded.backend,
      browser: `${browser.browserType().name()} ${browser.version()}`,
      readImages: (samples) =>
        call('readImages', service, Buffer.concat(samples.map(({ pixels }) => pixels)).toString('base64')),
      read: (sources, options) => call('read', service, sources, options),
      learn: (writer, drawings) => call('learn', service, writer, drawings),
      draw: async (place, multiple = false) => {
        if (shown?.multiple !== multiple) shown = { multiple, box: await call('showPad', service, multiple) };
        await Promise.race([failure, draw(protocol, place(shown.box))]);
        return call('takeAnswer');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
