import type { Size } from './ink-store.js';

/** Width of the pen as a share of the frame's shorter side. */
const PEN_WIDTH = 0.055;

/** The default width of a pen on a frame, in the frame's units. */
export function penWidthFor({ width, height }: Size): number {
  return Math.min(width, height) * PEN_WIDTH;
}
