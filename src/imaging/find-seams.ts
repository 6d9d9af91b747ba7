/** The ink of one connected piece, row by row, in a rectangle around it. */
export interface PieceInk {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A way through a piece from its top to its bottom: the column in each row that is the first to its right. */
export type Seam = Int32Array;

/** How far a seam may go from the column that it is looked for at, as a share of the digits' height. */
const REACH = 0.25;

/** What a step to the side costs, in pixels of full ink: where there is no ink, the seam goes straight. */
const ASIDE = 0.05;

/** A seam may cross less ink than this share of what the mean column has. */
const THIN = 1.0;

/** The way with the least ink among those that stay between two columns, both included, and the ink on it. */
function cheapest({ data, width, height }: PieceInk, left: number, right: number): { seam: Seam; ink: number } {
  const breadth = right - left + 1;
  const steps = new Int8Array(breadth * height);
  let costs = new Float32Array(breadth);
  for (let row = 0; row < height; row++) {
    const next = new Float32Array(breadth);
    for (let at = 0; at < breadth; at++) {
      let [least, step] = [row > 0 ? costs[at] : 0, 0];
      if (row > 0) {
        if (at > 0 && costs[at - 1] + ASIDE < least) [least, step] = [costs[at - 1] + ASIDE, -1];
        if (at < breadth - 1 && costs[at + 1] + ASIDE < least) [least, step] = [costs[at + 1] + ASIDE, 1];
      }
      next[at] = least + data[row * width + left + at];
      steps[row * breadth + at] = step;
    }
    costs = next;
  }
  let at = costs.indexOf(Math.min(...costs));
  const seam = new Int32Array(height);
  let ink = 0;
  for (let row = height - 1; row >= 0; row--) {
    seam[row] = left + at;
    ink += data[row * width + left + at];
    at += steps[row * breadth + at];
  }
  return { seam, ink };
}

/**
 * Where a wide piece may be cut because two digits touch in it: ways from top to bottom through as little ink as there
 * is, from left to right. They bend around digits that reach over each other (as in seam carving: Avidan and Shamir,
 * SIGGRAPH 2007).
 *
 * @param digits how tall they are
 * @param apart least distance between two seams, and from the sides, in pixels
 * @param most number of seams
 */
export function findSeams(piece: PieceInk, digits: number, apart: number, most: number): Seam[] {
  const { data, width } = piece;
  const reach = Math.round(REACH * digits);
  const mean = data.reduce((sum, value) => sum + value, 0) / width;
  const ways: { readonly seam: Seam; readonly ink: number; readonly column: number }[] = [];
  for (let column = apart; column <= width - apart; column += Math.max(1, Math.round(apart / 2))) {
    const way = cheapest(piece, Math.max(0, column - reach), Math.min(width - 1, column + reach));
    const middle = way.seam.reduce((sum, value) => sum + value, 0) / way.seam.length;
    if (way.ink <= THIN * mean) ways.push({ ...way, column: middle });
  }
  ways.sort((one, other) => one.ink - other.ink);
  const chosen: typeof ways = [];
  for (const way of ways) {
    if (chosen.length === most) break;
    if (way.column < apart || way.column > width - apart) continue;
    if (chosen.every(({ column }) => Math.abs(column - way.column) >= apart)) chosen.push(way);
  }
  return chosen.sort((one, other) => one.column - other.column).map(({ seam }) => seam);
}
