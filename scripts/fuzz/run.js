/** Hostile inputs for the built package, in Chromium. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, ensureBrowser } from '../browser.js';
import { serveFolders } from '../serve-folders.js';
import { root } from '../setup.js';

/** @import { Finding, Kind, Outcome } from './page/fuzz.js' */

const runtimeVersion = '1.30.0';

/** What each kind is, and its share of all inputs. @type {Record<Kind, { name: string, share: number }>} */
export const kinds = {
  assets: { name: 'the package’s own files, damaged on their way', share: 0.02 },
  strokes: { name: 'strokes', share: 0.5 },
  pixels: { name: 'ImageData', share: 0.27 },
  files: { name: 'damaged PNG, JPEG, WebP, GIF and SVG files', share: 0.2 },
  models: { name: 'damaged ONNX models by URL', share: 0.01 },
};

/** Inputs between two words of progress. */
const BATCH = 500;

/**
 * @param {{ count: number, seed: number, only?: Kind[], onProgress?: (kind: Kind, done: number) => void }} options
 * @returns {Promise<{ kind: Kind, inputs: number, endings: Record<string, number>, findings: Finding[] }[]>}
 */
export async function runFuzz({ count, seed, only = /** @type {Kind[]} */ (Object.keys(kinds)), onProgress }) {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-fuzz-'));
  const imports = { 'digit-recognizer': '/npm/digit-recognizer@0.0.0/dist/cdn/digit-recognizer.js' };
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Fuzz</title><link rel="icon" href="data:,">
    <script type="importmap">${JSON.stringify({ imports })}</script>
    <script type="module" src="/fuzz/fuzz.js"></script>`,
  );
  const server = await serveFolders(
    {
      '/npm/digit-recognizer@0.0.0/': root,
      [`/npm/onnxruntime-web@${runtimeVersion}/dist/`]: join(root, 'node_modules/onnxruntime-web/dist'),
      '/models/': join(root, 'models'),
      '/fuzz/': join(root, 'scripts/fuzz/page'),
      '/': folder,
    },
    { contentSecurityPolicy: "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' data: blob:" },
  );
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArguments });
  try {
    const results = [];
    for (const kind of only) {
      // Each kind in a page of its own: the damaged files must not be there already.
      const page = await browser.newPage();
      await page.goto(`${server.origin}/index.html`);
      await page.waitForFunction('globalThis.fuzz');
      const inputs = Math.max(1, Math.round(count * kinds[kind].share));
      /** @type {Outcome} */
      const total = { endings: {}, findings: [] };
      for (let from = 0; from < inputs; from += BATCH) {
        const batch = Math.min(BATCH, inputs - from);
        const outcome = /** @type {Outcome} */ (await page.evaluate(`fuzz('${kind}', ${from}, ${batch}, ${seed})`));
        for (const [ending, times] of Object.entries(outcome.endings)) {
          total.endings[ending] = (total.endings[ending] ?? 0) + times;
        }
        total.findings.push(...outcome.findings);
        onProgress?.(kind, from + batch);
      }
      await page.close();
      results.push({ kind, inputs, ...total });
    }
    return results;
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}
