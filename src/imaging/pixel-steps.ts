import type { Box } from './box.js';
import { IMAGE_SIDE } from '../model/shapes.js';
import { INK_SIZE } from './ink-size.js';
import { STEP_SIZE, type NormalizationSteps } from './normalization-steps.js';
import type { Plane } from './plane.js';
import { resampleArea } from './resample-area.js';

/** What `normalizePixels` has found out. */
interface NormalizedPixels {
  /** The ink where it was found. */
  readonly found: Plane;
  /** Around the ink, in pixels of `found`. */
  readonly box: Box;
  /** What is in the box, its lines perhaps made wider or thinner. */
  readonly ink: Plane;
  /** The part of `ink` that counts for its size, in its pixels. */
  readonly solid: Box;
  /** From pixels of `ink` to those of the 28x28 picture. */
  readonly scale: number;
  readonly pixels: Float32Array;
}

/** Where a square of `size` pixels begins in a plane that is shown in its middle at this scale. */
function originOf({ x, y, width, height }: Box, size: number, scale: number): { x: number; y: number } {
  const half = size / scale / 2;
  return { x: x + width / 2 - half, y: y + height / 2 - half };
}

/** The steps from the pixels of a picture to the one that the networks take. */
export function pixelSteps({ found, box, ink, solid, scale, pixels }: NormalizedPixels): NormalizationSteps {
  const longest = Math.max(found.width, found.height);
  const size = Math.min(STEP_SIZE, longest);
  const zoom = size / longest;
  const origin = originOf({ x: 0, y: 0, width: found.width, height: found.height }, size, zoom);
  return {
    ink: resampleArea(found, size, zoom, origin),
    box: {
      x: (box.x - origin.x) * zoom,
      y: (box.y - origin.y) * zoom,
      width: box.width * zoom,
      height: box.height * zoom,
    },
    scaled: resampleArea(ink, INK_SIZE, scale, originOf(solid, INK_SIZE, scale)),
    centered: { data: pixels, width: IMAGE_SIDE, height: IMAGE_SIDE },
  };
}
