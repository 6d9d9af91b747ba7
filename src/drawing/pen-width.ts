import type { Size } from './ink-store.js';

/** Width of the pen as a share of the frame's shorter side. */
const PEN_WIDTH = 0.055;

/** How wide a pen is on a frame, unless told: in the frame's units. */
export function penWidthFor({ width, height }: Size): number {
  return Math.min(width, height) * PEN_WIDTH;
}
