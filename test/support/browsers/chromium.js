/** Chromium's pages, driven through the DevTools protocol, which tells pen, touch and cancelled touches apart. */
import { chromium } from 'playwright-core';
import { browserArguments, ensureBrowser, softwareWebGpuArguments } from '../../../scripts/browser.js';

/** @import { CDPSession, Page } from 'playwright-core' */
/** @import { DrivenBrowser, DrivenPage, PointerPayload } from './driven-page.js' */

const mouseTypes = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' };
const touchTypes = { down: 'touchStart', move: 'touchMove', up: 'touchEnd', cancel: 'touchCancel' };

/** @param {CDPSession} protocol */
function pointerPlayer(protocol) {
  let pressed = false;
  /** @type {Map<number, { x: number, y: number, id: number }>} */
  const fingers = new Map();

  /** @param {PointerPayload} payload */
  async function playMouse({ pointerType, steps }) {
    for (const { type, x, y, force = 0.5, button = 'left' } of steps) {
      if (type === 'cancel') throw new Error('Only touch can be cancelled.');
      if (type === 'down') pressed = true;
      await protocol.send('Input.dispatchMouseEvent', {
        type: /** @type {'mousePressed'} */ (mouseTypes[type]),
        x,
        y,
        pointerType: /** @type {'mouse' | 'pen'} */ (pointerType),
        button: pressed ? button : 'none',
        buttons: pressed && type !== 'up' ? { left: 1, right: 2, middle: 4 }[button] : 0,
        clickCount: type === 'move' ? 0 : 1,
        force: pointerType === 'pen' && pressed ? force : 0,
      });
      if (type === 'up') pressed = false;
    }
  }

  /** @param {PointerPayload} payload */
  async function playTouch({ steps }) {
    for (const { type, x, y, id = 0 } of steps) {
      if (type === 'cancel') fingers.clear();
      else if (type === 'up') fingers.delete(id);
      else fingers.set(id, { x, y, id });
      await protocol.send('Input.dispatchTouchEvent', {
        type: /** @type {'touchStart'} */ (touchTypes[type]),
        // What touches; of a finger that is lifted, only that one.
        touchPoints: type === 'up' ? [{ x, y, id }] : [...fingers.values()],
      });
    }
  }

  return {
    /** @param {PointerPayload} payload */
    play: (payload) => (payload.pointerType === 'touch' ? playTouch(payload) : playMouse(payload)),

    /** Takes all fingers away, where a test has left some. */
    release: async () => {
      if (fingers.size > 0) await protocol.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
      fingers.clear();
    },
  };
}

/** @param {Page} page @returns {Promise<DrivenPage>} */
async function drive(page) {
  const protocol = await page.context().newCDPSession(page);
  const pointers = pointerPlayer(protocol);
  return {
    pointer: pointers.play,
    press: (keys) => page.keyboard.press(keys),
    release: pointers.release,
    setViewport: (size) => page.setViewportSize(size),
    emulateMedia: (media) => page.emulateMedia(media),
    collectGarbage: async () => {
      await protocol.send('HeapProfiler.collectGarbage');
    },
  };
}

/** @type {WeakMap<Page, Promise<DrivenPage>>} */
const drivenPages = new WeakMap();

/** @param {Page} page @returns {Promise<DrivenPage>} the same one for the same page, since it knows what is down */
export function driveChromium(page) {
  let driven = drivenPages.get(page);
  if (!driven) drivenPages.set(page, (driven = drive(page)));
  return driven;
}

/**
 * @param {{ webgpu?: boolean }} [options]
 * @returns {Promise<DrivenBrowser>}
 */
export async function launchChromium({ webgpu = false } = {}) {
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: [...browserArguments, ...(webgpu ? softwareWebGpuArguments : [])],
  });
  return {
    version: `Chromium ${browser.version()}`,
    open: async () => {
      const page = await browser.newPage();
      return {
        ...(await driveChromium(page)),
        goto: async (url) => {
          await page.goto(url);
        },
        url: () => Promise.resolve(page.url()),
        evaluate: (expression) => page.evaluate(expression),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
