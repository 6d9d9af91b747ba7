import type { Prediction, Recognition } from '../recognition/index.js';

/** A drawing that the user has named. */
export interface Lesson {
  /** 0..9; null for a non-digit. */
  readonly digit: number | null;
  /** The network's features of the drawing, scaled so that the largest has a magnitude of 127. */
  readonly features: Int8Array;
  /** Euclidean norm of `features`. */
  readonly norm: number;
}

/** Most lessons of a profile: 20 KB, and a lookup of a small fraction of a millisecond. */
export const MOST_LESSONS = 300;

/**
 * Cosine similarity from which on a lesson counts for a drawing: three quarters of a writer's drawings of one digit have
 * as much with each other, and fewer than one in 1000 pairs of different digits.
 *
 * Chosen, with {@link SURE_MARGIN}, as what took most wrong answers away in a simulation of the writers whom the network
 * was trained on, as they write and with all that they write slanted, turned and stretched. Values from 0.88 to 0.94
 * serve nearly as well.
 */
const NEAR = 0.9;

/** Cosine similarity from which on a drawing is the one of the lesson: the lesson alone decides, whatever else is near. */
const SAME = 0.998;

/**
 * How many lessons it takes to outvote the network where it is entirely sure. Most misread drawings leave it in doubt, so
 * that one to four lessons do. Wrong lessons mostly concern drawings that it reads surely: a user who corrects one answer
 * in five wrongly, always in the same way, gives about six of them in 30 drawings of a digit, and half the weight would
 * let them win.
 */
const NETWORK_WEIGHT = 12;

/** How far above the least energy of a digit the network is as sure as it gets: two thirds of what it reads rightly are less. */
const SURE_MARGIN = 10;

/**
 * Most that lessons raise the odds of a drawing being a digit, which two lessons about digits do. Only what is refused is
 * corrected by most users, so that more of such lessons say little more: of the writers held out they rescue no more
 * digits, and of letters 89 % are refused without lessons, 85 % at this value, and 74 % if 20 lessons counted in full.
 */
const MOST_ODDS = 3;

/** What remains uncertain beside one lesson without contradiction: 19 of 20 answers so learned were right. */
const DOUBT = 0.05;

/** A lesson from the features that a network gave for a drawing. */
export function toLesson(values: Float32Array, digit: number | null): Lesson {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return lessonOf(new Int8Array(values.map((value) => Math.round((value / largest) * 127))), digit);
}

/** A lesson from features that are scaled already. */
export function lessonOf(features: Int8Array, digit: number | null): Lesson {
  // Features that are all 0 are near to nothing.
  const norm = Math.sqrt(features.reduce((sum, value) => sum + value * value, 0)) || Infinity;
  return { digit, features, norm };
}

function cosine(a: Lesson, b: Lesson): number {
  const [left, right] = [a.features, b.features];
  let product = 0;
  for (let index = 0; index < left.length; index++) product += left[index] * right[index];
  return product / (a.norm * b.norm);
}

/**
 * Adds a lesson. It takes the place of those near to it that say otherwise, so that of contradicting lessons the later
 * one wins; lessons about other drawings stay. Beyond {@link MOST_LESSONS} the most redundant one goes.
 */
export function addLesson(lessons: readonly Lesson[], lesson: Lesson): readonly Lesson[] {
  const kept = lessons.filter((other) => other.digit === lesson.digit || cosine(other, lesson) < NEAR);
  kept.push(lesson);
  if (kept.length > MOST_LESSONS) kept.splice(mostRedundant(kept), 1);
  return kept;
}

/** The older one of the two lessons that are most alike and say the same; the oldest of all where no two say the same. */
function mostRedundant(lessons: readonly Lesson[]): number {
  let found = { index: 0, likeness: -Infinity };
  lessons.forEach((lesson, index) => {
    for (const later of lessons.slice(index + 1)) {
      if (later.digit !== lesson.digit) continue;
      const likeness = cosine(lesson, later);
      if (likeness > found.likeness) found = { index, likeness };
    }
  });
  return found.index;
}

/**
 * What was read, in the light of the lessons: those near to the drawing vote for what they say, the network for its own
 * answer, with the more weight the surer it is. What the network refuses by little is answered where the lessons are of
 * digits.
 *
 * A k-nearest-neighbors vote on the last features of the network; Snell et al., "Prototypical Networks for Few-shot
 * Learning", NeurIPS 2017, for why few examples are enough there.
 *
 * @param leastEnergy the energy below which the network takes a drawing for a non-digit; -Infinity if unknown
 * @returns the same recognition where no lesson changes the answer
 */
export function applyLessons(
  lessons: readonly Lesson[],
  recognition: Recognition,
  values: Float32Array,
  leastEnergy: number,
): Recognition {
  const { predictions, energy } = recognition;
  const drawing = toLesson(values, null);
  const votes = new Map<number | null, number>();
  let same: Lesson | null = null;
  for (const lesson of lessons) {
    const likeness = cosine(lesson, drawing);
    if (likeness < NEAR) continue;
    votes.set(lesson.digit, (votes.get(lesson.digit) ?? 0) + 1);
    if (likeness >= SAME) same = lesson;
  }
  const own = recognition.digit ?? (energy >= leastEnergy - leniency(lessons) ? predictions[0].digit : null);
  votes.set(own, (votes.get(own) ?? 0) + networkVotes(recognition, leastEnergy));
  const total = [...votes.values()].reduce((sum, count) => sum + count, 0);
  const [[elected]] = [...votes].sort(([, a], [, b]) => b - a);
  const digit = same ? same.digit : total > 0 ? elected : own;
  if (digit === recognition.digit) return recognition;
  if (digit === null) return { ...recognition, digit, reason: 'not-a-digit', confidence: 0, learned: true };
  const learned = { ...recognition, digit, reason: null, learned: true };
  if (total === 0) return { ...learned, confidence: predictions[0].probability };
  const confidence = (same ? 1 : votes.get(digit)!) / ((same ? 1 : total) + DOUBT);
  return { ...learned, confidence, predictions: favor(predictions, digit, confidence) };
}

/**
 * How much less energy than else will do, 0 to log {@link MOST_ODDS}: by Bayes' rule, the log of the prior odds that this
 * user's next drawing is a digit, by Laplace's rule of succession. A user who has taught mostly non-digits is not held to
 * more: digits would be refused for what was said of other drawings.
 */
function leniency(lessons: readonly Lesson[]): number {
  const others = lessons.filter(({ digit }) => digit === null).length;
  const odds = (1 + lessons.length - others) / (1 + others);
  return Math.log(Math.min(MOST_ODDS, Math.max(1, odds)));
}

/** How many lessons the network's own answer counts for. What it refuses counts for none. */
function networkVotes({ digit, confidence, energy }: Recognition, leastEnergy: number): number {
  if (digit === null) return 0;
  const margin = Math.min(1, (energy - leastEnergy) / SURE_MARGIN);
  return NETWORK_WEIGHT * margin * Math.max(0, 2 * confidence - 1);
}

/** Gives a digit a probability; the others share the rest as they did before. */
function favor(predictions: readonly Prediction[], digit: number, probability: number): Prediction[] {
  const others = predictions.filter((prediction) => prediction.digit !== digit);
  const total = others.reduce((sum, prediction) => sum + prediction.probability, 0);
  const rest = others.map((prediction) => ({
    digit: prediction.digit,
    probability: (1 - probability) * (total > 0 ? prediction.probability / total : 1 / others.length),
  }));
  return [{ digit, probability }, ...rest].sort((a, b) => b.probability - a.probability);
}
