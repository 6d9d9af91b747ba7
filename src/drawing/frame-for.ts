import type { Size } from './ink-store.js';
import type { Strokes } from './strokes.js';

/** What is left around strokes that need more room than there is. */
const MARGIN = 1.1;

/** A frame for strokes of which only the coordinates are known: `size`, or as much more as is needed to show them all. */
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
