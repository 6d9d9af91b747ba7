import {
  keepComponents,
  longestSide,
  MAX_COMPONENTS,
  heightOf,
  measureExtents,
  pixelsByComponent,
  widthOf,
  type ConnectedInk,
  type Extent,
} from './connected-ink.js';
import { ellipseIn, followOval } from './follow-oval.js';

/**
 * What a ring encloses is at least this tall, as a share of the ring's height: curls in a 0 are lower. It may be broken,
 * but has no parts with a longest side of less than the second share, such as dots.
 */
const MIN_HEIGHT = 0.35;
const MIN_PART = 0.2;

/** The area inside a ring spans at least this share of its width and height; the loops of 4, 6, 8 and 9 span less. */
const MIN_HOLE = 0.7;

/** A ring fills at least this share of its box, together with its inside: an ellipse fills 0.79, a straight frame all. */
const MIN_OVAL = 0.7;
const MIN_FRAME = 0.88;

/** A ring that is not closed fills this share of its box, as an ellipse does. */
const OPEN_OVAL = Math.PI / 4;

/** An oval is as wide as this share of its height, or wider; zeros are narrower. */
const MIN_WIDTH = 0.75;

/** Ink is a straight line if it is at most this wide, as a share of its length (standard deviations along its axes). */
const MAX_LINE_WIDTH = 0.25;

/** An upright line leans at most this much, in radians: ten degrees. The slash in a 0 leans more. */
const MAX_LEAN = Math.PI / 18;

/** Whether a box lies within another. */
const contains = (outer: Extent, inner: Extent): boolean =>
  inner.left > outer.left && inner.right < outer.right && inner.top > outer.top && inner.bottom < outer.bottom;

/** Returns the inside of a ring as a mask of the ring's box: 1 where paper or other ink is enclosed by it. */
function findInside({ labels }: ConnectedInk, component: number, box: Extent, stride: number): Uint8Array {
  const [width, height] = [widthOf(box), heightOf(box)];
  const inside = new Uint8Array(width * height).fill(1);
  const queue: number[] = [];
  const visit = (at: number): void => {
    if (inside[at] === 0) return;
    inside[at] = 0;
    const pixel = (box.top + Math.floor(at / width)) * stride + box.left + (at % width);
    if (labels[pixel] !== component) queue.push(at);
  };
  for (let column = 0; column < width; column++) {
    visit(column);
    visit((height - 1) * width + column);
  }
  for (let row = 0; row < height; row++) {
    visit(row * width);
    visit(row * width + width - 1);
  }
  // Paper is connected by edges (4-connectivity), as ink is by corners, too.
  while (queue.length > 0) {
    const at = queue.pop()!;
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < inside.length) visit(at + width);
  }
  // The flood stops in the ring's outermost pixels; the ring's other pixels are not its inside either.
  for (let at = 0; at < inside.length; at++) {
    const pixel = (box.top + Math.floor(at / width)) * stride + box.left + (at % width);
    if (labels[pixel] === component) inside[at] = 0;
  }
  return inside;
}

/** Returns the shape of some ink: its width as a share of its length, and how much it leans, in radians. */
function shapeOf(
  { labels, pixels }: ConnectedInk,
  components: readonly number[],
  stride: number,
): { width: number; lean: number } {
  const own = new Set(components);
  let [count, sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0, 0];
  for (const pixel of pixels) {
    if (!own.has(labels[pixel])) continue;
    const x = pixel % stride;
    const y = (pixel - x) / stride;
    count += 1;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
    sumYY += y * y;
  }
  const [xx, xy, yy] = [
    sumXX / count - (sumX / count) ** 2,
    sumXY / count - (sumX * sumY) / count ** 2,
    sumYY / count - (sumY / count) ** 2,
  ];
  const spread = Math.hypot((xx - yy) / 2, xy);
  const mean = (xx + yy) / 2;
  return {
    width: Math.sqrt(Math.max(0, mean - spread) / (mean + spread || 1)),
    lean: Math.abs(Math.atan2(2 * xy, yy - xx)) / 2,
  };
}

/** A component that may be a ring, and what it encloses. */
interface Ring {
  /** Its width as a share of its height. */
  readonly width: number;
  /** The share of its box that it fills, together with its inside. */
  readonly filled: number;
  /** The labels of the components inside, without dots. */
  readonly enclosed: readonly number[];
}

/** Whether parts of a digit are tall, all together. */
function areTall(parts: readonly number[], extents: readonly Extent[], height: number): boolean {
  const top = Math.min(...parts.map((part) => extents[part].top));
  return Math.max(...parts.map((part) => extents[part].bottom)) - top >= MIN_HEIGHT * height;
}

/** Returns a component as a closed ring; null if it encloses none of some parts, or only in a loop. */
function closedRing(
  ink: ConnectedInk,
  extents: readonly Extent[],
  component: number,
  parts: readonly number[],
): Ring | null {
  const stride = ink.plane.width;
  const box = extents[component];
  const [width, height] = [widthOf(box), heightOf(box)];
  const inside = findInside(ink, component, box, stride);
  const enclosed = parts.filter((other) => {
    const { left, top, right } = extents[other];
    const inFirstRow = ink.labels.subarray(top * stride + left, top * stride + right).indexOf(other);
    return inside[(top - box.top) * width + left - box.left + inFirstRow] === 1;
  });
  if (!areTall(enclosed, extents, height)) return null;
  let [left, top, right, bottom, area] = [width, height, 0, 0, box.area];
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === 0) continue;
    const column = at % width;
    const row = (at - column) / width;
    area += 1;
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  if (right - left < MIN_HOLE * width || bottom - top < MIN_HOLE * height) return null;
  return { width: width / height, filled: area / (width * height), enclosed };
}

/** Returns a component as a ring; null if nothing tall is inside, or only in a loop. */
function ringOf(ink: ConnectedInk, extents: readonly Extent[], component: number, pixels: Int32Array): Ring | null {
  const box = extents[component];
  const [width, height] = [widthOf(box), heightOf(box)];
  const parts = [...extents.keys()].filter(
    (other) => longestSide(extents[other]) >= MIN_PART * height && contains(box, extents[other]),
  );
  if (!areTall(parts, extents, height)) return null;
  const closed = closedRing(ink, extents, component, parts);
  if (closed) return closed;
  if (followOval(pixels, ellipseIn(box), ink.plane.width) === null) return null;
  return { width: width / height, filled: OPEN_OVAL, enclosed: parts };
}

/** Whether a ring was drawn around a digit or number. When in doubt, it is a 0 with something inside. */
function isAround({ width, filled, enclosed }: Ring, ink: ConnectedInk, stride: number): boolean {
  if (filled < MIN_OVAL) return false;
  const isFrame = filled >= MIN_FRAME;
  if (!isFrame && width < MIN_WIDTH) return false;
  const inner = shapeOf(ink, enclosed, stride);
  if (inner.width > MAX_LINE_WIDTH) return true;
  return (isFrame && width >= MIN_WIDTH) || inner.lean <= MAX_LEAN;
}

/**
 * Drops frames, circles and ovals around a digit or number that do not touch it. Ink inside a 0 (a slash, a dot, dirt) or
 * in the loop of another digit changes nothing.
 */
export function dropRings(ink: ConnectedInk): ConnectedInk {
  if (ink.masses.length <= 2 || ink.masses.length > MAX_COMPONENTS) return ink;
  const extents = measureExtents(ink);
  const pixels = pixelsByComponent(ink, extents);
  const { width } = ink.plane;
  const isDropped = extents.map((_, component) => {
    const ring = component > 0 ? ringOf(ink, extents, component, pixels[component]) : null;
    return ring !== null && isAround(ring, ink, width);
  });
  return keepComponents(ink, (component) => !isDropped[component]);
}
