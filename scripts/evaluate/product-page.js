/** The built package in a headless browser, ready to read samples. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { browserArguments, ensureBrowser, softwareWebGpuArguments } from '../browser.js';
import { serveFolders } from '../serve-folders.js';
import { root } from '../setup.js';
import { sheetSide } from './distortions.js';
import { photographSide } from './photographs.js';
import { fitDrawing } from './fit-drawing.js';

/** @import { CDPSession, JSHandle, Page } from 'playwright-core' */
/** @import { Drawing, ImageSample } from './samples.js' */
/** @import { Placed } from './redrawings.js' */
/** @import { Answer } from './statistics.js' */
/** @import { Strokes } from '../../src/drawing/index.js' */

/** @typedef {typeof import('./page/runner.js')} Runner */

const packageFolder = join(root, 'dist/cdn');
const pageFolder = fileURLToPath(new URL('page', import.meta.url));

/** How much of the pad a drawing's longer side fills. */
const padShare = 0.7;

/**
 * Draws with a real pointer. The steps are sent without waiting for each other, as a hand does not wait either.
 * @param {CDPSession} protocol
 * @param {{ x: number, y: number }[][]} strokes in CSS pixels of the viewport
 */
async function draw(protocol, strokes) {
  /** @param {'mousePressed' | 'mouseMoved' | 'mouseReleased'} type @param {{ x: number, y: number }} point */
  const step = (type, { x, y }) =>
    protocol.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
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

/**
 * Rejects when the page breaks, or asks anything of another origin: what is drawn must not leave it.
 * @param {Page} page
 * @param {string} origin
 * @returns {Promise<never>}
 */
function watchForFailure(page, origin) {
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    page.on('crash', () => reject(new Error('The page has crashed.')));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
        reject(new Error(`The page has asked another origin: ${url}`));
      }
    });
  });
  // Whoever waits for the page hears of it; while nobody does, it must not end the process.
  failure.catch(() => {});
  return failure;
}

/** @param {readonly Drawing[]} samples @returns {Strokes[]} */
function toStrokes(samples) {
  return samples.map(({ strokes }) => strokes.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x, y })) })));
}

/** @param {readonly (Uint8Array | Uint8ClampedArray)[]} pictures @returns {string} one after the other */
function toBase64(pictures) {
  return Buffer.concat(
    pictures.map(({ buffer, byteOffset, length }) => new Uint8Array(buffer, byteOffset, length)),
  ).toString('base64');
}

/**
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Result>} task
 */
async function oneByOne(items, task) {
  const results = [];
  for (const item of items) results.push(await task(item));
  return results;
}

/**
 * @typedef {object} ProductPage
 * @property {string | null} backend what runs the network
 * @property {string} browser name and version
 * @property {(samples: readonly ImageSample[]) => Promise<Answer[]>} readImages through the service, in one batch
 * @property {(pictures: readonly Uint8Array[]) => Promise<Answer[]>} readPictures grey squares of `sheetSide` pixels,
 *   through `recognize()`
 * @property {(photographs: readonly Uint8ClampedArray[]) => Promise<Answer[]>} readPhotographs RGBA squares of
 *   `photographSide` pixels, as JPEG files through `recognize()`
 * @property {(samples: readonly Drawing[]) => Promise<Answer[]>} readDrawings through `recognize()`
 * @property {(samples: readonly Drawing[]) => Promise<Answer[]>} drawOnPad with a real pointer
 * @property {(drawings: readonly Placed[]) => Promise<Answer[]>} drawPlaced with a real pointer, where they are placed
 * @property {(drawings: readonly Placed[], penWidth: number) => Promise<Answer[]>} paint on a canvas, through
 *   `recognize()`; `penWidth` as a share of its side
 * @property {(numbers: readonly Drawing[]) => Promise<string[]>} readNumbers through `recognizeAll()`
 * @property {(numbers: readonly Drawing[]) => Promise<string[]>} paintNumbers on a canvas, through `recognizeAll()`
 * @property {(numbers: readonly Drawing[]) => Promise<string[]>} drawNumbers with a real pointer; their digits are one
 *   high
 * @property {() => Promise<void>} close
 */

/** @throws {Error} when there is nothing to measure */
export function ensureBuilt() {
  if (!existsSync(join(packageFolder, 'digit-recognizer.js'))) {
    throw new Error('There is no built package in dist/cdn. Run: npm run build');
  }
}

/**
 * Opens the built package in a browser and loads a network.
 * @param {{ model: string, backend: 'auto' | 'wasm' | 'webgpu' }} service
 * @returns {Promise<ProductPage>}
 * @throws {Error} when the package is not built or the network cannot be loaded
 */
export async function openProductPage(service) {
  ensureBuilt();
  const server = await serveFolders({ '/package/': packageFolder, '/page/': pageFolder });
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: [...browserArguments, ...(service.backend === 'webgpu' ? softwareWebGpuArguments : [])],
  });
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    const failure = watchForFailure(page, server.origin);
    const protocol = await page.context().newCDPSession(page);
    await page.goto(`${server.origin}/page/index.html`);
    const runner = /** @type {JSHandle<Runner>} */ (await page.evaluateHandle((url) => import(url), '/page/runner.js'));

    /**
     * Lets the page's runner do something, for as long as the page stands.
     * @template {object} Argument
     * @template Result
     * @param {(runner: Runner, argument: Argument) => Promise<Result>} task
     * @param {Argument} argument
     * @returns {Promise<Result>}
     */
    const ask = (task, argument) =>
      Promise.race([
        failure,
        /** @type {Promise<Result>} */ (runner.evaluate(/** @type {never} */ (task), /** @type {never} */ (argument))),
      ]);

    const loaded = await ask(({ load }, options) => load(options), service);
    if ('error' in loaded) throw new Error(`The network cannot be loaded. ${loaded.error}`);

    /** @type {Promise<{ x: number, y: number, side: number }> | undefined} */
    let pad;

    /** @type {Promise<{ x: number, y: number, width: number, height: number }> | undefined} */
    let numberPad;

    /** @param {Placed} drawing */
    const drawOne = async (drawing) => {
      const { x, y, side } = await (pad ??= ask(({ showPad }, options) => showPad(options), service));
      await draw(
        protocol,
        drawing.map((stroke) => stroke.map((point) => ({ x: point.x * side + x, y: point.y * side + y }))),
      );
      return ask(({ takeAnswer }) => takeAnswer(), {});
    };

    /** @param {Drawing} number */
    const drawNumber = async ({ strokes }) => {
      const sheet = await (numberPad ??= ask(({ showNumberPad }, options) => showNumberPad(options), service));
      const right = Math.max(...strokes.flat().map(([x]) => x));
      const scale = Math.min(sheet.height * 0.6, (sheet.width * 0.9) / right);
      const start = { x: sheet.x + (sheet.width - right * scale) / 2, y: sheet.y + (sheet.height - scale) / 2 };
      await draw(
        protocol,
        strokes.map((stroke) => stroke.map(([x, y]) => ({ x: start.x + x * scale, y: start.y + y * scale }))),
      );
      return ask(({ takeNumber }) => takeNumber(), {});
    };

    /** @param {readonly Placed[]} drawings */
    const drawPlaced = (drawings) => oneByOne(drawings, (drawing) => Promise.race([failure, drawOne(drawing)]));

    return {
      backend: loaded.backend,
      browser: `${browser.browserType().name()} ${browser.version()}`,
      readImages: (samples) =>
        ask(({ readImages }, each) => readImages(each.service, each.base64), {
          service,
          base64: toBase64(samples.map(({ pixels }) => pixels)),
        }),
      readPictures: (pictures) =>
        ask(({ readPictures }, each) => readPictures(each.service, each.base64, each.side), {
          service,
          base64: toBase64(pictures),
          side: sheetSide,
        }),
      readPhotographs: (photographs) =>
        ask(({ readPhotographs }, each) => readPhotographs(each.service, each.base64, each.side), {
          service,
          base64: toBase64(photographs),
          side: photographSide,
        }),
      readDrawings: (samples) =>
        ask(({ readDrawings }, each) => readDrawings(each.service, each.drawings), {
          service,
          drawings: toStrokes(samples),
        }),
      drawOnPad: (samples) => drawPlaced(samples.map(({ strokes }) => fitDrawing(strokes, 1, padShare))),
      drawPlaced,
      paint: (drawings, penWidth) =>
        ask(({ paint }, each) => paint(each.service, each.drawings, each.penWidth), { service, drawings, penWidth }),
      readNumbers: (numbers) =>
        ask(({ readNumbers }, each) => readNumbers(each.service, each.numbers), {
          service,
          numbers: toStrokes(numbers),
        }),
      paintNumbers: (numbers) =>
        ask(({ paintNumbers }, each) => paintNumbers(each.service, each.numbers), {
          service,
          numbers: toStrokes(numbers),
        }),
      drawNumbers: (numbers) => oneByOne(numbers, (number) => Promise.race([failure, drawNumber(number)])),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
