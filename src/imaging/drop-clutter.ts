import { connectInk, keepPieces, type ConnectedInk } from './connected-ink.js';
import type { Plane } from './plane.js';

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

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Returns the bounding box of each component, by its label. */
function edgesOf({ labels, pixels, masses }: ConnectedInk, width: number): Edges[] {
  const found = masses.map(() => ({ left: Infinity, top: Infinity, right: 0, bottom: 0 }));
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at];
    const edges = found[labels[pixel]];
    const column = pixel % width;
    const row = (pixel - column) / width;
    edges.left = Math.min(edges.left, column);
    edges.right = Math.max(edges.right, column + 1);
    edges.top = Math.min(edges.top, row);
    edges.bottom = Math.max(edges.bottom, row + 1);
  }
  return found;
}

/** Returns the distance between two boxes; 0 if they overlap. */
const distance = (one: Edges, other: Edges): number =>
  Math.hypot(
    Math.max(0, one.left - other.right, other.left - one.right),
    Math.max(0, one.top - other.bottom, other.top - one.bottom),
  );

/**
 * Returns the ink of a picture's digit without the clutter around it: dots, the neighbors of a cropped cell, remains of
 * its frame. A second digit is kept.
 */
export function dropClutter(plane: Plane): Plane {
  const { width, height } = plane;
  const ink = connectInk(plane);
  const { masses } = ink;
  if (masses.length <= 2) return plane;
  const edges = edgesOf(ink, width);
  const isAtEdge = edges.map(
    ({ left, top, right, bottom }) =>
      right <= AT_EDGE * width ||
      bottom <= AT_EDGE * height ||
      left >= (1 - AT_EDGE) * width ||
      top >= (1 - AT_EDGE) * height,
  );
  const weights = masses.map((mass, piece) => (isAtEdge[piece] ? EDGE_WEIGHT : 1) * mass);
  const main = weights.indexOf(Math.max(...weights));
  const side = Math.max(edges[main].right - edges[main].left, edges[main].bottom - edges[main].top);
  const isKept = masses.map((_, piece) => piece === main);
  const belongs = (piece: number): boolean => {
    const share = masses[piece] / masses[main];
    if (share >= SECOND_DIGIT && !isAtEdge[piece]) return true;
    const reach =
      MAX_DISTANCE * side * Math.min(1, share / SMALL_PART) * (isAtEdge[piece] && !isAtEdge[main] ? EDGE_WEIGHT : 1);
    return edges.some((own, other) => isKept[other] && distance(own, edges[piece]) <= reach);
  };
  // Whatever is near a part of the digit is a part, too.
  for (let before = 0, kept = 1; kept > before; kept = isKept.filter(Boolean).length) {
    before = kept;
    masses.forEach((_, piece) => {
      if (piece > 0 && !isKept[piece] && belongs(piece)) isKept[piece] = true;
    });
  }
  return keepPieces(plane, ink, (piece) => isKept[piece]);
}
