/** Asks a project's page for the ten digits, as a person would, and notes what the page does that it should not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, ensureBrowser } from '../browser.js';
import { consumers } from './projects.js';

/** @import { Locator, Page } from 'playwright-core' */

/** Points as fractions of the pad. @typedef {[x: number, y: number][][]} Drawing */

const drawings = /** @type {Record<string, Drawing>} */ (
  JSON.parse(readFileSync(join(consumers, 'drawings.json'), 'utf8'))
);

/** How large the pad is that the strokes were drawn on which a page reads without one, in CSS pixels. */
const padSize = 280;

/**
 * @typedef {object} Reading
 * @property {string} digit that was drawn
 * @property {string} answer that the page gave
 */

/** @param {{ hosts?: Record<string, string> }} [options] hosts and where they are, as `127.0.0.1:8080` */
export function launchBrowser({ hosts = {} } = {}) {
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name}:80 ${address}`);
  return chromium.launch({
    executablePath: ensureBrowser(),
    args: [...browserArguments, ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : [])],
  });
}

/**
 * @param {Page} page
 * @param {readonly string[]} origins that it may ask
 * @returns {string[]} its complaints; more come while it is used
 */
export function watch(page, origins) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !origins.includes(new URL(url).origin)) complaints.push(`stranger: ${url}`);
    if (/ort-wasm|onnxruntime/.test(url)) complaints.push(`ONNX Runtime: ${url}`);
  });
  return complaints;
}

/**
 * @param {Page} page
 * @param {Locator} surface
 * @param {Drawing} drawing
 */
async function draw(page, surface, drawing) {
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (!box) throw new Error('The pad is not shown.');
  for (const [first, ...others] of drawing) {
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height);
    await page.mouse.down();
    for (const [x, y] of others) await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
    await page.mouse.up();
  }
}

/**
 * Draws each digit on the page's recognizer and reads what the page itself writes into `#answer`.
 * @param {Page} page
 * @returns {Promise<Reading[]>}
 */
async function drawDigits(page) {
  const recognizer = page.locator('digit-recognizer');
  const surface = recognizer.locator('digit-pad .surface');
  const answer = page.locator('#answer');
  await surface.waitFor();
  /** @type {Reading[]} */
  const readings = [];
  for (const [digit, drawing] of Object.entries(drawings)) {
    await draw(page, surface, drawing);
    const value = await recognizer.evaluate(async (element) => {
      const { recognitionComplete } = /** @type {{ recognitionComplete?: Promise<unknown> }} */ (
        /** @type {unknown} */ (element)
      );
      await recognitionComplete;
      return /** @type {{ value?: string }} */ (/** @type {unknown} */ (element)).value ?? '';
    });
    // What the page shows may come a moment later, as frameworks render.
    await answer
      .filter({ hasText: value })
      .waitFor({ timeout: 5000 })
      .catch(() => {});
    readings.push({ digit, answer: (await answer.innerText()).trim() });
    await recognizer.getByRole('button', { name: 'Clear' }).click();
  }
  return readings;
}

/**
 * Gives the page the strokes of each digit.
 * @param {Page} page
 * @returns {Promise<Reading[]>}
 */
async function readStrokes(page) {
  await page.waitForFunction(() => 'readDigit' in globalThis);
  /** @type {Reading[]} */
  const readings = [];
  for (const [digit, drawing] of Object.entries(drawings)) {
    const strokes = drawing.map((line) => ({ points: line.map(([x, y]) => ({ x: x * padSize, y: y * padSize })) }));
    const answer = await page.evaluate(async (drawn) => {
      const { readDigit } = /** @type {{ readDigit: (strokes: unknown) => Promise<number | null> }} */ (
        /** @type {unknown} */ (globalThis)
      );
      return String(await readDigit(drawn));
    }, strokes);
    readings.push({ digit, answer });
  }
  return readings;
}

export const readers = { pad: drawDigits, strokes: readStrokes };

/** @param {readonly Reading[]} readings @returns {string[]} what was read wrongly */
export function mistakes(readings) {
  return readings
    .filter(({ digit, answer }) => digit !== answer)
    .map(({ digit, answer }) => `read "${answer}" for a ${digit}`);
}
