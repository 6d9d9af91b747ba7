/** Debian's WebKit (webkit2gtk-driver, and Xvfb for its window), driven through WebDriver. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import getPort from 'get-port';
import { requireMedia, Unsupported, type DrivenBrowser, type OpenPage } from './driven-page.js';
import { keySources, PointerActions } from './webdriver-actions.js';
import { wait } from '../wait.js';

const driverPath = '/usr/bin/WebKitWebDriver';
const displayPath = '/usr/bin/Xvfb';
const browserPath = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** What is missing for WebKit on this machine; null if nothing is. */
export function missingForWebKit(): string | null {
  const missing = [driverPath, displayPath, browserPath].filter((path) => !existsSync(path));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : null;
}

/** Starts a virtual display. */
async function startDisplay(): Promise<{ process: ChildProcess; name: string }> {
  const process = spawn(displayPath, ['-displayfd', '1', '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = (await once(process.stdout, 'data')) as [Buffer];
  return { process, name: `:${number.toString().trim()}` };
}

type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

/** Sends requests to the driver at an origin, and throws its errors. */
const sender =
  (origin: string): Send =>
  async (method, path, body) => {
    const response = await fetch(`${origin}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebDriver, ${path}: ${JSON.stringify(value)}`);
    return value;
  };

async function untilReady(send: Send, path: string): Promise<unknown> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send('GET', path);
    } catch (error) {
      if (attempt >= 100) throw error;
      await wait(100);
    }
  }
}

/** @param send sends requests to the session */
function openPage(send: Send): OpenPage {
  const pointers = new PointerActions({ integers: true, types: ['mouse'] });
  const evaluate = async (expression: string): Promise<unknown> => {
    const script = `const done = arguments[0]; Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const result = (await send('POST', '/execute/async', { script, args: [] })) as { value?: unknown; error?: string };
    if (result.error) throw new Error(result.error);
    return result.value;
  };
  const perform = async (actions: object[]): Promise<void> => {
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
      // The window has toolbars, whose size depends on the theme.
      const bars = (await evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]')) as [number, number];
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
    url: async () => (await send('GET', '/url')) as string,
    reload: async () => {
      await send('POST', '/refresh', {});
    },
    back: async () => {
      await send('POST', '/back', {});
    },
    evaluate,
    close: async () => {
      await send('POST', '/url', { url: 'about:blank' });
    },
  };
}

/** Starts a browser with a single page, which is reused. */
export async function launchWebKit(): Promise<DrivenBrowser> {
  const missing = missingForWebKit();
  if (missing) throw new Error(`WebKit cannot be started; ${missing}.`);
  const [display, port] = await Promise.all([startDisplay(), getPort()]);
  const driver = spawn(driverPath, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display.name },
  });
  const stop = (): void => {
    driver.kill();
    display.process.kill();
  };
  process.once('exit', stop);
  const end = (): void => {
    process.removeListener('exit', stop);
    stop();
  };
  const send = sender(`http://127.0.0.1:${port}`);
  try {
    await untilReady(send, '/status');
    const { sessionId, capabilities } = (await send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: browserPath, args: ['--automation'] },
        },
      },
    })) as { sessionId: string; capabilities: { browserVersion: string } };
    const sendToSession: Send = (method, path, body) => send(method, `/session/${sessionId}${path}`, body);
    return {
      version: `WebKitGTK ${capabilities.browserVersion}`,
      open: () => Promise.resolve(openPage(sendToSession)),
      close: async () => {
        await sendToSession('DELETE', '').finally(end);
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
