import type { Point } from './strokes.js';

/** Two decimals: finer than any screen shows, and a third of the characters. */
const coordinate = (value: number): string => String(Math.round(value * 100) / 100);
const place = ({ x, y }: Point): string => `${coordinate(x)} ${coordinate(y)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/**
 * A smooth line through a stroke's points, as the `d` of an SVG path: quadratic curves between the middles of
 * neighbouring points, each with the point itself as its control point, begun and ended at the first and last point.
 * It never leaves the hull of the points and never lags behind the pen.
 *
 * One point (or equal points) gives a line of no length, which a round line cap shows as a dot. Points that are not
 * finite are left out; no points give an empty string.
 */
export function strokePath(points: readonly Point[]): string {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const first = finite[0];
  if (!first) return '';
  const curves = finite
    .slice(1, -1)
    .map((point, index) => `Q${place(point)} ${place(between(point, finite[index + 2]))}`);
  return `M${place(first)}${curves.join('')}L${place(finite[finite.length - 1])}`;
}
