import type { Box } from './box.js';
import { IMAGE_SIZE } from './image-size.js';

/** Ink as the networks take it. */
export interface NormalizedImage {
  /** 28x28 values, row-major, 0 (paper) to 1 (ink). All 0 when blank. */
  readonly pixels: Float32Array;
  /** Whether there is nothing to read. */
  readonly blank: boolean;
  /** The ink's bounding box in the units of the source; null when blank. */
  readonly box: Box | null;
}

export function blankImage(): NormalizedImage {
  return { pixels: new Float32Array(IMAGE_SIZE * IMAGE_SIZE), blank: true, box: null };
}
