/** The ink of one connected component, row by row, in its bounding box. */
export interface PieceInk {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A path through a component from top to bottom: in each row, the first column to its right. */
export type Seam = Int32Array;

/**
 * How far a seam may stray from its starting column, as shares of the digits' height: straight ones find where round
 * digits touch, winding ones bend around digits that overlap horizontally.
 */
const MAX_OFFSETS = [0.06, 0.25];

/** Distance between starting columns, as a share of the digits' height. */
const STEP = 0.04;

/** Cost of a step to the side, in pixels of full ink: without ink, the seam goes straight. */
const SIDESTEP_COST = 0.05;

/**
 * Additional cost of each line that a seam crosses, as a share of the digits' height. Two digits that touch along their
 * sides have more ink between them than a loop has above and below, but are crossed only once.
 */
const CROSSING_COST = 0.6;

/** Minimum ink between two seams, as a share of what there is on average in as many columns as the digits are tall. */
const MIN_INK = 0.08;

interface Path {
  readonly seam: Seam;
  readonly cost: number;
}

/** Returns the cheapest path between two columns, inclusive. */
function cheapestPath({ data, width, height }: PieceInk, left: number, right: number, crossing: number): Path {
  const breadth = right - left + 1;
  const steps = new Int8Array(breadth * height);
  const inkAt = (row: number, at: number): number => (row < 0 ? 0 : data[row * width + left + at]);
  let costs = new Float32Array(breadth);
  for (let row = 0; row < height; row++) {
    const next = new Float32Array(breadth);
    for (let at = 0; at < breadth; at++) {
      const ink = inkAt(row, at);
      let [least, step] = [Infinity, 0];
      for (let sidestep = row > 0 ? -1 : 0; sidestep <= (row > 0 ? 1 : 0); sidestep++) {
        if (at + sidestep < 0 || at + sidestep >= breadth) continue;
        const entered = crossing * Math.max(0, ink - inkAt(row - 1, at + sidestep));
        const cost = costs[at + sidestep] + entered + (sidestep === 0 ? 0 : SIDESTEP_COST);
        if (cost < least) [least, step] = [cost, sidestep];
      }
      next[at] = least + ink;
      steps[row * breadth + at] = step;
    }
    costs = next;
  }
  const cost = Math.min(...costs);
  const seam = new Int32Array(height);
  let at = costs.indexOf(cost);
  for (let row = height - 1; row >= 0; row--) {
    seam[row] = left + at;
    at += steps[row * breadth + at];
  }
  return { seam, cost };
}

/** Returns, for each row, the ink to the left of each column. */
function inkToTheLeft({ data, width, height }: PieceInk): Float32Array[] {
  return Array.from({ length: height }, (_, row) => {
    const sums = new Float32Array(width + 1);
    for (let column = 0; column < width; column++) sums[column + 1] = sums[column] + data[row * width + column];
    return sums;
  });
}

/**
 * Finds where a wide component may be cut because two digits touch: paths from top to bottom that cross few lines and
 * little ink, and have ink between them, from left to right (like seam carving: Avidan and Shamir, SIGGRAPH 2007).
 *
 * @param digits their height
 * @param margin minimum distance of the starting columns from the sides, in pixels
 * @param most maximum number of seams
 */
export function findSeams(piece: PieceInk, digits: number, margin: number, most: number): Seam[] {
  const { width, height } = piece;
  const paths = MAX_OFFSETS.flatMap((share) => {
    const reach = Math.round(share * digits);
    const own: Path[] = [];
    for (let column = margin; column <= width - margin; column += Math.max(1, Math.round(STEP * digits))) {
      const [left, right] = [Math.max(0, column - reach), Math.min(width - 1, column + reach)];
      own.push(cheapestPath(piece, left, right, CROSSING_COST * digits));
    }
    const costAt = (index: number): number => own[index]?.cost ?? Infinity;
    return own.filter(({ cost }, index) => cost <= costAt(index - 1) && cost <= costAt(index + 1));
  });
  paths.sort((one, other) => one.cost - other.cost);
  const sums = inkToTheLeft(piece);
  const inkBetween = (one: Seam, other: Seam): number =>
    sums.reduce((sum, row, index) => sum + Math.abs(row[one[index]] - row[other[index]]), 0);
  const start = new Int32Array(height);
  const end = new Int32Array(height).fill(width);
  const least = (MIN_INK * digits * inkBetween(start, end)) / width;
  const chosen: Seam[] = [start, end];
  for (const { seam } of paths) {
    if (chosen.length === most + 2) break;
    if (chosen.every((other) => inkBetween(seam, other) >= least)) chosen.push(seam);
  }
  return chosen.slice(2).sort((one, other) => inkBetween(start, one) - inkBetween(start, other));
}
