/** The ink of one connected piece, row by row, in a rectangle around it. */
export interface PieceInk {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A way through a piece from its top to its bottom: the column in each row that is the first to its right. */
export type Seam = Int32Array;

/**
 * How far a seam may go from the column that it is looked for at, as shares of the digits' height: straight ones find
 * where round digits touch, and those that go far bend around digits that reach over each other.
 */
const REACHES = [0.06, 0.25];

/** Seams are looked for at columns so far from each other, as a share of the digits' height. */
const STEP = 0.04;

/** What a step to the side costs, in pixels of full ink: where there is no ink, the seam goes straight. */
const ASIDE = 0.05;

/**
 * What each line that a seam crosses costs besides its ink, as a share of the digits' height. Two digits that lie along
 * each other have more ink between them than a loop has above and below, but are crossed only once.
 */
const CROSSING = 0.6;

interface Way {
  readonly seam: Seam;
  readonly cost: number;
}

/** The cheapest way among those that stay between two columns, both included. */
function cheapest({ data, width, height }: PieceInk, left: number, right: number, crossing: number): Way {
  const breadth = right - left + 1;
  const steps = new Int8Array(breadth * height);
  const inkAt = (row: number, at: number): number => (row < 0 ? 0 : data[row * width + left + at]);
  let costs = new Float32Array(breadth);
  for (let row = 0; row < height; row++) {
    const next = new Float32Array(breadth);
    for (let at = 0; at < breadth; at++) {
      const ink = inkAt(row, at);
      let [least, step] = [Infinity, 0];
      for (let aside = row > 0 ? -1 : 0; aside <= (row > 0 ? 1 : 0); aside++) {
        if (at + aside < 0 || at + aside >= breadth) continue;
        const entered = crossing * Math.max(0, ink - inkAt(row - 1, at + aside));
        const cost = costs[at + aside] + entered + (aside === 0 ? 0 : ASIDE);
        if (cost < least) [least, step] = [cost, aside];
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

/**
 * Where a wide piece may be cut because two digits touch in it: ways from top to bottom that cross as few lines and as
 * little ink as there is near them, from left to right (as in seam carving: Avidan and Shamir, SIGGRAPH 2007).
 *
 * @param digits how tall they are
 * @param apart least distance between two seams, and from the sides, in pixels
 * @param most number of seams
 */
export function findSeams(piece: PieceInk, digits: number, apart: number, most: number): Seam[] {
  const { width } = piece;
  const ways = REACHES.flatMap((share) => {
    const reach = Math.round(share * digits);
    const own: (Way & { readonly column: number })[] = [];
    for (let column = apart; column <= width - apart; column += Math.max(1, Math.round(STEP * digits))) {
      const [left, right] = [Math.max(0, column - reach), Math.min(width - 1, column + reach)];
      const way = cheapest(piece, left, right, CROSSING * digits);
      own.push({ ...way, column: way.seam.reduce((sum, value) => sum + value, 0) / way.seam.length });
    }
    const costAt = (index: number): number => own[index]?.cost ?? Infinity;
    return own.filter(({ cost }, index) => cost <= costAt(index - 1) && cost <= costAt(index + 1));
  });
  ways.sort((one, other) => one.cost - other.cost);
  const chosen: typeof ways = [];
  for (const way of ways) {
    if (chosen.length === most) break;
    if (way.column < apart || way.column > width - apart) continue;
    if (chosen.every(({ column }) => Math.abs(column - way.column) >= apart)) chosen.push(way);
  }
  return chosen.sort((one, other) => one.column - other.column).map(({ seam }) => seam);
}
