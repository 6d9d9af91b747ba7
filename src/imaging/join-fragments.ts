import { boxAround, horizontalOverlap, type Box } from './box.js';
import { boxOfExtent, MAX_COMPONENTS, measureExtents, type ConnectedInk } from './connected-ink.js';
import { lineWidth } from './line-width.js';
import { digitHeight } from './segmentation.js';

/** Components of at least this share of the digits' height are digits, not fragments, ... */
const MIN_DIGIT = 0.6;

/** ... and those of at least this share as width are underlines. */
const MIN_LINE = 0.9;

/** Fragments above each other share this part of the narrower one's width. */
const ABOVE = 0.5;

/** How far apart, in widths of the pen, fragments above each other may be, and those side by side: marks are beside. */
const REACH_ABOVE = 1;
const REACH_BESIDE = 0.75;

/** Two components with a narrow gap between them. */
interface Contact {
  readonly one: number;
  readonly other: number;
  /** In pixels. */
  readonly gap: number;
}

/** Finds components with at most `2 * reach` pixels between them: those that meet when all of them grow. */
function findContacts({ plane: { width, height }, labels, pixels }: ConnectedInk, reach: number): Contact[] {
  const grown = labels.slice();
  const depths = new Uint16Array(labels.length);
  const gaps = new Map<string, Contact>();
  let border: Int32Array | number[] = pixels;
  for (let depth = 0; depth <= reach; depth++) {
    const next: number[] = [];
    for (const pixel of border) {
      const one = grown[pixel];
      const column = pixel % width;
      const row = (pixel - column) / width;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const neighbor = y * width + x;
          const other = grown[neighbor];
          if (other === one) continue;
          if (other !== 0) {
            const gap = depth + depths[neighbor];
            const key = `${Math.min(one, other)} ${Math.max(one, other)}`;
            if (gap < (gaps.get(key)?.gap ?? Infinity)) gaps.set(key, { one, other, gap });
          } else if (depth < reach) {
            grown[neighbor] = one;
            depths[neighbor] = depth + 1;
            next.push(neighbor);
          }
        }
      }
    }
    border = next;
  }
  return [...gaps.values()].sort((one, other) => one.gap - other.gap);
}

const areAbove = (one: Box, other: Box): boolean =>
  horizontalOverlap(one, other) >= ABOVE * Math.min(one.width, other.width);

/**
 * Joins components in contact, nearest first.
 *
 * @param mayJoin whether two components, or what has been joined to them, belong together
 * @returns the label of the joined component, by the label of each component; the boxes by these labels
 */
function join(
  boxes: readonly Box[],
  contacts: readonly Contact[],
  mayJoin: (one: Box, other: Box, gap: number) => boolean,
): { joined: Int32Array; around: Box[] } {
  const joined = Int32Array.from(boxes.keys());
  const around = [...boxes];
  const root = (label: number): number => {
    while (joined[label] !== label) label = joined[label];
    return label;
  };
  for (const { one, other, gap } of contacts) {
    const [first, second] = [root(one), root(other)].sort((a, b) => a - b);
    if (first === second || !mayJoin(around[first], around[second], gap)) continue;
    joined[second] = first;
    around[first] = boxAround([around[first], around[second]]);
  }
  return { joined: joined.map((_, label) => root(label)), around };
}

/**
 * Joins fragments of digits: a pen that runs dry, and a scan of two levels, break lines. Two digits are never joined.
 *
 * @returns the label of the joined component, by the label of each component
 */
export function joinFragments(ink: ConnectedInk): Int32Array {
  const apart = Int32Array.from(ink.masses.keys());
  if (ink.masses.length > MAX_COMPONENTS) return apart;
  const boxes = measureExtents(ink).map(boxOfExtent);
  const pen = lineWidth(ink.plane);
  const contacts = findContacts(ink, Math.ceil((REACH_ABOVE * pen) / 2));
  if (contacts.length === 0) return apart;
  const areNear = (one: Box, other: Box, gap: number): boolean =>
    gap <= pen * (areAbove(one, other) ? REACH_ABOVE : REACH_BESIDE);
  // If all digits are broken, only their fragments together show how tall digits are.
  const all = join(boxes, contacts, areNear);
  const height = digitHeight(all.around.filter((_, label) => label > 0 && all.joined[label] === label));
  const isFragment = (box: Box): boolean => box.height < MIN_DIGIT * height && box.width < MIN_LINE * height;
  return join(boxes, contacts, (one, other, gap) => {
    return (isFragment(one) || isFragment(other)) && areNear(one, other, gap);
  }).joined;
}
