/** A seven, drawn from end to end: the built package in a page, a pen, and the answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFolders } from '../../../scripts/serve-folders.js';
import { root } from '../../../scripts/setup.js';

import type { DrivenBrowser } from './driven-page.js';

const seven = [
  [0.28, 0.2],
  [0.4, 0.2],
  [0.55, 0.2],
  [0.72, 0.2],
  [0.66, 0.35],
  [0.58, 0.5],
  [0.5, 0.65],
  [0.44, 0.82],
];

/** What is read, and what read it. */
export interface Reading {
  readonly value: string;
  readonly backend: string;
}

export async function drawSeven(browser: DrivenBrowser, backend: 'wasm' | 'webgpu'): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-page-'));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
    <script type="module" src="/package/digit-recognizer.js"></script>
    <digit-recognizer backend="${backend}"></digit-recognizer>`,
  );
  const server = await serveFolders({ '/package/': join(root, 'dist/cdn'), '/': folder });
  const page = await browser.open();
  try {
    await page.setViewport({ width: 800, height: 600 });
    await page.goto(`${server.origin}/index.html`);
    const recognizer = "document.querySelector('digit-recognizer')";
    const box = (await page.evaluate(`customElements.whenDefined('digit-recognizer')
        .then(() => ${recognizer}.updateComplete)
        .then(() => new Promise(requestAnimationFrame))
        .then(() => ${recognizer}.shadowRoot.querySelector('digit-pad').shadowRoot.querySelector('[part~=surface]').getBoundingClientRect().toJSON())`)) as {
      x: number;
      y: number;
      width: number;
      height: number;
    };
    const points = seven.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
    await page.pointer({
      pointerType: 'mouse',
      steps: [
        { type: 'down', ...points[0] },
        ...points.map((point) => ({ type: 'move' as const, ...point })),
        { type: 'up', ...points[points.length - 1] },
      ],
    });
    return (await page.evaluate(`${recognizer}.recognitionComplete
        .then((recognition) => ({ value: ${recognizer}.value, backend: recognition?.backend ?? 'none' }))`)) as Reading;
  } finally {
    await page.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}
