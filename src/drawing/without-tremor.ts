import type { Size } from './ink-store.js';
import { penWidthFor } from './pen-width.js';
import type { Point, Strokes } from './strokes.js';

/**
 * Returns strokes, or a single point if all of their points lie within the pen's radius of the first one: a pad shows
 * them as a dot, since a finger or mouse moves slightly during a tap.
 *
 * @param frame size of the pad that they were drawn on
 */
export function withoutTremor(strokes: Strokes, frame: Size): Strokes {
  const radius = penWidthFor(frame) / 2;
  const start = strokes.find(({ points }) => points.length > 0)?.points[0];
  if (!start) return strokes;
  const isNear = ({ x, y }: Point): boolean => Math.hypot(x - start.x, y - start.y) < radius;
  return strokes.every(({ points }) => points.every(isNear)) ? [{ points: [start] }] : strokes;
}
