/** Chromium's pages, driven through the DevTools protocol, which distinguishes pen, touch and canceled touches. */
import type { CDPSession, Page } from 'playwright-core';
import { softwareWebGpuArguments } from '../../../scripts/shared/browser-options.js';
import { launchChromium as launch } from '../../../scripts/shared/launch-chromium.js';

import type { DrivenBrowser, DrivenPage, PointerPayload } from './driven-page.js';

const mouseTypes = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' } as const;
const touchTypes = { down: 'touchStart', move: 'touchMove', up: 'touchEnd', cancel: 'touchCancel' } as const;

/** Plays pointer steps; one per page, since it tracks which fingers are down. */
function pointerPlayer(page: Page, protocol: CDPSession) {
  let pressed = false;
  const fingers = new Map<number, { x: number; y: number; id: number }>();

  async function playMouse(pointerType: 'mouse' | 'pen', steps: PointerPayload['steps']): Promise<void> {
    for (const { type, x, y, force = 0.5, button = 'left' } of steps) {
      if (type === 'cancel') throw new Error('Only touch can be canceled.');
      if (type === 'down') pressed = true;
      await protocol.send('Input.dispatchMouseEvent', {
        type: mouseTypes[type],
        x,
        y,
        pointerType,
        button: pressed ? button : 'none',
        buttons: pressed && type !== 'up' ? { left: 1, right: 2, middle: 4 }[button] : 0,
        clickCount: type === 'move' ? 0 : 1,
        force: pointerType === 'pen' && pressed ? force : 0,
      });
      if (type === 'up') pressed = false;
    }
  }

  async function playTouch(steps: PointerPayload['steps']): Promise<void> {
    for (const { type, x, y, id = 0 } of steps) {
      if (type === 'cancel') fingers.clear();
      else if (type === 'up') fingers.delete(id);
      else fingers.set(id, { x, y, id });
      await protocol.send('Input.dispatchTouchEvent', {
        type: touchTypes[type],
        // The current touches; for a lifted finger, only that one.
        touchPoints: type === 'up' ? [{ x, y, id }] : [...fingers.values()],
      });
      // Events that cannot be canceled are acknowledged before the page handles them, which is before the next frame.
      if (type === 'cancel') await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }

  return {
    play: ({ pointerType, steps }: PointerPayload): Promise<void> =>
      pointerType === 'touch' ? playTouch(steps) : playMouse(pointerType, steps),

    /** Lifts all fingers and the mouse button that a test has left down. */
    release: async (): Promise<void> => {
      if (fingers.size > 0) await protocol.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
      fingers.clear();
      const outside = { x: -1, y: -1 };
      if (pressed)
        await protocol.send('Input.dispatchMouseEvent', { type: 'mouseReleased', button: 'left', ...outside });
      pressed = false;
      await protocol.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...outside });
    },
  };
}

async function drive(page: Page): Promise<DrivenPage> {
  const protocol = await page.context().newCDPSession(page);
  const pointers = pointerPlayer(page, protocol);
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

const drivenPages = new WeakMap<Page, Promise<DrivenPage>>();

/** The same one for the same page, since it tracks what is down. */
export function driveChromium(page: Page): Promise<DrivenPage> {
  let driven = drivenPages.get(page);
  if (!driven) drivenPages.set(page, (driven = drive(page)));
  return driven;
}

/** Lifts everything that tests have left down in a page. */
export async function releaseChromium(page: Page): Promise<void> {
  await (await drivenPages.get(page))?.release();
}

export async function launchChromium({ webgpu = false } = {}): Promise<DrivenBrowser> {
  const browser = await launch(webgpu ? softwareWebGpuArguments : []);
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
        reload: async () => {
          await page.reload();
        },
        back: async () => {
          await page.goBack();
        },
        evaluate: (expression) => page.evaluate(expression),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
