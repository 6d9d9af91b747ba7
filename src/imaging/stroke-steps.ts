import { IMAGE_SIDE } from '../model/index.js';
import { boxAround, type Box } from './box.js';
import { INK_SIZE } from './ink-size.js';
import { STEP_SIZE, type NormalizationSteps } from './normalization-steps.js';
import { rasterizeStrokes, type Pen } from './rasterize-strokes.js';
import { transformStrokes, type StrokePath } from './stroke-path.js';

/** Results of `normalizeStrokes`. */
interface NormalizedStrokes {
  readonly drawn: readonly StrokePath[];
  /** Bounding box of all points, without the pen's width. */
  readonly box: Box;
  /** Scale from the strokes' units to pixels of the 28x28 image; 0 for a dot. */
  readonly scale: number;
  /** In pixels of the 28x28 image. */
  readonly pen: Pen;
  readonly pixels: Float32Array;
}

/** Margin around the ink if there is no sheet, as a share of its size. */
const MARGIN = 0.2;

/** Returns the square around a box, centered. */
function squareAround({ x, y, width, height }: Box): Box {
  const side = Math.max(width, height);
  return { x: x - (side - width) / 2, y: y - (side - height) / 2, width: side, height: side };
}

function grow({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/**
 * Returns the steps from strokes to the network's input.
 *
 * @param sheet the area that they were drawn on, in their units
 */
export function strokeSteps(
  { drawn, box, scale, pen, pixels }: NormalizedStrokes,
  sheet: Box | undefined,
): NormalizationSteps {
  // The points of a dot coincide; it is shown as large as a dot might be on the sheet.
  const unit = scale || INK_SIZE / Math.max(sheet?.width ?? 1, sheet?.height ?? 1);
  const inked = grow(box, (pen.width + pen.softness) / 2 / unit);
  const margin = MARGIN * Math.max(inked.width, inked.height);
  const view = squareAround(sheet ? boxAround([sheet, inked]) : grow(inked, margin));
  const zoom = STEP_SIZE / view.width;
  const toView = transformStrokes(drawn, view, zoom, { x: 0, y: 0 });
  const middle = { x: (INK_SIZE - box.width * scale) / 2, y: (INK_SIZE - box.height * scale) / 2 };
  return {
    ink: rasterizeStrokes(toView, STEP_SIZE, {
      width: (pen.width * zoom) / unit,
      softness: (pen.softness * zoom) / unit,
    }),
    box: {
      x: (inked.x - view.x) * zoom,
      y: (inked.y - view.y) * zoom,
      width: inked.width * zoom,
      height: inked.height * zoom,
    },
    scaled: rasterizeStrokes(transformStrokes(drawn, box, scale, middle), INK_SIZE, pen),
    centered: { data: pixels, width: IMAGE_SIDE, height: IMAGE_SIDE },
  };
}
