import { strokeRuns } from './stroke-runs.js';
import type { PictureOptions } from './strokes-to-svg.js';
import type { Point, Strokes } from './strokes.js';

const isDot = (points: readonly Point[]): boolean => points.every(({ x, y }) => x === points[0].x && y === points[0].y);

/** Unlike SVG, canvas does not draw zero-length lines. */
function nearlyDot({ x, y }: Point): Path2D {
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x + 0.001, y);
  return path;
}

/**
 * Draws validated strokes for `strokesToPNG`. A separate module, fetched on first use.
 *
 * @throws whatever the browser rejects
 */
export async function drawPNG(
  strokes: Strokes,
  { frame, penWidth, ink, paper, size }: Required<PictureOptions> & { readonly size: number },
): Promise<Blob> {
  const scale = size / Math.max(frame.width, frame.height);
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const canvas = new OffscreenCanvas(side(frame.width), side(frame.height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('A canvas of this size is unavailable.');
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
