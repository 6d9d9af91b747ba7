import { connectInk, keepPieces, type ConnectedInk } from './connected-ink.js';
import type { Plane } from './plane.js';

/** A part of the digit is no farther from its other ink than this share of its longer side, ... */
const FAR = 0.3;

/** ... and one with less than this share of its ink is the nearer, the less it is: what is left of a line is little. */
const LITTLE = 0.1;

/** So much ink, as a share of the digit's, is another digit, however far it is. */
const MUCH = 0.3;

/** What is left of a frame or a neighboring line lies within this share of the picture's side from its edge. */
const AT_EDGE = 0.06;

/** Ink at the edge counts for this share of what it would in the middle, and is a part of a digit that is not there only so near. */
const EDGE_WEIGHT = 0.25;

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The box around each piece, by its number. */
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

/** How far two boxes are from each other; 0 where they overlap. */
const distance = (one: Edges, other: Edges): number =>
  Math.hypot(
    Math.max(0, one.left - other.right, other.left - one.right),
    Math.max(0, one.top - other.bottom, other.top - one.bottom),
  );

/**
 * The ink of the one digit of a picture, without what lies beside it: dots, the neighbors of a cell that was cut out, what
 * is left of its frame. A second digit stays.
 */
export function dropBeside(plane: Plane): Plane {
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
    if (share >= MUCH && !isAtEdge[piece]) return true;
    const far = FAR * side * Math.min(1, share / LITTLE) * (isAtEdge[piece] && !isAtEdge[main] ? EDGE_WEIGHT : 1);
    return edges.some((own, other) => isKept[other] && distance(own, edges[piece]) <= far);
  };
  // What is near to a piece of the digit is a piece of it too.
  for (let before = 0, kept = 1; kept > before; kept = isKept.filter(Boolean).length) {
    before = kept;
    masses.forEach((_, piece) => {
      if (piece > 0 && !isKept[piece] && belongs(piece)) isKept[piece] = true;
    });
  }
  return keepPieces(plane, ink, (piece) => isKept[piece]);
}
