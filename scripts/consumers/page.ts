/** Has a project's page read the ten digits, as a user would, and watches for errors and third-party requests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { watchPage } from '../shared/watch-page.js';
import { consumers } from './projects.js';

/** Points as fractions of the pad. */
type Drawing = [x: number, y: number][][];

export const drawings = JSON.parse(readFileSync(join(consumers, 'drawings.json'), 'utf8')) as Record<string, Drawing>;

/** Size of the imaginary pad of strokes that a page reads without one, in CSS pixels. */
const padSize = 280;

export interface Reading {
  readonly digit: string;
  readonly answer: string;
}

/**
 * @param origins that the page may send requests to
 * @returns complaints; more are added while the page is used
 */
export function watch(page: Page, origins: readonly string[]): string[] {
  const complaints = watchPage(page, origins);
  page.on('request', (request) => {
    const url = request.url();
    if (/ort-wasm|onnxruntime-web|\/worker-(jspi|wasm|webgpu)/.test(url)) complaints.push(`ONNX Runtime: ${url}`);
  });
  return complaints;
}

/** Draws on the pad with the mouse. */
export async function draw(page: Page, surface: Locator, drawing: Drawing): Promise<void> {
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

/** Draws each digit on the page's recognizer, and reads what the page itself writes into `#answer`. */
async function drawDigits(page: Page): Promise<Reading[]> {
  const recognizer = page.locator('digit-recognizer');
  const surface = recognizer.locator('digit-pad .surface');
  const answer = page.locator('#answer');
  await surface.waitFor();
  const readings: Reading[] = [];
  for (const [digit, drawing] of Object.entries(drawings)) {
    await draw(page, surface, drawing);
    const value = await recognizer.evaluate(async (element) => {
      const read = element as unknown as { recognitionComplete?: Promise<unknown>; value?: string };
      await read.recognitionComplete;
      return read.value ?? '';
    });
    // Frameworks render a moment later.
    await answer
      .filter({ hasText: value })
      .waitFor({ timeout: 5000 })
      .catch(() => {});
    readings.push({ digit, answer: (await answer.innerText()).trim() });
    await recognizer.getByRole('button', { name: 'Clear' }).click();
  }
  return readings;
}

/** Passes the strokes of each digit to the page. */
async function readStrokes(page: Page): Promise<Reading[]> {
  await page.waitForFunction(() => 'readDigit' in globalThis);
  const readings: Reading[] = [];
  for (const [digit, drawing] of Object.entries(drawings)) {
    const strokes = drawing.map((line) => ({ points: line.map(([x, y]) => ({ x: x * padSize, y: y * padSize })) }));
    const answer = await page.evaluate(async (drawn) => {
      const { readDigit } = globalThis as unknown as { readDigit: (strokes: unknown) => Promise<number | null> };
      return String(await readDigit(drawn));
    }, strokes);
    readings.push({ digit, answer });
  }
  return readings;
}

export const readers = { pad: drawDigits, strokes: readStrokes };

export const mistakes = (readings: readonly Reading[]): string[] =>
  readings.flatMap(({ digit, answer }) => (digit === answer ? [] : [`read "${answer}" for a ${digit}`]));
