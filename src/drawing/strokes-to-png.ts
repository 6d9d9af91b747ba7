import { checkOption, importOnce } from '../utils/index.js';
import { checkPictureOptions } from './check-picture-options.js';
import { DrawingError } from './drawing-error.js';
import { penWidthFor } from './pen-width.js';
import type { PictureOptions } from './strokes-to-svg.js';
import { copyStrokes, type Strokes } from './strokes.js';

const importDrawPNG = importOnce(() => import('./draw-png.js'), 'makes pictures', DrawingError);

/** Some browsers cannot create larger canvases. */
const LARGEST = 8192;

/**
 * Renders strokes as a PNG picture, crisp at any size. Needs `OffscreenCanvas`, so it works in browsers, including
 * workers.
 *
 * @param options `size` of the picture's longer side in pixels, 1 to 8192; 1024 by default
 * @throws {DrawingError} `invalid-drawing` for anything but strokes, `invalid-option` for an invalid option,
 *   `no-picture` if the browser cannot make the picture, `network` if the code that makes it could not be fetched
 */
export async function strokesToPNG(
  strokes: Strokes,
  options: PictureOptions & { readonly size?: number },
): Promise<Blob> {
  const drawn = copyStrokes(strokes);
  const given = checkPictureOptions(options);
  const { frame, penWidth = penWidthFor(frame), ink = 'black', paper = null, size = 1024 } = given;
  const isSize = typeof size === 'number' && size >= 1 && size <= LARGEST;
  checkOption(DrawingError, 'size', size, isSize, `a number of pixels from 1 to ${LARGEST}`);
  const { drawPNG } = await importDrawPNG();
  try {
    return await drawPNG(drawn, { frame, penWidth, ink, paper, size });
  } catch (cause) {
    throw new DrawingError('no-picture', 'The browser could not make the picture. Ask for a smaller size.', { cause });
  }
}
