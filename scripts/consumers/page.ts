/** Has a project's page read the ten digits, as a user would, and watches for errors and third-party requests. */
import type { Page } from 'playwright-core';
import { drawnDigits } from '../../test/support/drawings.js';
import { drawWithMouse } from '../shared/draw-with-mouse.js';
import { watchPage } from '../shared/watch-page.js';

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

/** Draws each digit on the page's recognizer, and reads what the page itself writes into `#answer`. */
async function drawDigits(page: Page): Promise<Reading[]> {
  const recognizer = page.locator('digit-recognizer');
  const surface = recognizer.locator('digit-pad .surface');
  const answer = page.locator('#answer');
  await surface.waitFor();
  const readings: Reading[] = [];
  for (const [digit, drawing] of drawnDigits.entries()) {
    await drawWithMouse(page, surface, drawing);
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
    readings.push({ digit: String(digit), answer: (await answer.innerText()).trim() });
    await recognizer.getByRole('button', { name: 'Clear' }).click();
  }
  return readings;
}

/** Passes the strokes of each digit to the page. */
async function readStrokes(page: Page): Promise<Reading[]> {
  await page.waitForFunction(() => 'readDigit' in globalThis);
  const readings: Reading[] = [];
  for (const [digit, drawing] of drawnDigits.entries()) {
    const strokes = drawing.map((line) => ({ points: line.map(([x, y]) => ({ x: x * padSize, y: y * padSize })) }));
    const answer = await page.evaluate(async (drawn) => {
      const { readDigit } = globalThis as unknown as { readDigit: (strokes: unknown) => Promise<number | null> };
      return String(await readDigit(drawn));
    }, strokes);
    readings.push({ digit: String(digit), answer });
  }
  return readings;
}

export const readers = { pad: drawDigits, strokes: readStrokes };

export const mistakes = (readings: readonly Reading[]): string[] =>
  readings.flatMap(({ digit, answer }) => (digit === answer ? [] : [`read "${answer}" for a ${digit}`]));
