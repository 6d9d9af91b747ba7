/** WebKit as Debian has it (webkit2gtk-driver, and Xvfb for its window), driven through WebDriver. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import getPort from 'get-port';
import { requireMedia, Unsupported } from './driven-page.js';
import { keySources, PointerActions } from './webdriver-actions.js';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { DrivenBrowser, OpenPage } from './driven-page.js' */

const driverPath = '/usr/bin/WebKitWebDriver';
const displayPath = '/usr/bin/Xvfb';
const browserPath = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** What is missing for WebKit on this machine, in words; null where all is there. */
export function missingForWebKit() {
  const missing = [driverPath, displayPath, browserPath].filter((path) => !existsSync(path));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : null;
}

/** @returns {Promise<{ process: ChildProcess, name: string }>} a display that nobody sees */
async function startDisplay() {
  const process = spawn(displayPath, ['-displayfd', '1', '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = /** @type {[Buffer]} */ (await once(process.stdout, 'data'));
  return { process, name: `:${number.toString().trim()}` };
}

/** @typedef {(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>} Send */

/** @param {string} origin of the driver @returns {Send} which throws what the driver complains of */
const sender = (origin) => async (method, path, body) => {
  const response = await fetch(`${origin}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = /** @type {{ value: unknown }} */ (await response.json());
  if (!response.ok) throw new Error(`WebDriver, ${path}: ${JSON.stringify(value)}`);
  return value;
};

/** @param {Send} send @param {string} session path of the session */
async function untilReady(send, session) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send('GET', session);
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** @param {Send} send to the session @returns {OpenPage} */
function openPage(send) {
  const pointers = new PointerActions({ integers: true, types: ['mouse'] });
  /** @param {string} expression */
  const evaluate = async (expression) => {
    const script = `const done = arguments[0]; Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const result = /** @type {{ value?: unknown, error?: string }} */ (
      await send('POST', '/execute/async', { script, args: [] })
    );
    if (result.error) throw new Error(result.error);
    return result.value;
  };
  /** @param {object[]} actions */
  const perform = async (actions) => {
    await send('POST', '/actions', { actions });
  };
  return {
    pointer: async (payload) => {
      if (payload.steps.some(({ button }) => button === 'right')) {
        throw new Unsupported('the menu of the right button would stay open');
      }
      await perform(pointers.sources(payload));
    },
    press: (keys) => perform(keySources(keys)),
    release: async () => {
      await send('DELETE', '/actions');
    },
    setViewport: async ({ width, height }) => {
      // The window has bars, which differ between themes.
      const bars = /** @type {[number, number]} */ (
        await evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]')
      );
      await send('POST', '/window/rect', { x: 0, y: 0, width: width + bars[0], height: height + bars[1] });
      await evaluate(
        `new Promise((done, fail) => { const start = performance.now(); (function look() { if (innerWidth === ${width} && innerHeight === ${height}) done(true); else if (performance.now() - start > 3000) fail(innerWidth + 'x' + innerHeight + ' instead of ${width}x${height}'); else requestAnimationFrame(look); })(); })`,
      );
    },
    emulateMedia: (media) => requireMedia(evaluate, media),
    collectGarbage: () => Promise.reject(new Unsupported('garbage cannot be collected on demand')),
    goto: async (url) => {
      await send('POST', '/url', { url });
    },
    url: async () => /** @type {string} */ (await send('GET', '/url')),
    evaluate,
    close: async () => {
      await send('POST', '/url', { url: 'about:blank' });
    },
  };
}

/** @returns {Promise<DrivenBrowser>} with a single page, which is opened again and again */
export async function launchWebKit() {
  const missing = missingForWebKit();
  if (missing) throw new Error(`WebKit cannot be started; ${missing}.`);
  const [display, port] = await Promise.all([startDisplay(), getPort()]);
  const driver = spawn(driverPath, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display.name },
  });
  const stop = () => {
    driver.kill();
    display.process.kill();
  };
  process.once('exit', stop);
  const send = sender(`http://127.0.0.1:${port}`);
  await untilReady(send, '/status');
  const { sessionId, capabilities } = /** @type {{ sessionId: string, capabilities: { browserVersion: string } }} */ (
    await send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: browserPath, args: ['--automation'] },
        },
      },
    })
  );
  /** @type {Send} */
  const sendToSession = (method, path, body) => send(method, `/session/${sessionId}${path}`, body);
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    open: () => Promise.resolve(openPage(sendToSession)),
    close: async () => {
      await sendToSession('DELETE', '');
      process.removeListener('exit', stop);
      stop();
    },
  };
}
