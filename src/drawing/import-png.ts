import { DrawingError } from './drawing-error.js';
import type { makePNG } from './strokes-to-png.js';

/**
 * Strokes as a PNG picture. Drawn anew at the size that is asked for, so that it is crisp at every size. Where there
 * is an `OffscreenCanvas`: in browsers, also in workers.
 *
 * @param options `size` of the picture's longer side in pixels, 1 to 8192; 1024 by default
 * @throws {DrawingError} `invalid-drawing` for anything but strokes, `invalid-option` for another size or an unknown
 *   option, `no-picture` when the browser cannot make the picture, `network` when the code
 *   that makes it could not be fetched
 */
export async function strokesToPNG(...call: Parameters<typeof makePNG>): Promise<Blob> {
  let png: typeof import('./strokes-to-png.js');
  try {
    png = await import('./strokes-to-png.js');
  } catch (cause) {
    throw new DrawingError('network', 'The code that makes pictures could not be fetched. Try again.', { cause });
  }
  return png.makePNG(...call);
}
