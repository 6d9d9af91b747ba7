import { MAX_COORDINATE } from '../model/index.js';
import type { Box } from './box.js';

export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

/** A line through the points of one stroke, from pen down to pen up. Any units, y down. */
export interface StrokePath {
  readonly points: readonly PathPoint[];
}

const isValidPoint = ({ x, y }: PathPoint): boolean => Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE;

/** Removes invalid points (NaN, infinite, absurdly far), and strokes without any others. */
export function withoutStrayPoints(strokes: readonly StrokePath[]): StrokePath[] {
  return strokes
    .map(({ points }) => ({ points: points.filter(isValidPoint) }))
    .filter(({ points }) => points.length > 0);
}

/** Returns the bounding box of all points; null without points. */
export function boundingBoxOfPoints(strokes: readonly StrokePath[]): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { points } of strokes) {
    for (const { x, y } of points) {
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return right < left ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Returns the length of a stroke. */
export function pathLength({ points }: StrokePath): number {
  return points
    .slice(1)
    .reduce((sum, { x, y }, index) => sum + Math.hypot(x - points[index].x, y - points[index].y), 0);
}

/** Returns points along a stroke, at most `step` apart. */
export function densePoints({ points }: StrokePath, step: number): PathPoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1] ?? point;
    const count = Math.max(1, Math.ceil(Math.hypot(point.x - before.x, point.y - before.y) / step));
    return Array.from({ length: count }, (_, part) => ({
      x: before.x + ((point.x - before.x) * (part + 1)) / count,
      y: before.y + ((point.y - before.y) * (part + 1)) / count,
    }));
  });
}

/** Moves the point `origin` to (0, 0), scales about it, then moves by `shift`. */
export function transformStrokes(
  strokes: readonly StrokePath[],
  origin: PathPoint,
  scale: number,
  shift: PathPoint,
): StrokePath[] {
  return strokes.map(({ points }) => ({
    points: points.map(({ x, y }) => ({ x: (x - origin.x) * scale + shift.x, y: (y - origin.y) * scale + shift.y })),
  }));
}
