/** Results of each job, from its answers. Pure. */
import { calibrate } from './calibration.js';
import type { Job } from './job.js';
import { summarizeLearning } from './learning.js';
import { measureRejection } from './rejection.js';
import { confusionMatrix, readingsOf, summarize, toShare, type Answer } from './statistics.js';

export interface Outcome {
  readonly job: Pick<Job, 'name' | 'through' | 'kind' | 'labels' | 'condition'>;
  readonly answers: readonly Answer[];
}

const toNumbers = ({ job: { name, through, labels }, answers }: Outcome) => ({
  name,
  through,
  ...summarize(labels, answers),
  answers: answers.map((answer, index) => ({ label: labels[index], ...answer })),
});

const toDigits = (outcome: Outcome) => ({
  ...toNumbers(outcome),
  calibration: calibrate(outcome.job.labels, outcome.answers),
  confusion: confusionMatrix(outcome.job.labels, outcome.answers),
});

const toLearning = ({ job: { name, through, labels }, answers }: Outcome) => ({
  name,
  through,
  failed: answers.length - readingsOf(answers).length,
  answers,
  ...summarizeLearning(labels, answers),
});

function toNondigits({ job: { name, through }, answers }: Outcome, digits: readonly DigitsResult[]) {
  const readings = readingsOf(answers);
  return {
    name,
    through,
    total: answers.length,
    failed: answers.length - readings.length,
    /** Of those that did not fail. */
    refused: toShare(readings.filter(({ refused }) => refused).length, Math.max(1, readings.length)),
    answers,
    comparisons: digits.map((set) => ({ name: set.name, rejection: measureRejection(set.answers, answers) })),
  };
}

function toCondition({ job: { name, through, labels, condition }, answers }: Outcome) {
  if (!condition) return [];
  const { total, failed, right, guessed, refused } = summarize(labels, answers);
  return [{ name, through, ...condition, total, failed, right, guessed, refused }];
}

export type NumbersResult = ReturnType<typeof toNumbers>;
export type DigitsResult = ReturnType<typeof toDigits>;
export type LearningResult = ReturnType<typeof toLearning>;
export type NondigitsResult = ReturnType<typeof toNondigits>;
export type ConditionResult = ReturnType<typeof toCondition>[number];
/** All results of one model. */
export type Measurement = ReturnType<typeof toMeasurement>;

export function toMeasurement(
  setting: { readonly model: string; readonly backend: string | null; readonly browser: string },
  outcomes: readonly Outcome[],
) {
  const select = (kind: Job['kind']) => outcomes.filter(({ job }) => job.kind === kind && !job.condition);
  const digits = select('digits').map(toDigits);
  return {
    ...setting,
    digits,
    numbers: select('numbers').map(toNumbers),
    learning: select('learning').map(toLearning),
    nondigits: select('nondigits').map((outcome) => toNondigits(outcome, digits)),
    conditions: outcomes.flatMap(toCondition),
  };
}

/** Whether no run has failed. */
export const isWhole = ({ digits, numbers, learning, nondigits, conditions }: Measurement) =>
  [...digits, ...numbers, ...learning, ...nondigits, ...conditions].every(({ failed }) => failed === 0);

/** Measurements without pictures, which would be most of the file. */
export const toJson = (measurements: readonly Measurement[]): string =>
  `${JSON.stringify({ measurements }, (key, value: unknown) => (key === 'image' || key === 'thumbnail' ? undefined : value))}\n`;
