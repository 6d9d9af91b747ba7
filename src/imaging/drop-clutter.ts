import {
  boxOfExtent,
  keepComponents,
  longestSide,
  MAX_COMPONENTS,
  measureExtents,
  STRONG_INK,
  type ConnectedInk,
  type Extent,
} from './connected-ink.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import { findUnderlines } from './underlines.js';

/** Maximum distance between a part of the digit and its other ink, as a share of the digit's longer side. */
const MAX_DISTANCE = 0.3;

/** Parts with less than this share of the digit's ink must be nearer, in proportion: remains of lines are small. */
const SMALL_PART = 0.1;

/** Ink of at least this share of the digit's is another digit, at any distance. */
const SECOND_DIGIT = 0.3;

/** Remains of a frame or a neighboring line lie within this share of the picture's side from its edge. */
const AT_EDGE = 0.06;

/** Weight of ink at the edge; parts at the edge must be nearer to a digit that is not, by the same factor. */
const EDGE_WEIGHT = 0.25;

/** A digit's strength is what this share of its ink reaches. */
const STRONGEST = 0.01;

/** A mark with at most this share of a digit's longest side is not another digit, however dark. */
const MAX_MARK = 0.2;

/** What is known of each connected component, by its label. */
interface Components {
  readonly extents: readonly Extent[];
  readonly isAtEdge: readonly boolean[];
  readonly weights: readonly number[];
}

/** Returns the distance between two boxes; 0 if they overlap. */
const distance = (one: Extent, other: Extent): number =>
  Math.hypot(
    Math.max(0, one.left - other.right, other.left - one.right),
    Math.max(0, one.top - other.bottom, other.top - one.bottom),
  );

function measureComponents(ink: ConnectedInk): Components {
  const { width, height } = ink.plane;
  const extents = measureExtents(ink);
  const isAtEdge = extents.map(
    ({ left, top, right, bottom }) =>
      right <= AT_EDGE * width ||
      bottom <= AT_EDGE * height ||
      left >= (1 - AT_EDGE) * width ||
      top >= (1 - AT_EDGE) * height,
  );
  return {
    extents,
    isAtEdge,
    weights: ink.masses.map((mass, component) => (isAtEdge[component] ? EDGE_WEIGHT : 1) * mass),
  };
}

const strengthOf = (ink: Float32Array): number => quantile(ink, 1 - STRONGEST);

/**
 * Returns the strength of a picture's digits: 1, or less if they are faint and everything strong is a small mark or the
 * remains of a frame. Without that, only the marks would count.
 */
export function digitStrength(ink: ConnectedInk): number {
  const { extents, isAtEdge, weights } = measureComponents(ink);
  const isFaint = extents.map(({ area, strong }) => strong < STRONGEST * area);
  if (!isFaint.includes(true)) return 1;
  const heaviest = (faint: boolean): number =>
    weights.reduce(
      (best, weight, component) => (isFaint[component] === faint && weight > weights[best] ? component : best),
      0,
    );
  const [digit, dark] = [heaviest(true), heaviest(false)];
  if (digit === 0 || dark === 0 || weights[digit] < SECOND_DIGIT * weights[dark]) return 1;
  const longest = MAX_MARK * longestSide(extents[digit]);
  if (extents.some((own, component) => !isFaint[component] && !isAtEdge[component] && longestSide(own) > longest))
    return 1;
  return strengthOf(ink.plane.data.filter((_, pixel) => ink.labels[pixel] === digit));
}

/** Returns the ink at full strength if stronger marks, since dropped, had made it faint. */
function strengthen({ plane, pixels }: ConnectedInk): Plane {
  if (pixels.some((pixel) => plane.data[pixel] >= STRONG_INK)) return plane;
  const strength = strengthOf(plane.data.filter((value) => value > 0)) || 1;
  return { ...plane, data: plane.data.map((value) => Math.min(1, value / strength)) };
}

/** An underline is lower than this share of its width; the heaviest other component is the digit. */
const FLAT = 0.3;

/** Returns the labels of the lines below a picture's digit. A long one may have more ink than the digit. */
function underlinesOf({ extents, weights }: Components): ReadonlySet<number> {
  const boxes = extents.map(boxOfExtent);
  const upright = [...boxes.keys()].filter(
    (component) => component > 0 && boxes[component].height > FLAT * boxes[component].width,
  );
  if (upright.length === 0) return new Set();
  const digit = boxes[upright.reduce((best, component) => (weights[component] > weights[best] ? component : best))];
  const flat = boxes.filter((box, component) => component > 0 && box.height <= FLAT * box.width);
  return new Set([...findUnderlines([digit, ...flat], digit.height)].map((line) => boxes.indexOf(line)));
}

/**
 * Returns the ink of a picture's digit without the clutter around it: dots, lines below it, the neighbors of a cropped
 * cell, remains of its frame. A second digit is kept.
 */
export function dropClutter(ink: ConnectedInk): Plane {
  return strengthen(withoutClutter(ink));
}

function withoutClutter(ink: ConnectedInk): ConnectedInk {
  const { masses } = ink;
  // Specks with less than a hundredth of the heaviest component's ink were dropped.
  if (masses.length <= 2 || masses.length > MAX_COMPONENTS) return ink;
  const components = measureComponents(ink);
  const underlines = underlinesOf(components);
  const { extents, isAtEdge } = components;
  const weights = components.weights.map((weight, component) => (underlines.has(component) ? 0 : weight));
  const main = weights.indexOf(Math.max(...weights));
  const side = longestSide(extents[main]);
  const shares = masses.map((mass) => mass / masses[main]);
  const isKept = shares.map(
    (share, component) =>
      component === main || (share >= SECOND_DIGIT && !isAtEdge[component] && !underlines.has(component)),
  );
  const reaches = shares.map(
    (share, component) =>
      MAX_DISTANCE *
      side *
      Math.min(1, share / SMALL_PART) *
      (isAtEdge[component] && !isAtEdge[main] ? EDGE_WEIGHT : 1),
  );
  // Whatever is near a part of the digit is a part, too: the list grows while it is read.
  const parts = [...isKept.keys()].filter((component) => isKept[component]);
  for (const part of parts) {
    for (let component = 1; component < masses.length; component++) {
      if (
        isKept[component] ||
        underlines.has(component) ||
        distance(extents[part], extents[component]) > reaches[component]
      )
        continue;
      isKept[component] = true;
      parts.push(component);
    }
  }
  return keepComponents(ink, (component) => isKept[component]);
}
