import {
  connectInk,
  heightOf,
  keepComponents,
  MAX_COMPONENTS,
  measureExtents,
  pixelsByComponent,
  widthOf,
  type ConnectedInk,
  type Extent,
} from './connected-ink.js';
import { ellipseIn, followOval, type Ellipse } from './follow-oval.js';
import { quantile } from './quantile.js';

/** An oval around a number is this many times as wide as high, or wider: no digit is. */
const MIN_WIDTH = 1.3;

/** What is around a number is wider than all else; only so many of the widest components are tried. */
const MAX_TRIED = 3;

/** Ink across an oval that is wider than its line, times this, crosses it. */
const MAX_WIDTH = 1.4;

/** An oval without ink across its middle that is this tall, as a share of its height, is a digit itself. */
const MIN_INSIDE = 0.35;

/** Returns the pixels of a component in line with one of them, across an oval, up to paper or other ink. */
function pixelsAcross(
  { labels, plane: { width } }: ConnectedInk,
  pixel: number,
  { x, y, radiusX, radiusY }: Ellipse,
): number[] {
  const column = pixel % width;
  const row = (pixel - column) / width;
  const [right, down] = [(column - x) / radiusX ** 2, (row - y) / radiusY ** 2];
  const length = Math.hypot(right, down);
  const found = [pixel];
  for (const step of [1 / length, -1 / length]) {
    for (let distance = step; ; distance += step) {
      const nextColumn = Math.round(column + distance * right);
      const next = Math.round(row + distance * down) * width + nextColumn;
      if (nextColumn < 0 || nextColumn >= width || labels[next] !== labels[pixel]) break;
      found.push(next);
    }
  }
  return found;
}

/** Returns the ink without an oval, but with all that touches or crosses it; null if a component is not an oval. */
function withoutOval(ink: ConnectedInk, pixels: Int32Array, extent: Extent): ConnectedInk | null {
  const height = heightOf(extent);
  if (widthOf(extent) < MIN_WIDTH * height) return null;
  const ellipse = ellipseIn(extent);
  const course = followOval(pixels, ellipse, ink.plane.width);
  if (course === null) return null;
  const runs = Array.from(course, (pixel) => pixelsAcross(ink, pixel, ellipse));
  const widest =
    MAX_WIDTH *
    quantile(
      Int32Array.from(runs, (run) => run.length),
      0.5,
    );
  const data = ink.plane.data.slice();
  for (const run of runs) if (run.length <= widest) for (const pixel of run) data[pixel] = 0;
  const rest = connectInk({ ...ink.plane, data });
  const isInside = measureExtents(rest).some(
    ({ left, top, right, bottom }) =>
      bottom - top >= MIN_INSIDE * height &&
      left > extent.left &&
      right < extent.right &&
      top < ellipse.y &&
      bottom > ellipse.y,
  );
  if (!isInside) return null;
  // What is left of the oval, where its ends meet or digits touch it, lies along it entirely.
  const isAlong = new Set(course);
  const isDigit = new Set(pixels.filter((pixel) => !isAlong.has(pixel)).map((pixel) => rest.labels[pixel]));
  const wasTouching = new Set(pixels.map((pixel) => rest.labels[pixel]));
  return keepComponents(rest, (component) => isDigit.has(component) || !wasTouching.has(component));
}

/** Erases ovals around numbers, closed or not. Unlike those that `dropRings` drops, digits may touch or cross them. */
export function eraseOvals(ink: ConnectedInk): ConnectedInk {
  if (ink.masses.length > MAX_COMPONENTS) return ink;
  const extents = measureExtents(ink);
  const pixels = pixelsByComponent(ink, extents);
  const widest = [...extents.keys()].sort((one, other) => widthOf(extents[other]) - widthOf(extents[one]));
  for (const component of widest.slice(0, MAX_TRIED)) {
    const rest = withoutOval(ink, pixels[component], extents[component]);
    if (rest) return rest;
  }
  return ink;
}
