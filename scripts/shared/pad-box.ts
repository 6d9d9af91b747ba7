/** The page's side of drawing on `<digit-recognizer>` with a real pointer. */
import type { DigitRecognizer } from '../../src/index.js';

/**
 * Waits until a recognizer's pad is rendered.
 * @returns the box to draw in, in CSS pixels of the viewport
 */
export async function padBox(recognizer: DigitRecognizer) {
  await recognizer.updateComplete;
  const pad = recognizer.shadowRoot?.querySelector('digit-pad');
  await pad?.updateComplete;
  const surface = pad?.shadowRoot?.querySelector('[part~="surface"]');
  if (!surface) throw new Error('The pad shows no surface to draw on.');
  const { x, y, width, height } = surface.getBoundingClientRect();
  return { x, y, width, height };
}
