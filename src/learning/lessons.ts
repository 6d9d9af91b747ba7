import type { Prediction, Recognition } from '../recognition/index.js';

/** A drawing labeled by the user. */
export interface Lesson {
  /** 0..9; null for a non-digit. */
  readonly digit: number | null;
  /** The network's features for the drawing, scaled so that the largest magnitude is 127. */
  readonly features: Int8Array;
  /** Euclidean norm of `features`. */
  readonly norm: number;
}

/** Most lessons in a profile: 20 KB (39 KB with `reference`), with lookups in a small fraction of a millisecond. */
export const MAX_LESSONS = 300;

/** Most features per drawing: of the package's models, `reference` has the most, 128. */
export const MAX_FEATURES = 4096;

/**
 * Least cosine similarity at which a lesson counts for a drawing: three quarters of a writer's drawings of one digit
 * are that similar to each other, and fewer than one in 1000 pairs of different digits.
 *
 * Chosen, with {@link SURE_MARGIN}, because it fixed the most wrong answers in a simulation of the writers that the
 * network was trained on, with their writing as it is and slanted, rotated and stretched. Values from 0.88 to 0.94 work
 * nearly as well.
 */
const NEAR = 0.9;

/** Least cosine similarity at which a drawing is the lesson's own: that lesson alone decides. */
const SAME = 0.998;

/**
 * How many lessons it takes to outvote the network when it is entirely sure. It is unsure of most drawings that it
 * misreads, so that one to four lessons suffice. Wrong lessons mostly concern drawings that it is sure of: a user who
 * wrongly corrects one answer in five, always in the same way, gives about six of them in 30 drawings of a digit, and
 * half the weight would let them win.
 */
const NETWORK_WEIGHT = 12;

/**
 * Energy above the threshold of a digit at which the network counts as sure: two thirds of its right answers are below.
 */
const SURE_MARGIN = 10;

/**
 * Most that lessons can raise the odds of a drawing being a digit, reached with two lessons about digits. Since most
 * users correct only refused drawings, further lessons add little: for held-out writers they rescue no more digits, and
 * of letters 89 % are refused without lessons, 85 % at this value, and 74 % if 20 lessons counted in full.
 */
const MAX_ODDS = 3;

/** Remaining doubt after one uncontradicted lesson: 19 of 20 answers learned that way were right. */
const DOUBT = 0.05;

/** Creates a lesson from a network's features for a drawing. */
export function toLesson(values: Float32Array, digit: number | null): Lesson {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return lessonOf(new Int8Array(values.map((value) => Math.round((value / largest) * 127))), digit);
}

/** Creates a lesson from features that are already scaled. */
export function lessonOf(features: Int8Array, digit: number | null): Lesson {
  // All-zero features are similar to nothing.
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
 * Adds a lesson. It replaces nearby lessons with another label, so that the latest of contradicting lessons wins;
 * lessons about other drawings stay. Beyond {@link MAX_LESSONS} the most redundant one is dropped.
 */
export function addLesson(lessons: readonly Lesson[], lesson: Lesson): readonly Lesson[] {
  const kept = lessons.filter((other) => other.digit === lesson.digit || cosine(other, lesson) < NEAR);
  kept.push(lesson);
  if (kept.length > MAX_LESSONS) kept.splice(mostRedundant(kept), 1);
  return kept;
}

/** Returns the older of the two most similar lessons with the same label; the oldest of all if no two labels match. */
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
 * Adjusts a recognition by the lessons: those near the drawing vote for their label, the network for its own answer,
 * with more weight the surer it is. A drawing that the network only just refused is answered if the lessons are about
 * digits.
 *
 * A k-nearest-neighbors vote on the network's last features; see Snell et al., "Prototypical Networks for Few-shot
 * Learning", NeurIPS 2017, for why few examples are enough there.
 *
 * @param leastEnergy the energy below which the network refuses a drawing as a non-digit; -Infinity if unknown
 * @returns the same object if no lesson changes the answer
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
  const share = (same ? 1 : votes.get(digit)!) / ((same ? 1 : total) + DOUBT);
  // Below a half, another digit could stay more probable than the one that is answered.
  const confidence = Math.max(0.5, share);
  return { ...learned, confidence, predictions: favor(predictions, digit, confidence) };
}

/**
 * Returns by how much the energy threshold is lowered, 0 to log {@link MAX_ODDS}: by Bayes' rule, the log of the prior
 * odds that this user's next drawing is a digit, by Laplace's rule of succession. It is never raised, even for a user
 * who has taught mostly non-digits: digits would be refused because of other drawings.
 */
function leniency(lessons: readonly Lesson[]): number {
  const others = lessons.filter(({ digit }) => digit === null).length;
  const odds = (1 + lessons.length - others) / (1 + others);
  return Math.log(Math.min(MAX_ODDS, Math.max(1, odds)));
}

/** Returns how many lessons the network's own answer is worth; 0 if it refuses. */
function networkVotes({ digit, confidence, energy }: Recognition, leastEnergy: number): number {
  if (digit === null) return 0;
  const margin = Math.min(1, (energy - leastEnergy) / SURE_MARGIN);
  return NETWORK_WEIGHT * margin * Math.max(0, 2 * confidence - 1);
}

/** Sets a digit's probability and rescales the others proportionally. */
function favor(predictions: readonly Prediction[], digit: number, probability: number): Prediction[] {
  const others = predictions.filter((prediction) => prediction.digit !== digit);
  const total = others.reduce((sum, prediction) => sum + prediction.probability, 0);
  const rest = others.map((prediction) => ({
    digit: prediction.digit,
    probability: (1 - probability) * (total > 0 ? prediction.probability / total : 1 / others.length),
  }));
  return [{ digit, probability }, ...rest].sort((a, b) => b.probability - a.probability);
}
