import { centerOfMass } from './center-of-mass.js';
import { IMAGE_SIZE, INK_CENTER, INK_SIZE } from './image-size.js';
import { blankImage, type NormalizedImage } from './normalized-image.js';
import { shiftToCenter } from './shift-to-center.js';
import { rasterizeStrokes, type Pen } from './rasterize-strokes.js';
import { boundingBoxOfPoints, transformStrokes, withoutStrayPoints, type StrokePath } from './stroke-path.js';

/** Pen width in pixels of the 28x28 picture. */
export const PEN_WIDTH = 2.6;
const PEN_SOFTNESS = 1.8;

export function normalizeStrokes(
  strokes: readonly StrokePath[],
  { penWidth = PEN_WIDTH, softness = PEN_SOFTNESS }: { readonly penWidth?: number; readonly softness?: number } = {},
): NormalizedImage {
  const drawn = withoutStrayPoints(strokes);
  const box = boundingBoxOfPoints(drawn);
  if (box === null) return blankImage();
  const pen: Pen = { width: penWidth, softness };
  const extent = Math.max(box.width, box.height);
  const scale = extent > 0 ? (INK_SIZE - penWidth - softness) / extent : 0;
  const middle = (length: number): number => INK_CENTER - (length * scale) / 2;
  const start = { x: middle(box.width), y: middle(box.height) };
  const centered = transformStrokes(drawn, box, scale, start);
  const mass = centerOfMass(rasterizeStrokes(centered, IMAGE_SIZE, pen));
  if (mass === null) return blankImage();
  const edge = (penWidth + softness) / 2;
  const shift = {
    x: shiftToCenter(mass.x, start.x - edge, start.x + box.width * scale + edge),
    y: shiftToCenter(mass.y, start.y - edge, start.y + box.height * scale + edge),
  };
  const { data } = rasterizeStrokes(transformStrokes(centered, { x: 0, y: 0 }, 1, shift), IMAGE_SIZE, pen);
  return { pixels: data, blank: false, box };
}
