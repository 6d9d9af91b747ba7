/** @import { Line } from './samples.js' */

/**
 * Scales a drawing to a square pad as a person fills one: in the middle, its longer side a share of the pad's.
 * @param {readonly Line[]} strokes
 * @param {number} side of the pad
 * @param {number} share 0..1
 * @returns {{ x: number, y: number }[][]} in units of the pad
 */
export function fitDrawing(strokes, side, share) {
  const points = strokes.flat();
  const range = (/** @type {0 | 1} */ axis) => {
    const values = points.map((point) => point[axis]);
    return { least: Math.min(...values), most: Math.max(...values) };
  };
  const [horizontal, vertical] = [range(0), range(1)];
  const extent = Math.max(horizontal.most - horizontal.least, vertical.most - vertical.least);
  const scale = extent > 0 ? (side * share) / extent : 1;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => ({
      x: side / 2 + (x - (horizontal.least + horizontal.most) / 2) * scale,
      y: side / 2 + (y - (vertical.least + vertical.most) / 2) * scale,
    })),
  );
}
