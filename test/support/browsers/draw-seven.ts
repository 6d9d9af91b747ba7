/** A seven, drawn end to end: the built package in a page, a pen, and the answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/setup.js';
import { serveFolders } from '../../../scripts/shared/serve-folders.js';
import { drawnSeven, stepsIn } from '../drawings.js';
import type { DrivenBrowser, OpenPage } from './driven-page.js';

/** The answer, and the backend. */
export interface Reading {
  readonly value: string;
  readonly backend: string;
}

/** An expression for a page: a canvas with a picture of a seven. */
export const canvasOfSeven = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 });
  const drawing = canvas.getContext('2d');
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, 200, 200);
  drawing.lineWidth = 14;
  drawing.stroke(new Path2D('M60 50H140L90 160'));
  return canvas;
})()`;

/** Draws a seven with the mouse on the default pad of the page's recognizer, and lifts the pen unless `held`. */
export async function drawSevenIn(page: OpenPage, { held = false } = {}): Promise<void> {
  const box = (await page.evaluate(`(async () => {
    await customElements.whenDefined('digit-recognizer');
    const recognizer = document.querySelector('digit-recognizer');
    await recognizer.updateComplete;
    await new Promise(requestAnimationFrame);
    const pad = recognizer.shadowRoot.querySelector('digit-pad');
    return pad.shadowRoot.querySelector('[part~=surface]').getBoundingClientRect().toJSON();
  })()`)) as DOMRect;
  const steps = stepsIn(box, drawnSeven);
  await page.pointer({ pointerType: 'mouse', steps: held ? steps.slice(0, -1) : steps });
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
    await drawSevenIn(page);
    const recognizer = "document.querySelector('digit-recognizer')";
    return (await page.evaluate(`${recognizer}.recognitionComplete
        .then((recognition) => ({ value: ${recognizer}.value, backend: recognition?.backend ?? 'none' }))`)) as Reading;
  } finally {
    await page.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}
