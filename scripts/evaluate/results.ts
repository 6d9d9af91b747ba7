/** Results of each job, from its answers. Pure. */
import { calibrate, type Calibration } from './calibration.js';
import type { Condition, Job } from './job.js';
import { summarizeLearning, type LearningSummary } from './learning.js';
import { measureRejection, type Rejection } from './rejection.js';
import {
  confusionMatrix,
  readingsOf,
  summarize,
  toShare,
  type Answer,
  type Share,
  type Summary,
} from './statistics.js';

export interface Outcome {
  readonly job: Pick<Job, 'name' | 'through' | 'kind' | 'labels' | 'condition'>;
  readonly answers: readonly Answer[];
}

type Setting = Pick<Job, 'name' | 'through'>;
export type LabeledAnswer = Answer & { readonly label: string };

export interface NumbersResult extends Setting, Summary {
  readonly answers: readonly LabeledAnswer[];
}

export interface DigitsResult extends NumbersResult {
  readonly calibration: Calibration;
  /** As {@link confusionMatrix} gives it. */
  readonly confusion: readonly (readonly number[])[];
}

export interface LearningResult extends Setting, LearningSummary {
  readonly failed: number;
  readonly answers: readonly Answer[];
}

export type ConditionResult = Setting & Condition & Pick<Summary, 'total' | 'failed' | 'right' | 'guessed' | 'refused'>;

export interface NondigitsResult extends Setting {
  readonly total: number;
  readonly failed: number;
  /** Of those that did not fail. */
  readonly refused: Share;
  readonly answers: readonly Answer[];
  readonly comparisons: readonly { readonly name: string; readonly rejection: Rejection | null }[];
}

/** All results of one model. */
export interface Measurement {
  readonly model: string;
  readonly backend: string | null;
  readonly browser: string;
  readonly digits: readonly DigitsResult[];
  readonly numbers: readonly NumbersResult[];
  readonly learning: readonly LearningResult[];
  /** Each compared with all digits. */
  readonly nondigits: readonly NondigitsResult[];
  readonly conditions: readonly ConditionResult[];
}

export function toMeasurement(
  setting: Pick<Measurement, 'model' | 'backend' | 'browser'>,
  outcomes: readonly Outcome[],
): Measurement {
  const select = (kind: Job['kind'], withCondition = false) =>
    outcomes.filter(({ job }) => job.kind === kind && (job.condition !== null) === withCondition);
  const toResult = ({ job: { name, through, labels }, answers }: Outcome): NumbersResult => ({
    name,
    through,
    ...summarize(labels, answers),
    answers: answers.map((answer, index) => ({ label: labels[index], ...answer })),
  });
  const digits = select('digits').map((outcome) => ({
    ...toResult(outcome),
    calibration: calibrate(outcome.job.labels, outcome.answers),
    confusion: confusionMatrix(outcome.job.labels, outcome.answers),
  }));
  return {
    ...setting,
    digits,
    numbers: select('numbers').map(toResult),
    learning: select('learning').map(({ job: { name, through, labels }, answers }) => ({
      name,
      through,
      failed: answers.length - readingsOf(answers).length,
      answers,
      ...summarizeLearning(labels, answers),
    })),
    nondigits: select('nondigits').map(({ job: { name, through }, answers }) => {
      const readings = readingsOf(answers);
      return {
        name,
        through,
        total: answers.length,
        failed: answers.length - readings.length,
        refused: toShare(readings.filter(({ refused }) => refused).length, Math.max(1, readings.length)),
        answers,
        comparisons: digits.map((set) => ({ name: set.name, rejection: measureRejection(set.answers, answers) })),
      };
    }),
    conditions: select('digits', true).map(({ job: { name, through, labels, condition }, answers }) => {
      const { total, failed, right, guessed, refused } = summarize(labels, answers);
      return { name, through, ...(condition as Condition), total, failed, right, guessed, refused };
    }),
  };
}

/** Whether no run has failed. */
export const isWhole = ({ digits, numbers, learning, nondigits, conditions }: Measurement) =>
  [...digits, ...numbers, ...learning, ...nondigits, ...conditions].every(({ failed }) => failed === 0);

/** Measurements without pictures, which would be most of the file. */
export const toJson = (measurements: readonly Measurement[]): string =>
  `${JSON.stringify({ measurements }, (key, value: unknown) => (key === 'image' || key === 'thumbnail' ? undefined : value))}\n`;
