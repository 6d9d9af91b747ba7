import type { Locator, Page } from 'playwright-core';
import { stepsIn, type Drawn } from '../../test/support/drawings.js';

/** Draws strokes on a pad's surface with the mouse, through points between theirs. */
export async function drawWithMouse(page: Page, surface: Locator, strokes: Drawn): Promise<void> {
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (!box) throw new Error('The pad is not shown.');
  for (const { type, x, y } of stepsIn({ left: box.x, top: box.y, ...box }, strokes)) {
    if (type === 'up') await page.mouse.up();
    else await page.mouse.move(x, y, type === 'move' ? { steps: 4 } : {});
    if (type === 'down') await page.mouse.down();
  }
}
