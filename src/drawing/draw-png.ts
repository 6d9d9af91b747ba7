import { strokeRuns } from './stroke-runs.js';
import type { PictureOptions } from './strokes-to-svg.js';
import type { Point, Strokes } from './strokes.js';

const isDot = (points: readonly Point[]): boolean => points.every(({ x, y }) => x === points[0].x && y === points[0].y);

/** A canvas, other than SVG, draws no line that has no length. */
function nearlyDot({ x, y }: Point): Path2D {
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x + 0.001, y);
  return path;
}

/**
 * What `strokesToPNG` does once strokes and options are checked. A file of its own, which is fetched when it is first
 * used.
 *
 * @throws what the browser finds fault with
 */
export async function drawPNG(
  strokes: Strokes,
  { frame, penWidth, ink, paper, size }: Required<PictureOptions> & { readonly size: number },
): Promise<Blob> {
  const scale = size / Math.max(frame.width, frame.height);
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const canvas = new OffscreenCanvas(side(frame.width), side(frame.height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas of this size.');
  if (paper !== null) {
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.scale(scale, scale);
  context.strokeStyle = ink;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { points } of strokes) {
    for (const { path, width } of strokeRuns(points)) {
      context.lineWidth = width * penWidth;
      context.stroke(isDot(points) ? nearlyDot(points[0]) : new Path2D(path));
    }
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
