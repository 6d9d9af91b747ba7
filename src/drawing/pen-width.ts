import type { Size } from './ink-store.js';

/** Pen width as a share of the frame's shorter side. */
const PEN_WIDTH = 0.055;

/** Returns the default pen width for a frame, in the frame's units. */
export function penWidthFor({ width, height }: Size): number {
  return Math.min(width, height) * PEN_WIDTH;
}
