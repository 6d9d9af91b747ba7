import { IMAGE_SIDE } from '../model/index.js';
import { INK_CENTER } from './ink-size.js';

/**
 * Returns how far to move the ink on one axis, so that its center of mass comes to the middle of the image, or as near
 * to it as possible with all ink, from `from` to `to`, inside. The ink must fit.
 */
export function shiftToCenter(mass: number, from: number, to: number): number {
  return Math.min(IMAGE_SIDE - to, Math.max(-from, INK_CENTER - mass));
}
