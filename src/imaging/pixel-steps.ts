import { IMAGE_SIDE } from '../model/index.js';
import type { Box } from './box.js';
import { INK_SIZE } from './ink-size.js';
import { STEP_SIZE, type NormalizationSteps } from './normalization-steps.js';
import type { Plane } from './plane.js';
import { resampleArea } from './resample-area.js';

/** Results of `normalizePixels`. */
interface NormalizedPixels {
  /** The ink as found in the picture. */
  readonly found: Plane;
  /** Bounding box of the ink, in pixels of `found`. */
  readonly box: Box;
  /** The content of the box, its lines thickened or thinned if necessary. */
  readonly ink: Plane;
  /** The part of `ink` that counts for its size, in pixels of `ink`. */
  readonly solid: Box;
  /** Scale from pixels of `ink` to pixels of the 28x28 image. */
  readonly scale: number;
  readonly pixels: Float32Array;
}

/** Returns the origin of a square of `size` pixels that shows a box centered at this scale. */
function originOf({ x, y, width, height }: Box, size: number, scale: number): { x: number; y: number } {
  const half = size / scale / 2;
  return { x: x + width / 2 - half, y: y + height / 2 - half };
}

/** Returns the steps from a picture's pixels to the network's input. */
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
