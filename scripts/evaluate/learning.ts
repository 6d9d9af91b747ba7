/** The effect of learning from corrections, by writer and by number of corrections. Pure. */
import { group, sum } from 'd3-array';
import type { Answer } from './statistics.js';

/** Ranges of the number of corrections that a writer has made before. */
const bounds = [
  [0, 0],
  [1, 1],
  [2, 3],
  [4, 7],
  [8, 15],
  [16, Infinity],
] as const;

export function summarizeLearning(labels: readonly string[], answers: readonly Answer[]) {
  const readings = answers.flatMap((answer, index) =>
    'error' in answer || !answer.learning
      ? []
      : [{ ...answer.learning, right: !answer.refused && answer.guess === labels[index] }],
  );
  /** Right answers without and with learning. */
  const count = (own: typeof readings) => ({
    total: own.length,
    without: sum(own, ({ rightWithout }) => Number(rightWithout)),
    with: sum(own, ({ right }) => Number(right)),
  });
  const writers = [...group(readings, ({ writer }) => writer).values()].map(count);
  return {
    ...count(readings),
    writers: writers.length,
    /** Writers with no fewer right answers than without learning. */
    notWorse: writers.filter((own) => own.with >= own.without).length,
    steps: bounds.flatMap(([from, to]) => {
      const own = readings.filter(({ corrections }) => corrections >= from && corrections <= to);
      return own.length > 0 ? [{ from, to, ...count(own) }] : [];
    }),
  };
}

export type LearningSummary = ReturnType<typeof summarizeLearning>;
export type LearningStep = LearningSummary['steps'][number];

/** Share of the wrong answers that learning has corrected, up to 1; negative where it does harm. */
export const shareGone = (learning: LearningSummary): number =>
  (learning.with - learning.without) / Math.max(1, learning.total - learning.without);
