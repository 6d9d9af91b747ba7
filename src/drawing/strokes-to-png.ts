import { checkPictureOptions } from './check-picture-options.js';
import { describeValue } from './describe-value.js';
import { DrawingError } from './drawing-error.js';
import { penWidthFor } from './pen-width.js';
import { strokeRuns } from './stroke-runs.js';
import type { PictureOptions } from './strokes-to-svg.js';
import { copyStrokes, type Point, type Strokes } from './strokes.js';

/** Beyond this some browsers make no canvas. */
const LARGEST = 8192;

const isDot = (points: readonly Point[]): boolean => points.every(({ x, y }) => x === points[0].x && y === points[0].y);

/** A canvas, other than SVG, draws no line that has no length. */
function nearlyDot({ x, y }: Point): Path2D {
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x + 0.001, y);
  return path;
}

/** What `strokesToPNG` does, which fetches this module when it is first called. */
export async function makePNG(strokes: Strokes, options: PictureOptions & { readonly size?: number }): Promise<Blob> {
  const drawn = copyStrokes(strokes);
  const given = checkPictureOptions(options, ['frame', 'penWidth', 'ink', 'paper', 'size']);
  const { frame, penWidth = penWidthFor(frame), ink = 'black', paper = null, size = 1024 } = given;
  if (!(typeof size === 'number' && size >= 1 && size <= LARGEST)) {
    throw new DrawingError(
      'invalid-option',
      `The option size is ${describeValue(size)}; it can be a number of pixels from 1 to ${LARGEST}.`,
    );
  }
  const scale = size / Math.max(frame.width, frame.height);
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const canvas = new OffscreenCanvas(side(frame.width), side(frame.height));
  const context = canvas.getContext('2d');
  if (!context) {
    throw new DrawingError('no-picture', 'The browser gave no canvas to draw the picture on. Ask for a smaller size.');
  }
  if (paper !== null) {
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.scale(scale, scale);
  context.strokeStyle = ink;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { points } of drawn) {
    for (const { path, width } of strokeRuns(points)) {
      context.lineWidth = width * penWidth;
      context.stroke(isDot(points) ? nearlyDot(points[0]) : new Path2D(path));
    }
  }
  try {
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch (cause) {
    throw new DrawingError('no-picture', 'The browser could not make the picture. Ask for a smaller size.', { cause });
  }
}
