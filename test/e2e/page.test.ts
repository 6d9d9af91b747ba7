import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/setup.js';
import { developerMessage, drawSeven, settledValue, useBrowser, waitForStatus, writePage } from './browser.js';
import { onnxRuntimePath, packageCdn, scriptPath } from './package-cdn.js';

const cdn = join(root, 'dist/cdn');
const tag = '<digit-recognizer backend="wasm"></digit-recognizer>';
const oneTag = `<script type="module" src="/package/digit-recognizer.js"></script>${tag}`;

const { newPage, open, serve } = useBrowser();

describe('a page with the single tag', () => {
  test('reads a digit under the strictest policy, without errors or third-party requests', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag) });
    const { page, complaints } = await open(server);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('requests its model before any element is defined, unless it loads lazily', async () => {
    const late = '<digit-recognizer model="reference" loading="lazy"></digit-recognizer>';
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag + late) });
    const { page } = await newPage();
    await page.addInitScript(() => {
      const happened: string[] = [];
      Object.assign(globalThis, { happened });
      const { fetch } = globalThis;
      globalThis.fetch = (...request) => {
        happened.push(new URL(request[0] as string).pathname.replace(/^.*\/|-.*/g, ''));
        return fetch(...request);
      };
      const define = customElements.define.bind(customElements);
      customElements.define = (...definition) => {
        happened.push('defined');
        define(...definition);
      };
    });
    await page.goto(`${server.origin}/index.html`);
    await waitForStatus(page, 'ready');
    const happened = await page.evaluate(() => (globalThis as unknown as { happened: string[] }).happened);
    const early = happened.slice(0, happened.indexOf('defined'));
    assert.deepEqual(early, ['compact']);
    assert.equal(happened.filter((each) => each === 'compact').length, 1);
  });

  test('keeps reading when the network is gone', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag) });
    const { page, context } = await open(server);
    await waitForStatus(page, 'ready');
    await context.setOffline(true);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });

  test('learns from a correction when the network is gone', async () => {
    const learning = oneTag.replace('backend', 'learn correctable backend');
    const server = await serve({ '/package/': cdn, '/': writePage(learning) });
    const { page, context } = await open(server);
    await waitForStatus(page, 'ready');
    await context.setOffline(true);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    await page.keyboard.press('4');
    const learned = await page.locator('digit-recognizer').evaluate(
      (element) =>
        new Promise((resolve) => {
          element.addEventListener('digit-learned', (event) => {
            const { digit, predicted } = event as Event & { digit: number; predicted: number };
            resolve([digit, predicted]);
          });
          (element as HTMLElement & { clear(): void }).clear();
        }),
    );
    assert.deepEqual(learned, [4, 7]);
  });

  test('is not broken by a second copy of the package', async () => {
    const twice = `${oneTag}<script type="module" src="/again/digit-recognizer.js"></script>`;
    const server = await serve({ '/package/': cdn, '/again/': cdn, '/': writePage(twice) });
    const { page, complaints } = await open(server);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('reads when cross-origin isolated', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag) });
    const { page } = await newPage();
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: {
          ...response.headers(),
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        },
      });
    });
    await page.goto(`${server.origin}/index.html`);
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });
});

describe('the package on another origin than the page', () => {
  const markup = (origin: string, attributes = ''): string =>
    `<script type="module" src="${origin}/package/digit-recognizer.js"></script>${tag.replace('>', `${attributes}>`)}`;
  const policy = (origin: string, worker: string): string =>
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${origin}; style-src 'self'; connect-src 'self' ${origin}; worker-src ${worker}; img-src data:`;

  test('reads a digit without any worker', async () => {
    const assets = await serve({ '/package/': cdn });
    const server = await serve({ '/': writePage(markup(assets.origin)) }, policy(assets.origin, "'none'"));
    const { page, complaints } = await open(server, [assets]);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });

  test('runs a model by its URL if the policy allows workers from blob:', async () => {
    const assets = await serve(packageCdn);
    const server = await serve(
      {
        '/': writePage(
          markup(`${assets.origin}`, ` model="${assets.origin}/models/compact.onnx"`).replace(
            '/package/digit-recognizer.js',
            scriptPath,
          ),
        ),
      },
      policy(assets.origin, `blob: ${assets.origin}`),
    );
    const { page } = await open(server, [assets]);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });

  test('runs a model by its URL in a sandboxed page, whose origin is no URL', async () => {
    const own = tag.replace('>', ' model="/models/compact.onnx">');
    const server = await serve(
      { ...packageCdn, '/': writePage(`<script type="module" src="${scriptPath}"></script>${own}`) },
      'sandbox allow-scripts',
    );
    const { page } = await open(server);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });

  test('says what to allow if the policy forbids that, and keeps the ink', async () => {
    const assets = await serve(packageCdn);
    const model = ` model="${assets.origin}/models/compact.onnx"`;
    const server = await serve(
      { '/': writePage(markup(assets.origin, model).replace('/package/digit-recognizer.js', scriptPath)) },
      policy(assets.origin, "'self'"),
    );
    const { page } = await open(server, [assets]);
    await page.locator('digit-pad [part~=surface]').waitFor();
    await drawSeven(page);
    await waitForStatus(page, 'error');
    assert.match(await developerMessage(page), /blob:/);
    assert.equal(await page.locator('.stroke').count(), 1);
  });
});

describe('when the compiled program is unavailable', () => {
  test('reads with stock ONNX Runtime if it is next to the package, as on a CDN for npm packages', async () => {
    const server = await serve(
      {
        ...packageCdn,
        '/': writePage(`<script type="module" src="${scriptPath}"></script>${tag}`),
      },
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:`,
    );
    const { page } = await newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.addInitScript(() => {
      WebAssembly.Module = new Proxy(WebAssembly.Module, {
        construct() {
          throw new WebAssembly.CompileError('refused');
        },
      });
    });
    await page.goto(`${server.origin}/index.html`);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.ok(requests.some((path) => path === `${onnxRuntimePath}ort-wasm-simd-threaded.wasm`));
  });

  test('fetches the code that starts stock ONNX Runtime again once the browser is online', async () => {
    const own = tag.replace('>', ' model="/models/compact.onnx">');
    const server = await serve(
      { ...packageCdn, '/': writePage(`<script type="module" src="${scriptPath}"></script>${own}`) },
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:`,
    );
    const { page } = await newPage();
    await page.route('**/onnxruntime.js', (route) => route.abort('connectionreset'), { times: 1 });
    await page.goto(`${server.origin}/index.html`);
    await waitForStatus(page, 'error');
    const code = await page.evaluate(
      () => (document.querySelector('digit-recognizer') as unknown as { error: { code: string } }).error.code,
    );
    assert.equal(code, 'network');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });
});

describe('in ordinary use', () => {
  test('requests nothing of stock ONNX Runtime, and each file once, however many tags there are', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage(`${oneTag}${tag}${tag}`) });
    const { page } = await newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(`${server.origin}/index.html`);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    const files = requests
      .map((path) => path.replace(/-[\w-]{8}\./, '.'))
      .filter((path) => path.startsWith('/package'));
    assert.deepEqual(files.sort(), ['/package/assets/compact.onnx', '/package/digit-recognizer.js']);
  });

  test('loads nothing until a lazy element comes near, and then reads', async () => {
    const far = '<div style="height:5000px"></div>';
    const server = await serve(
      {
        '/package/': cdn,
        '/': writePage(
          `<script type="module" src="/package/digit-recognizer.js"></script>${far}${tag.replace('>', ' loading="lazy">')}`,
        ),
      },
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:`,
    );
    const { page } = await newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(`${server.origin}/index.html`);
    await page.locator('digit-recognizer:state(empty)').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    assert.ok(!requests.some((path) => path.includes('/assets/')), requests.join());
    await page.locator('digit-recognizer').scrollIntoViewIfNeeded();
    await waitForStatus(page, 'ready');
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
  });
});

const sevenPicture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#fff"/><path d="M60 50H140L90 160" fill="none" stroke="#000" stroke-width="14"/></svg>';

describe('files that are fetched on first use', () => {
  /** Files of the package that a page requests, as `name.js`. */
  async function openCounting(markup: string) {
    const server = await serve({ '/package/': cdn, '/': writePage(oneTag.replace(tag, markup)) });
    const { page } = await newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      const [, name] = /\/assets\/(.+)-[\w-]{8}\.js$/.exec(request.url()) ?? [];
      if (name) asked.push(name);
    });
    await page.goto(`${server.origin}/index.html`);
    await page.locator('digit-pad [part~=surface]').waitFor();
    return { page, asked };
  }

  /** Passes a canvas with a seven to the page's recognizer, and returns the answer or the error code. */
  const giveSeven = (page: Page): Promise<string> =>
    page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: 200, height: 200 });
      const drawing = canvas.getContext('2d')!;
      drawing.lineWidth = 14;
      drawing.stroke(new Path2D('M60 50H140L90 160'));
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const { RecognitionError } = (await import(
        new URL('package/digit-recognizer.js', location.href).href
      )) as typeof import('../../src/index.js');
      try {
        return String((await document.querySelector('digit-recognizer')!.recognize(blob!))?.digit);
      } catch (error) {
        return error instanceof RecognitionError ? error.code : String(error);
      }
    });

  test('are none for a drawn digit, and the code for pictures, once, for pictures', async () => {
    const { page, asked } = await openCounting(tag);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(asked, []);
    assert.equal(await giveSeven(page), '7');
    assert.equal(await giveSeven(page), '7');
    assert.deepEqual(asked, ['pictures']);
  });

  test('include the code for numbers, together with the network, so that numbers can be read offline', async () => {
    const { page, asked } = await openCounting(tag.replace('>', ' multiple>'));
    await waitForStatus(page, 'ready');
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => /numbers-[\w-]+\.js$/.test(name)),
    );
    await page.context().setOffline(true);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(asked, ['numbers']);
  });

  test('are requested again after a failure, which is typed and keeps the ink', async () => {
    const { page } = await openCounting(tag);
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    await page.route('**/pictures-*.js', (route) => route.abort('connectionreset'));
    assert.equal(await giveSeven(page), 'network');
    assert.equal(await page.locator('.stroke').count(), 1);
    assert.equal(await settledValue(page), '7');
    await page.unroute('**/pictures-*.js');
    assert.equal(await giveSeven(page), '7');
  });

  test('are requested again for a picture that the user has chosen, on request and once online', async () => {
    const { page } = await openCounting(tag.replace('>', ' pictures>'));
    const picture = { name: 'seven.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(sevenPicture) };
    for (const retry of [
      () => page.getByRole('button', { name: 'Try again' }).click(),
      () => page.evaluate(() => dispatchEvent(new Event('online'))),
    ]) {
      await page.reload();
      await page.route('**/pictures-*.js', (route) => route.abort('connectionreset'));
      await page.locator('input[type=file]').setInputFiles(picture);
      await page.getByRole('alert').waitFor();
      await page.unroute('**/pictures-*.js');
      await retry();
      assert.equal(await settledValue(page), '7');
      assert.equal(await page.getByRole('alert').count(), 0);
    }
  });

  test('have a code if the code that reads the first layer is unavailable, and are repeated', async () => {
    const { page } = await openCounting(tag);
    const readLayer = () =>
      page.evaluate(async () => {
        const { InferenceError, InferenceService } = (await import(
          new URL('package/digit-recognizer.js', location.href).href
        )) as typeof import('../../src/index.js');
        try {
          return String((await InferenceService.shared({ backend: 'wasm' }).firstLayer()).filters);
        } catch (error) {
          return error instanceof InferenceError ? error.code : String(error);
        }
      });
    await page.route('**/first-layer-*.js', (route) => route.abort('connectionreset'));
    assert.equal(await readLayer(), 'network');
    await page.unroute('**/first-layer-*.js');
    assert.equal(await readLayer(), '16');
  });

  test('throw errors of the classes that the package exports', async () => {
    const { page } = await openCounting(tag);
    const code = await page.evaluate(async () => {
      const { recognize, RecognitionError } = (await import(
        new URL('package/digit-recognizer.js', location.href).href
      )) as typeof import('../../src/index.js');
      const error: unknown = await recognize(new Blob(['no picture'])).catch((thrown: unknown) => thrown);
      return error instanceof RecognitionError ? error.code : String(error);
    });
    assert.equal(code, 'unsupported-image');
  });

  test('report it if the code for numbers is unavailable, keep the ink, and are retried', async () => {
    const server = await serve({
      '/package/': cdn,
      '/': writePage(oneTag.replace(tag, tag.replace('>', ' multiple>'))),
    });
    const { page } = await newPage();
    await page.route('**/numbers-*.js', (route) => route.abort('connectionreset'));
    await page.goto(`${server.origin}/index.html`);
    await page.locator('digit-pad [part~=surface]').waitFor();
    await drawSeven(page);
    await waitForStatus(page, 'error');
    assert.match(await page.locator('[role=alert]').innerText(), /Your drawing is still there/);
    assert.equal(await page.evaluate(() => document.querySelector('digit-recognizer')!.value), '');
    await page.unroute('**/numbers-*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    // The button is gone, but not the keyboard's focus.
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'digit-recognizer');
    await waitForStatus(page, 'ready');
    assert.equal(await settledValue(page), '7');
  });
});

describe('when something cannot be loaded', () => {
  test('a script from a blob: URL, with no files next to it, defines the tags and reports it', async () => {
    const markup = `<script type="module">
      const script = await (await fetch('/package/digit-recognizer.js')).text();
      await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    </script>${tag}`;
    const allowed = "default-src 'self'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; img-src data:";
    const { page } = await open(await serve({ '/package/': cdn, '/': writePage(markup) }, allowed));
    await drawSeven(page);
    await waitForStatus(page, 'error');
    assert.match(await developerMessage(page), /blob:/);
    assert.equal(await page.locator('.stroke').count(), 1);
  });

  const faults = {
    'the model is missing': { path: '**/*.onnx', status: 404, words: /404/ },
    'the server answers with an HTML page instead of the model': {
      path: '**/*.onnx',
      body: '<!doctype html><p>Not here',
      words: /HTML/i,
    },
    'the model is not the one in the catalog': {
      path: '**/*.onnx',
      body: 'x'.repeat(100),
      words: /compact/,
    },
    'the connection breaks': { path: '**/*.onnx', abort: true, words: /compact/ },
  };

  for (const [name, fault] of Object.entries(faults)) {
    test(`${name}: reports it, keeps the ink, and recovers on the next try`, async () => {
      const server = await serve({ '/package/': cdn, '/': writePage('') });
      const { page } = await newPage();
      await page.route(fault.path, (route) =>
        'abort' in fault
          ? route.abort('connectionreset')
          : route.fulfill({
              status: 'status' in fault ? fault.status : 200,
              contentType: 'text/html',
              body: 'body' in fault ? fault.body : '',
            }),
      );
      await page.goto(`${server.origin}/index.html`);
      await page.addScriptTag({ type: 'module', url: '/package/digit-recognizer.js' });
      await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), tag);
      await page.locator('digit-pad [part~=surface]').waitFor();
      await drawSeven(page);
      await waitForStatus(page, 'error');
      assert.match(await developerMessage(page), fault.words);
      assert.match(await page.locator('[role=alert]').innerText(), /Your drawing is still there/);
      assert.equal(await page.locator('.stroke').count(), 1);
      await page.unroute(fault.path);
      await page.getByRole('button', { name: 'Try again' }).click();
      await waitForStatus(page, 'ready');
      assert.equal(await settledValue(page), '7');
    });
  }
});

describe('on any screen', () => {
  interface Metrics {
    deviceScaleFactor: number;
    width: number;
    height: number;
  }

  /** Where the ink begins, as stored, and where its left and lower ends are on the screen: shares of the pad. */
  const inkPlaces = (page: Page): Promise<number[][]> =>
    page.evaluate(() => {
      const recognizer = document.querySelector('digit-recognizer') as unknown as {
        shadowRoot: ShadowRoot;
        strokes: { points: { x: number; y: number }[] }[];
      };
      const pad = recognizer.shadowRoot.querySelector('digit-pad')!.shadowRoot!;
      const sheet = pad.querySelector('[part~=surface]')!.getBoundingClientRect();
      const shown = pad.querySelector('.stroke path')!.getBoundingClientRect();
      const { x, y } = recognizer.strokes[0].points[0];
      return [
        [x / sheet.width, y / sheet.height],
        [(shown.x - sheet.x) / sheet.width, (shown.bottom - sheet.y) / sheet.height],
      ];
    });

  test('the ink is under the pen at any pixel ratio, and stays in place when the window moves to another screen', async () => {
    const { page, context } = await open(await serve({ '/package/': cdn, '/': writePage(oneTag) }));
    const protocol = await context.newCDPSession(page);
    const show = (metrics: Metrics): Promise<unknown> =>
      protocol.send('Emulation.setDeviceMetricsOverride', { ...metrics, mobile: false });
    await waitForStatus(page, 'ready');
    let before: number[][] | null = null;
    for (const deviceScaleFactor of [1, 1.25, 1.5, 2, 3]) {
      await show({ deviceScaleFactor, width: 1000, height: 700 });
      if (before) assert.deepEqual(await inkPlaces(page), before);
      await page.keyboard.press('Escape');
      await drawSeven(page);
      assert.equal(await settledValue(page), '7');
      before = await inkPlaces(page);
      // Where `drawSeven` puts the pen down, and the left and lower ends of its seven.
      const expected = [0.28, 0.22, 0.28, 0.82];
      before.flat().forEach((value, index) => {
        assert.ok(Math.abs(value - expected[index]) < 0.01, `${before!.join()} at ${deviceScaleFactor}`);
      });
    }
  });
});

describe('the package as plain modules', () => {
  test('reads a digit with an import map and no bundler', async () => {
    const imports = {
      'digit-recognizer/define': '/package/dist/define.js',
      ...Object.fromEntries(
        ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'].flatMap((name) => [
          [`${name}/`, `/node_modules/${name}/`],
        ]),
      ),
      lit: '/node_modules/lit/index.js',
      'lit-html': '/node_modules/lit-html/lit-html.js',
      'lit-element/lit-element.js': '/node_modules/lit-element/lit-element.js',
      '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
    };
    const server = await serve(
      {
        '/package/dist/': join(root, 'dist'),
        '/package/models/': join(root, 'models'),
        '/node_modules/': join(root, 'node_modules'),
        '/': writePage(
          `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module">import 'digit-recognizer/define';</script>${tag}`,
        ),
      },
      "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'",
    );
    const { page, complaints } = await open(server);
    await page.locator('digit-pad [part~=surface]').waitFor();
    await drawSeven(page);
    assert.equal(await settledValue(page), '7');
    assert.deepEqual(complaints, []);
  });
});

describe('without a GPU', () => {
  test('requests none of its code before the first answer, and throws errors of the class that it exports', async () => {
    const server = await serve({ '/package/': cdn, '/': writePage('') });
    const { page } = await open(server);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const recognizer = '/package/digit-recognizer.js';
    const read = (backend: string) =>
      page.evaluate(
        async ([url, preference]) => {
          const { InferenceError, InferenceService } = (await import(url)) as typeof import('../../src/index.js');
          const service = new InferenceService({ backend: preference as 'wasm' | 'webgpu' });
          const error: unknown = await service.infer(new Float32Array(784), 1).catch((thrown: unknown) => thrown);
          return error instanceof InferenceError ? error.code : Object.prototype.toString.call(error);
        },
        [recognizer, backend],
      );
    assert.equal(await read('wasm'), '[object Float32Array]');
    assert.ok(!requests.some((path) => path.includes('webgpu')), requests.join());
    assert.equal(await read('webgpu'), 'webgpu-unavailable');
    assert.equal(requests.filter((path) => path.includes('load-webgpu-program')).length, 1);
  });
});
