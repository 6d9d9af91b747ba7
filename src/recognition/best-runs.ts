import {
  boxAround,
  horizontalOverlap,
  middleY,
  verticalOverlap,
  type Box,
  type Piece,
  type Segmentation,
} from '../imaging/index.js';
import type { Recognition } from './recognition.js';

/** Pieces to read as one digit: from `first` to `last`, inclusive. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Maximum number of pieces per digit: enough for the widest, with all cuts that are tried in pictures. */
const MAX_PIECES = 8;

/** Maximum width of a digit, as a share of the digits' height. */
const MAX_WIDTH = 1.8;

/**
 * Maximum total area of the runs of several pieces, in areas of the whole number: numbers by many writers, also slanted,
 * need up to 18, but each run of a pattern, such as many long lines, may span it all.
 */
const MAX_AREA = 40;

/** Maximum number of runs of several pieces: numbers of 16 digits, all of them touching, have about a hundred. */
const MAX_RUNS = 1500;

/** Thin lines may be thickened by this share of their length, so that more of the picture is processed than their box. */
const MARGIN = 0.12;

/** Returns the box around the pieces of a run. */
const boxOf = (pieces: Segmentation['pieces'], { first, last }: Run): Box =>
  boxAround(pieces.slice(first, last + 1).map(({ box }) => box));

/** Returns the area that is processed in order to read what is in a box. */
function areaOf({ width, height }: Box, slant: number): number {
  const leaning = width + Math.abs(slant) * height;
  const margin = MARGIN * Math.max(leaning, height);
  return (leaning + margin) * (height + margin);
}

/**
 * Returns the runs that may be a digit: each piece alone, and several together as long as there are not too many of
 * them, or too large ones, for a number. Shorter runs come first.
 */
export function possibleRuns({ pieces, height, slant }: Segmentation): Run[] {
  if (pieces.length === 0) return [];
  const runs: Run[] = pieces.map((_, index) => ({ first: index, last: index }));
  const mostRuns = runs.length + MAX_RUNS;
  let area = MAX_AREA * areaOf(boxOf(pieces, { first: 0, last: pieces.length - 1 }), slant);
  for (let count = 2; count <= MAX_PIECES; count++) {
    for (let first = 0; first + count <= pieces.length; first++) {
      const run = { first, last: first + count - 1 };
      const box = boxOf(pieces, run);
      if (box.width > MAX_WIDTH * height) continue;
      area -= areaOf(box, slant);
      if (area < 0 || runs.length === mostRuns) return runs;
      runs.push(run);
    }
  }
  return runs;
}

/**
 * Parameters for dividing numbers into digits. Fitted to numbers composed of digits from pen-digits and UNIPEN, by
 * writers not in the training data, as strokes and rasterized: with gaps, without, overlapping, slanted and sloping,
 * with zeros of any size.
 */
export interface SplitModel {
  /** Gap between two pieces, as a share of the digits' height, at which one digit is as likely as two. */
  readonly evenGap: number;
  /** How quickly the odds change with the gap. */
  readonly gapScale: number;
  /** Penalty for cutting connected ink: a difference of log odds. */
  readonly cutCost: number;
  /** Weight of each unit of missing energy, as a difference of log probabilities. */
  readonly energyWeight: number;
  /** Energy above a digit's threshold at which an image is as good as any digit. */
  readonly energyMargin: number;
  /** Penalty for separating ink from ink above it: digits of a row stand beside each other. */
  readonly stackCost: number;
  /** Ink lower than this share of the digits' height is hardly a digit of its own, ... */
  readonly leastHeight: number;
  /**
   * ... or, if it looks like a 0 and is not raised like a degree sign, lower than this one: many people write zeros far
   * smaller than other digits.
   */
  readonly leastZeroHeight: number;
  /** Penalty for ink without any height, and proportionally up to these. */
  readonly heightWeight: number;
  /**
   * Penalty for leaving out a mark, as a difference of log probabilities: a dash, a dot or a comma next to the digits.
   */
  readonly markCost: number;
  /** Marks are lower than this share of the digits' height, ... */
  readonly markHeight: number;
  /** ... and no wider than this one. */
  readonly markWidth: number;
  /** Minimum score of a run, so that a non-digit does not merge its neighbors. */
  readonly worst: number;
}

export const splitModel: SplitModel = {
  evenGap: -0.4,
  gapScale: 0.1,
  cutCost: 2.5,
  energyWeight: 0.6,
  energyMargin: 9,
  stackCost: 3,
  leastHeight: 0.65,
  leastZeroHeight: 0.28,
  heightWeight: 16,
  markCost: 4,
  markHeight: 0.3,
  markWidth: 0.9,
  worst: -10,
};

/**
 * The best division of the pieces up to some piece: its last run (null for a mark that is left out), and the steps
 * before.
 */
interface Step {
  readonly score: number;
  readonly run: Run | null;
  readonly before: Step | null;
}

/** Returns the logarithm of the logistic function. */
const logSigmoid = (value: number): number => -Math.log1p(Math.exp(-Math.abs(value))) + Math.min(0, value);

/** One piece is above another if they overlap by this share of the narrower one's width, ... */
const MIN_STACKED_WIDTH = 0.5;

/** ... but by less than this share of the lower one's height. */
const MAX_STACKED_HEIGHT = 0.4;

/** Whether one box is above the other, as the two rings of an 8. */
function areStacked(one: Box, other: Box): boolean {
  const isAbove = horizontalOverlap(one, other) > MIN_STACKED_WIDTH * Math.min(one.width, other.width);
  return isAbove && verticalOverlap(one, other) < MAX_STACKED_HEIGHT * Math.min(one.height, other.height);
}

/** Pieces of at least this share of the digits' height show where the row is. */
const MIN_TALL = 0.5;

/** Ink whose middle is higher than that of the digit before it, by this share of the digits' height, is raised. */
const MIN_RAISED = 0.15;

/** Whether a run, with this box, is raised above the digit before it, or after it if there is none. */
function isRaised({ pieces, height }: Segmentation, { first, last }: Run, box: Box): boolean {
  const isTall = (piece: Piece): boolean => piece.box.height >= MIN_TALL * height;
  const beside = pieces.slice(0, first).findLast(isTall) ?? pieces.slice(last + 1).find(isTall);
  return beside !== undefined && middleY(box) < middleY(beside.box) - MIN_RAISED * height;
}

/** Returns how much a run lacks of the height of a digit, as a share of it. */
function lackingHeight(number: Segmentation, run: Run, digit: number, model: SplitModel): number {
  // Dots alone have no height.
  if (number.height <= number.lineWidth) return 0;
  const box = boxOf(number.pieces, run);
  const least = digit === 0 && !isRaised(number, run, box) ? model.leastZeroHeight : model.leastHeight;
  return Math.max(0, 1 - (box.height - number.lineWidth) / (least * (number.height - number.lineWidth)));
}

/** Scores a run: the log probability of its best digit, minus a penalty for missing energy. */
function scoreOf({ predictions, energy }: Recognition, leastEnergy: number, model: SplitModel): number {
  const lack = Math.min(0, energy - leastEnergy - model.energyMargin) * model.energyWeight;
  return Math.max(model.worst, Math.log(predictions[0].probability) + lack);
}

/** The rings of a percent sign are lower than this share of the digits' height, ... */
const MAX_RING = 0.55;

/** ... but higher than this one, ... */
const MIN_RING = 0.12;

/** ... and at most this many times as wide as high, or as high as wide. */
const MAX_RING_ASPECT = 1.8;

/** The last ring of a percent sign is lower than the first one, by this share of the digits' height. */
const MIN_RING_DROP = 0.25;

/** The slash of a percent sign reaches over both rings, or ends at most this share of the digits' height beside them. */
const MAX_RING_GAP = 0.05;

/** Whether a box may be around a ring of a percent sign. */
function isRing({ width, height }: Box, digits: number): boolean {
  const aspect = Math.max(width, height) / Math.min(width, height);
  return height > MIN_RING * digits && height < MAX_RING * digits && aspect <= MAX_RING_ASPECT;
}

/** Whether boxes are those of a percent sign's ring, slash and lower ring. */
function isPercentSign([ring, slash, lower]: readonly Box[], digits: number): boolean {
  const areRings = isRing(ring, digits) && isRing(lower, digits);
  const isBeside = (box: Box): boolean => horizontalOverlap(box, slash) > -MAX_RING_GAP * digits;
  const isLower = middleY(lower) - middleY(ring) >= MIN_RING_DROP * digits;
  return areRings && isLower && slash.height >= MIN_TALL * digits && isBeside(ring) && isBeside(lower);
}

/** Returns the run of all pieces that only cuts separate, up to this one; null if a cut follows it. */
function wholeRun(pieces: Segmentation['pieces'], last: number): Run | null {
  if (last < 0 || pieces[last + 1]?.joined) return null;
  let first = last;
  while (pieces[first].joined) first--;
  return { first, last };
}

/** A mark that is left out: a dash, a dot, a comma, a small degree sign or a percent sign. */
interface Mark {
  /** Its first piece. */
  readonly first: number;
  readonly cost: number;
}

/**
 * Returns the mark that ends with a piece, if there is one. A percent sign costs nothing: its ring and slash resemble a 9,
 * but hardly any digits stand like its three parts.
 */
function markBefore({ pieces, height }: Segmentation, last: number, model: SplitModel): Mark | null {
  const run = wholeRun(pieces, last);
  const slash = run && wholeRun(pieces, run.first - 1);
  const ring = slash && wholeRun(pieces, slash.first - 1);
  const boxes = [ring, slash, run].flatMap((own) => (own ? [boxOf(pieces, own)] : []));
  if (ring && isPercentSign(boxes, height)) return { first: ring.first, cost: 0 };
  const { box, joined } = pieces[last];
  const isSmall = box.height < model.markHeight * height && box.width < model.markWidth * height;
  return !joined && isSmall ? { first: last, cost: model.markCost } : null;
}

/**
 * Divides a number into runs, from left to right, such that the network's readings of them, and the gaps between and
 * within them, are most probable together.
 *
 * @param read returns the network's reading of a run; null for a run not in {@link possibleRuns}
 */
export function bestRuns(
  number: Segmentation,
  read: (run: Run) => Recognition | null,
  leastEnergy: number,
  model: SplitModel = splitModel,
): Run[] {
  const { pieces } = number;
  // Of dots alone, any distance is a gap.
  const height = number.height || 1;
  let reached = -Infinity;
  /** Log odds that something ends before each piece, and that a digit does. */
  const gaps = pieces.map(({ box, joined }) => {
    const gap = (box.x - reached) / height;
    reached = Math.max(reached, box.x + box.width);
    return (gap - model.evenGap) / model.gapScale - (joined ? model.cutCost : 0);
  });
  const odds = gaps.map((gap, index) => {
    return gap - (index > 0 && areStacked(pieces[index - 1].box, pieces[index].box) ? model.stackCost : 0);
  });
  const best: Step[] = [{ score: 0, run: null, before: null }];
  for (let end = 1; end <= pieces.length; end++) {
    let found: Step = { score: -Infinity, run: null, before: null };
    for (let first = end - 1; first >= Math.max(0, end - MAX_PIECES); first--) {
      const run = { first, last: end - 1 };
      const recognition = read(run);
      if (!recognition) continue;
      let score = best[first].score + scoreOf(recognition, leastEnergy, model);
      score -= lackingHeight(number, run, recognition.predictions[0].digit, model) * model.heightWeight;
      if (first > 0) score += logSigmoid(odds[first]);
      for (let inner = first + 1; inner < end; inner++) score += logSigmoid(-odds[inner]);
      if (score > found.score) found = { score, run, before: best[first] };
    }
    const mark = markBefore(number, end - 1, model);
    if (mark) {
      const apart = Math.min(0, gaps[mark.first]) + (end < pieces.length ? Math.min(0, gaps[end]) : 0);
      const score = best[mark.first].score - mark.cost + apart;
      if (score > found.score) found = { score, run: null, before: best[mark.first] };
    }
    best.push(found);
  }
  const runs: Run[] = [];
  for (let step: Step | null = best[pieces.length]; step; step = step.before) if (step.run) runs.push(step.run);
  return runs.reverse();
}
