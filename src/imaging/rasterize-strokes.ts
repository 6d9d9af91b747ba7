import type { Plane } from './plane.js';
import type { PathPoint, StrokePath } from './stroke-path.js';

/** A round pen. */
export interface Pen {
  /** Diameter in pixels, measured at half coverage. */
  readonly width: number;
  /** Number of pixels over which the edge fades. 1 is ordinary anti-aliasing. */
  readonly softness: number;
}

/** Lowers the squared distances of pixel centers within `reach` of the segment from `a` to `b`. */
function lowerDistances(distances: Float32Array, size: number, a: PathPoint, b: PathPoint, reach: number): void {
  const left = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(a.x, b.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(a.y, b.y) + reach));
  const directionX = b.x - a.x;
  const directionY = b.y - a.y;
  const squaredLength = directionX * directionX + directionY * directionY;
  const inverse = squaredLength > 0 ? 1 / squaredLength : 0;
  for (let row = top; row <= bottom; row++) {
    const offsetY = row + 0.5 - a.y;
    for (let column = left; column <= right; column++) {
      const offsetX = column + 0.5 - a.x;
      const along = Math.min(1, Math.max(0, (offsetX * directionX + offsetY * directionY) * inverse));
      const awayX = offsetX - along * directionX;
      const awayY = offsetY - along * directionY;
      const squared = awayX * awayX + awayY * awayY;
      const index = row * size + column;
      if (squared < distances[index]) distances[index] = squared;
    }
  }
}

/**
 * Draws strokes, given in pixels (the first pixel spans 0..1), on a square of `size` pixels: 1 under the pen, 0
 * elsewhere. The edge is a smooth step over the pixel's distance to the nearest segment, so that crossing and
 * overlapping strokes merge. A stroke of one point is a round dot. Ink outside the square is cut off.
 */
export function rasterizeStrokes(strokes: readonly StrokePath[], size: number, pen: Pen): Plane {
  const inner = (pen.width - pen.softness) / 2;
  const reach = (pen.width + pen.softness) / 2;
  const data = new Float32Array(size * size).fill(reach * reach);
  for (const { points } of strokes) {
    let previous = points[0];
    if (points.length === 1) lowerDistances(data, size, previous, previous, reach);
    for (let index = 1; index < points.length; index++) {
      const point = points[index];
      lowerDistances(data, size, previous, point, reach);
      previous = point;
    }
  }
  for (let index = 0; index < data.length; index++) {
    const step = Math.min(1, Math.max(0, (reach - Math.sqrt(data[index])) / (reach - inner)));
    data[index] = step * step * (3 - 2 * step);
  }
  return { data, width: size, height: size };
}
