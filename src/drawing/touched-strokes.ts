import type { Point, Stroke, Strokes } from './strokes.js';

type Position = Pick<Point, 'x' | 'y'>;

/** Returns the distance from a point to a segment. */
function distanceToSegment({ x, y }: Position, from: Position, to: Position): number {
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  const squared = alongX * alongX + alongY * alongY;
  const share = squared === 0 ? 0 : ((x - from.x) * alongX + (y - from.y) * alongY) / squared;
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - nearest * alongX, y - from.y - nearest * alongY);
}

/** The sign of the result indicates on which side of the line through `from` and `to` a point lies. */
const side = ({ x, y }: Position, from: Position, to: Position): number =>
  (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);

function cross(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, c, d) * side(b, c, d) < 0 && side(c, a, b) * side(d, a, b) < 0;
}

function isTouched({ points }: Stroke, from: Position, to: Position, reach: number): boolean {
  return points.some((point, index) => {
    const previous = points[Math.max(0, index - 1)];
    return (
      cross(previous, point, from, to) ||
      distanceToSegment(point, from, to) <= reach ||
      distanceToSegment(from, previous, point) <= reach ||
      distanceToSegment(to, previous, point) <= reach
    );
  });
}

/** Returns the strokes within `reach` of an eraser's straight path. */
export function touchedStrokes(strokes: Strokes, from: Position, to: Position, reach: number): Strokes {
  return strokes.filter((stroke) => isTouched(stroke, from, to, reach));
}
