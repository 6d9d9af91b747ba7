import { IMAGE_LENGTH } from '../model/index.js';
import type { Box } from './box.js';
import type { NormalizationSteps } from './normalization-steps.js';

/** Ink as input for the networks. */
export interface NormalizedImage {
  /** 28x28 values, row-major, 0 (paper) to 1 (ink). All 0 when blank. */
  readonly pixels: Float32Array;
  /** Whether there is nothing to read. */
  readonly blank: boolean;
  /** The ink's bounding box in the units of the source; null when blank. */
  readonly box: Box | null;
  /**
   * Returns the steps that led here, computed at each call. Absent if blank.
   * @param sheet the part of the source to show around strokes: the pad that they were drawn on
   */
  readonly steps?: (sheet?: Box) => NormalizationSteps;
}

export function blankImage(): NormalizedImage {
  return { pixels: new Float32Array(IMAGE_LENGTH), blank: true, box: null };
}
