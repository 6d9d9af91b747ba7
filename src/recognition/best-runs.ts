import type { Segmentation } from '../imaging/index.js';
import type { Recognition } from './recognition.js';

/** Pieces that are taken for one digit: from `first` to `last`, both included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** Most pieces of one digit: as wide as one may be, with all the cuts that are tried in pictures. */
const MOST_PIECES = 8;

/** No digit is wider than this share of the digits' height. */
const WIDEST = 1.8;

/** All runs that may be a digit; each piece is in at least one. */
export function possibleRuns({ pieces, height }: Segmentation): Run[] {
  return pieces.flatMap((piece, first) => {
    let right = piece.box.x + piece.box.width;
    let left = piece.box.x;
    const runs: Run[] = [];
    for (let last = first; last < Math.min(pieces.length, first + MOST_PIECES); last++) {
      const { box } = pieces[last];
      left = Math.min(left, box.x);
      right = Math.max(right, box.x + box.width);
      if (last === first || right - left <= WIDEST * height) runs.push({ first, last });
    }
    return runs;
  });
}

/**
 * What was learned of numbers composed from the digits of writers of pen-digits and UNIPEN whom the networks have not
 * seen, as strokes and painted: with gaps, without, overlapping, slanted and sloping.
 */
export interface SplitModel {
  /** Gap between two pieces, as a share of the digits' height, at which they are as often one digit as two. */
  readonly evenGap: number;
  /** How quickly that changes with the gap. */
  readonly gapScale: number;
  /** How much less probable it is that ink without a gap is two digits: a difference of log odds. */
  readonly cutCost: number;
  /** What a unit of energy below the mark counts, as a difference of log probabilities. */
  readonly energyWeight: number;
  /** Above the least energy of a digit by this much, a picture is as good a digit as any. */
  readonly energyMargin: number;
  /** Ink that is lower than this share of the digits' height is hardly a digit of its own. */
  readonly leastHeight: number;
  /** What is lost with each share of the height that it lacks. */
  readonly heightWeight: number;
  /** What leaving out costs, as a difference of log probabilities: a dash, a dot or a comma beside the digits. */
  readonly markCost: number;
  /** Marks are lower than this share of the digits' height, ... */
  readonly markHeight: number;
  /** ... and no wider than this. */
  readonly markWidth: number;
  /** The lowest score of a run: a non-digit does not drive digits into each other. */
  readonly worst: number;
}

export const splitModel: SplitModel = {
  evenGap: -0.4,
  gapScale: 0.1,
  cutCost: 2.5,
  energyWeight: 0.6,
  energyMargin: 9,
  leastHeight: 0.65,
  heightWeight: 25,
  markCost: 4,
  markHeight: 0.3,
  markWidth: 0.9,
  worst: -10,
};

/** The best way to read the pieces up to one: what it ends with, null for a mark that is left out, and what is before. */
interface Step {
  readonly score: number;
  readonly run: Run | null;
  readonly before: Step | null;
}

/** The logarithm of the logistic function. */
const logSigmoid = (value: number): number => -Math.log1p(Math.exp(-Math.abs(value))) + Math.min(0, value);

/** From the highest to the lowest place of pieces. */
function extent(pieces: Segmentation['pieces']): number {
  const bottom = Math.max(...pieces.map(({ box }) => box.y + box.height));
  return bottom - Math.min(...pieces.map(({ box }) => box.y));
}

/** How good a digit a run is: the log probability of its best digit, less what it lacks in energy. */
function scoreOf({ predictions, energy }: Recognition, leastEnergy: number, model: SplitModel): number {
  const lack = Math.min(0, energy - leastEnergy - model.energyMargin) * model.energyWeight;
  return Math.max(model.worst, Math.log(predictions[0].probability) + lack);
}

/**
 * The runs that a number is best divided into, from left to right: those for which the digits as the network sees them,
 * and the gaps between and within them, are most probable together.
 *
 * @param read what the network says of a run; null for one that {@link possibleRuns} does not have
 */
export function bestRuns(
  { pieces, height }: Segmentation,
  read: (run: Run) => Recognition | null,
  leastEnergy: number,
  model: SplitModel = splitModel,
): Run[] {
  let reached = -Infinity;
  /** Log odds that a digit ends before each piece. */
  const odds = pieces.map(({ box, joined }) => {
    const gap = (box.x - reached) / height;
    reached = Math.max(reached, box.x + box.width);
    return (gap - model.evenGap) / model.gapScale - (joined ? model.cutCost : 0);
  });
  const best: Step[] = [{ score: 0, run: null, before: null }];
  for (let end = 1; end <= pieces.length; end++) {
    let found: Step = { score: -Infinity, run: null, before: null };
    for (let first = end - 1; first >= Math.max(0, end - MOST_PIECES); first--) {
      const run = { first, last: end - 1 };
      const recognition = read(run);
      if (!recognition) continue;
      let score = best[first].score + scoreOf(recognition, leastEnergy, model);
      const lacking = model.leastHeight - extent(pieces.slice(first, end)) / height;
      score -= Math.max(0, lacking) * model.heightWeight;
      if (first > 0) score += logSigmoid(odds[first]);
      for (let inner = first + 1; inner < end; inner++) score += logSigmoid(-odds[inner]);
      if (score > found.score) found = { score, run, before: best[first] };
    }
    const { box, joined } = pieces[end - 1];
    if (!joined && box.height < model.markHeight * height && box.width < model.markWidth * height) {
      const apart = Math.min(0, odds[end - 1]) + (end < pieces.length ? Math.min(0, odds[end]) : 0);
      const score = best[end - 1].score - model.markCost + apart;
      if (score > found.score) found = { score, run: null, before: best[end - 1] };
    }
    best.push(found);
  }
  const runs: Run[] = [];
  for (let step: Step | null = best[pieces.length]; step; step = step.before) if (step.run) runs.unshift(step.run);
  return runs;
}
