import { boxAround, type Box } from './box.js';
import { normalizeStrokes } from './normalize-strokes.js';
import { digitHeight, fromLeftToRight, type Piece, type Segmentation } from './segmentation.js';
import { boundingBoxOfPoints, withoutStrayPoints, type PathPoint, type StrokePath } from './stroke-path.js';

/** A stroke, or what lies of it between two cuts. */
interface Part extends Piece {
  readonly paths: readonly StrokePath[];
  readonly key: string;
}

/** A stroke that is wider than this share of the digits' height may be two digits that touch. */
const WIDE = 0.8;

/** No digit is narrower than this share of the height, beside a cut. */
const LEAST_WIDTH = 0.25;

/** Most cuts that are tried of one stroke. */
const MOST_CUTS = 8;

/** Where a range of columns is cut that one line crosses: what joins two digits belongs to either of them. */
const CUTS = [0.25, 0.75];

/** Columns of a wide stroke that are looked at for a place to cut it. */
const COLUMNS = 48;

/** What distinguishes strokes. */
const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(stroke: object): number {
  let identity = identities.get(stroke);
  if (identity === undefined) identities.set(stroke, (identity = lastIdentity += 1));
  return identity;
}

/** How often a line crosses the upright line at `x`. */
function crossings({ points }: StrokePath, x: number): number {
  return points.slice(1).filter((point, index) => points[index].x < x !== point.x < x).length;
}

/**
 * Where a wide stroke may have gone on from one digit to the next: in the ranges of columns in which it passes but
 * once.
 */
function cutColumns(path: StrokePath, box: Box, height: number): number[] {
  if (box.width <= WIDE * height) return [];
  const margin = LEAST_WIDTH * height;
  const step = (box.width - 2 * margin) / COLUMNS;
  const columns = Array.from({ length: COLUMNS + 1 }, (_, index) => box.x + margin + index * step);
  const ranges: number[][] = [];
  let open = false;
  for (const column of columns) {
    const single = crossings(path, column) === 1;
    if (single && open) ranges[ranges.length - 1].push(column);
    else if (single) ranges.push([column]);
    open = single;
  }
  const cuts = ranges.flatMap((range) => CUTS.map((share) => range[Math.round(share * (range.length - 1))]));
  return [...new Set(cuts)].slice(0, MOST_CUTS);
}

/** The lines of a stroke on one side of an upright line; they end on it. */
function side({ points }: StrokePath, x: number, left: boolean): StrokePath[] {
  const inside = (point: PathPoint): boolean => point.x < x === left;
  const lines: PathPoint[][] = [];
  points.forEach((point, index) => {
    const before = index > 0 ? points[index - 1] : null;
    const crosses = before !== null && inside(before) !== inside(point);
    const border = crosses
      ? { x, y: before.y + ((point.y - before.y) * (x - before.x)) / (point.x - before.x || 1) }
      : null;
    if (inside(point)) {
      if (border || index === 0) lines.push(border ? [border] : []);
      lines[lines.length - 1].push(point);
    } else if (border) {
      lines[lines.length - 1].push(border);
    }
  });
  return lines.map((line) => ({ points: line }));
}

function partsOf(stroke: StrokePath, key: string, height: number): Part[] {
  const box = boundingBoxOfPoints([stroke])!;
  const columns = cutColumns(stroke, box, height);
  const parts: Part[] = [];
  let rest: StrokePath[] = [stroke];
  for (const [index, column] of [...columns, Infinity].entries()) {
    const paths = column === Infinity ? rest : rest.flatMap((path) => side(path, column, true));
    rest = column === Infinity ? [] : rest.flatMap((path) => side(path, column, false));
    const own = columns.length > 0 ? `${key}/${columns[index - 1] ?? ''}-${column}` : key;
    parts.push({ paths, key: own, box: boundingBoxOfPoints(paths)!, joined: index > 0 });
  }
  return parts;
}

/**
 * Strokes of a number in pieces, from left to right. Strokes that are far wider than the digits are tall are cut where
 * one digit may go on into the next.
 *
 * @param strokes in any units, y down
 * @returns null when there is no ink
 */
export function segmentStrokes(strokes: readonly StrokePath[]): Segmentation | null {
  const drawn = strokes.flatMap((stroke) =>
    withoutStrayPoints([stroke]).map((path) => ({ path, key: String(identityOf(stroke.points)) })),
  );
  if (drawn.length === 0) return null;
  const height = digitHeight(drawn.map(({ path }) => boundingBoxOfPoints([path])!));
  const parts = drawn.flatMap(({ path, key }) => partsOf(path, key, height)).sort(fromLeftToRight);
  const pieces = parts.map(({ box, joined, key }, index) => ({
    box,
    joined: joined && parts[index - 1]?.key.split('/')[0] === key.split('/')[0],
  }));
  return {
    pieces,
    height,
    image: (first, last) => {
      const chosen = parts.slice(first, last + 1);
      const image = normalizeStrokes(chosen.flatMap(({ paths }) => paths));
      return { ...image, box: boxAround(chosen.map(({ box }) => box)) };
    },
    key: (first, last) =>
      parts
        .slice(first, last + 1)
        .map(({ key }) => key)
        .sort()
        .join(' '),
  };
}
