import { IMAGE_SIDE } from '../model/index.js';
import { centerOfMass } from './center-of-mass.js';
import { INK_CENTER, INK_SIZE } from './ink-size.js';
import { blankImage, type NormalizedImage } from './normalized-image.js';
import { shiftToCenter } from './shift-to-center.js';
import { rasterizeStrokes, type Pen } from './rasterize-strokes.js';
import { strokeSteps } from './stroke-steps.js';
import { boundingBoxOfPoints, transformStrokes, withoutStrayPoints, type StrokePath } from './stroke-path.js';

/**
 * Pen width in pixels of the 28x28 image. With it, lines of the pen-digits training strokes are 2.74 px wide on
 * average, by `lineWidth`; those of MNIST's training images 2.60 (standard deviation 0.70, due to writer and pen).
 */
export const PEN_WIDTH = 2.6;

/**
 * Number of pixels over which the pen's edge fades. With it, 35 % of the inked pixels are nearly full (above 0.9) and
 * 50 % gray (0.1 to 0.9); in MNIST's training images, 45 % and 46 %.
 */
export const PEN_SOFTNESS = 1.8;

/**
 * Draws strokes as an image like MNIST's, with a round pen whose width is relative to the digit's size, so that thin,
 * thick, small, huge and off-center ink give the same image. The longest side is 20 px including the pen's soft edge;
 * the center of mass is in the middle, or as near to it as possible with all ink inside.
 *
 * Invalid points (NaN, infinite, beyond 1e9) are left out. Without any other, the image is blank. If all points
 * coincide, the image is a dot as wide as the pen.
 *
 * @param strokes in any units, y down
 * @param pen `penWidth` and `softness` of the pen's edge, in pixels of the 28x28 image
 */
export function normalizeStrokes(
  strokes: readonly StrokePath[],
  { penWidth = PEN_WIDTH, softness = PEN_SOFTNESS }: { readonly penWidth?: number; readonly softness?: number } = {},
): NormalizedImage {
  const drawn = withoutStrayPoints(strokes);
  const box = boundingBoxOfPoints(drawn);
  if (box === null) return blankImage();
  const pen: Pen = { width: penWidth, softness };
  const extent = Math.max(box.width, box.height);
  const fitting = (INK_SIZE - penWidth - softness) / extent;
  // Points with no extent, or next to none, are a dot.
  const scale = Number.isFinite(fitting) ? fitting : 0;
  const middle = (length: number): number => INK_CENTER - (length * scale) / 2;
  const start = { x: middle(box.width), y: middle(box.height) };
  const centered = transformStrokes(drawn, box, scale, start);
  const mass = centerOfMass(rasterizeStrokes(centered, IMAGE_SIDE, pen));
  if (mass === null) return blankImage();
  const edge = (penWidth + softness) / 2;
  const shift = {
    x: shiftToCenter(mass.x, start.x - edge, start.x + box.width * scale + edge),
    y: shiftToCenter(mass.y, start.y - edge, start.y + box.height * scale + edge),
  };
  const { data } = rasterizeStrokes(transformStrokes(centered, { x: 0, y: 0 }, 1, shift), IMAGE_SIDE, pen);
  const steps: NormalizedImage['steps'] = (sheet) => strokeSteps({ drawn, box, scale, pen, pixels: data }, sheet);
  return { pixels: data, blank: false, box, steps };
}
