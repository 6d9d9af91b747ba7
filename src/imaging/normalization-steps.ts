import type { Box } from './box.js';
import type { Plane } from './plane.js';

/** How ink became the picture that the networks take, step by step. */
export interface NormalizationSteps {
  /** The ink as it was found, whatever its color was: 0 (paper) to 1. A square of at most {@link STEP_SIZE} px. */
  readonly ink: Plane;
  /** The box around the ink, in pixels of `ink`. */
  readonly box: Box;
  /** What is in the box, its longest side scaled to 20 px, in the middle of a square of 20 px. */
  readonly scaled: Plane;
  /** `scaled` with its center of mass in the middle of 28x28 px, or as near to it as keeps all ink inside. */
  readonly centered: Plane;
}

/** Longest side in pixels at which the ink is shown. */
export const STEP_SIZE = 140;
