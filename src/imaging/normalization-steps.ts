import type { Box } from './box.js';
import type { Plane } from './plane.js';

/** How ink was turned into the network's input, step by step. */
export interface NormalizationSteps {
  /** The ink as found, regardless of its color: 0 (paper) to 1. A square of at most {@link STEP_SIZE} px. */
  readonly ink: Plane;
  /** Bounding box of the ink, in pixels of `ink`. */
  readonly box: Box;
  /** The content of the box, its longest side scaled to 20 px, centered in a square of 20 px. */
  readonly scaled: Plane;
  /** `scaled` with its center of mass in the middle of 28x28 px, or as near to it as possible with all ink inside. */
  readonly centered: Plane;
}

/** Longest side, in pixels, at which the ink is shown. */
export const STEP_SIZE = 140;
