import type { Size } from './ink-store.js';
import { freezeStroke, freezeStrokes, type Point, type Strokes } from './strokes.js';

/** How much larger an enlarged frame is than the strokes in it. */
const MARGIN = 1.1;

/**
 * Returns a frame for strokes of which only the coordinates are known: `size`, enlarged if needed to show them all.
 * Frames start at 0, so move strokes with negative coordinates first, with {@link moveIntoView}.
 */
export function frameFor(strokes: Strokes, size: Size): Size {
  let scale = 1;
  for (const { points } of strokes) {
    for (const { x, y } of points) {
      const needed = Math.max(x / size.width, y / size.height);
      if (Number.isFinite(needed) && needed > scale) scale = needed;
    }
  }
  return scale === 1 ? size : { width: size.width * scale * MARGIN, height: size.height * scale * MARGIN };
}

/** Moves strokes right and down until no coordinate is negative; returns the same object if none is. */
export function moveIntoView(strokes: Strokes): Strokes {
  let [left, top] = [0, 0];
  for (const { points } of strokes) {
    for (const { x, y } of points) {
      if (x < left) left = x;
      if (y < top) top = y;
    }
  }
  if (left === 0 && top === 0) return strokes;
  const moved = (point: Point): Point => Object.freeze({ ...point, x: point.x - left, y: point.y - top });
  return freezeStrokes(strokes.map(({ points }) => freezeStroke(points.map(moved))));
}
