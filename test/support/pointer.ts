import type { PointerPayload, PointerStep } from './browsers/driven-page.js';
import { stepsIn, type Drawn } from './drawings.js';
import { command } from './page.js';

export { drawnArrow, drawnOne, drawnSeven } from './drawings.js';

/** Plays real pointer events at viewport coordinates. */
export async function playPointer(pointerType: PointerPayload['pointerType'], steps: PointerStep[]): Promise<void> {
  await command<PointerPayload>('page-pointer', { pointerType, steps });
}

/** Draws strokes on an element with real pointer events. */
export async function drawOn(
  element: Element,
  strokes: Drawn,
  pointerType: PointerPayload['pointerType'] = 'mouse',
): Promise<void> {
  await playPointer(pointerType, stepsIn(element.getBoundingClientRect(), strokes));
}
