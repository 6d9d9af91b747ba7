import type { Size } from './ink-store.js';

/** A position on the screen or on a pad. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Where a rectangle's own top left, top right, bottom right and bottom left corners appear. */
export type Corners = readonly [Position, Position, Position, Position];

/**
 * Maps a position on the screen to the point of a rectangle that appears there, however the rectangle is rotated,
 * scaled, skewed or seen in perspective: the inverse of the projective map of a square onto four corners (P. S.
 * Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, section 2.2.3). If the rectangle is seen edge-on
 * or has no size, the result is not finite.
 */
export function unproject([p, q, r, s]: Corners, { width, height }: Size): (seen: Position) => Position {
  const sumX = p.x - q.x + r.x - s.x;
  const sumY = p.y - q.y + r.y - s.y;
  const denominator = (q.x - r.x) * (s.y - r.y) - (s.x - r.x) * (q.y - r.y);
  const g = (sumX * (s.y - r.y) - (s.x - r.x) * sumY) / denominator;
  const h = ((q.x - r.x) * sumY - sumX * (q.y - r.y)) / denominator;
  const a = q.x - p.x + g * q.x;
  const b = s.x - p.x + h * s.x;
  const d = q.y - p.y + g * q.y;
  const e = s.y - p.y + h * s.y;
  return ({ x, y }) => {
    const depth = (d * h - e * g) * x + (b * g - a * h) * y + (a * e - b * d);
    return {
      x: (((e - p.y * h) * x + (p.x * h - b) * y + (b * p.y - p.x * e)) / depth) * width,
      y: (((p.y * g - d) * x + (a - p.x * g) * y + (p.x * d - a * p.y)) / depth) * height,
    };
  };
}

/**
 * Maps a position on a sheet to the frame shown on it whole and centered, as an SVG's view box is by default.
 */
export function fitFrame(frame: Size, sheet: Size): (position: Position) => Position {
  const scale = Math.min(sheet.width / frame.width, sheet.height / frame.height);
  const left = (sheet.width - frame.width * scale) / 2;
  const top = (sheet.height - frame.height * scale) / 2;
  return ({ x, y }) => ({ x: (x - left) / scale, y: (y - top) / scale });
}
