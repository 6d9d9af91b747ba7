/** Where the strokes of a drawing are. Pure. */
import { extent } from 'd3-array';
import type { Path, Point } from '../../models/training/data/geometry.js';

/** The strokes of a drawing; y down, in any unit. */
export type Strokes = readonly Path[];

export const mapPoints = (strokes: Strokes, move: (point: Point) => Point): Strokes =>
  strokes.map((stroke) => stroke.map(move));

export function boundsOf(strokes: Strokes) {
  const points = strokes.flat();
  const [left = 0, right = 0] = extent(points, ({ x }) => x);
  const [top = 0, bottom = 0] = extent(points, ({ y }) => y);
  return { left, top, right, bottom };
}

/**
 * Centers a drawing in the unit square, and scales its longer side.
 * @param share of the square's side that the longer side fills, 0..1
 */
export function fitDrawing(strokes: Strokes, share: number): Strokes {
  const { left, top, right, bottom } = boundsOf(strokes);
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? share / extent : 1;
  return mapPoints(strokes, ({ x, y }) => ({
    x: 0.5 + (x - (left + right) / 2) * scale,
    y: 0.5 + (y - (top + bottom) / 2) * scale,
  }));
}
