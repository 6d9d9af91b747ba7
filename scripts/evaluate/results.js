/** What the answers to each job come to. Pure. */
import { calibrate } from './calibration.js';
import { measureRejection, refusedShare } from './rejection.js';
import { summarize } from './statistics.js';

/** @import { Calibration } from './calibration.js' */
/** @import { Condition, Job } from './jobs.js' */
/** @import { Rejection } from './rejection.js' */
/** @import { Answer, Summary } from './statistics.js' */

/**
 * @typedef {object} Outcome
 * @property {Pick<Job, 'name' | 'through' | 'labels' | 'condition'>} job
 * @property {readonly Answer[]} answers
 */

/** @typedef {{ name: string, through: Job['through'] }} Reading of what, and how */
/** @typedef {Answer & { label: number }} LabelledAnswer */

/**
 * @typedef {Reading & Summary & { calibration: Calibration, answers: LabelledAnswer[] }} DigitsResult
 * @typedef {Reading & Condition & Pick<Summary, 'total' | 'right' | 'failed' | 'accuracy' | 'interval'>} ConditionResult
 * @typedef {Reading & { total: number, refused: number, failed: number, answers: readonly Answer[],
 *   comparisons: { name: string, rejection: Rejection | null }[] }} NondigitsResult `refused`: share of what was read
 */

/**
 * What one model gave.
 * @typedef {object} Measurement
 * @property {string} model
 * @property {string | null} backend
 * @property {string} browser
 * @property {DigitsResult[]} digits
 * @property {NondigitsResult[]} nondigits each compared with all digits
 * @property {ConditionResult[]} conditions
 */

/**
 * @param {Pick<Measurement, 'model' | 'backend' | 'browser'>} setting
 * @param {readonly Outcome[]} outcomes
 * @returns {Measurement}
 */
export function toMeasurement(setting, outcomes) {
  /** @type {DigitsResult[]} */
  const digits = [];
  /** @type {ConditionResult[]} */
  const conditions = [];
  /** @type {NondigitsResult[]} */
  const nondigits = [];
  for (const { job, answers } of outcomes) {
    const { name, through, labels, condition } = job;
    if (labels && condition) {
      const { total, right, failed, accuracy, interval } = summarize(labels, answers);
      conditions.push({ name, through, ...condition, total, right, failed, accuracy, interval });
    } else if (labels) {
      const labelled = answers.map((answer, index) => ({ label: labels[index], ...answer }));
      const calibration = calibrate(labels, answers);
      digits.push({ name, through, ...summarize(labels, answers), calibration, answers: labelled });
    } else {
      const failed = answers.filter((answer) => 'error' in answer).length;
      nondigits.push({
        name,
        through,
        total: answers.length,
        refused: refusedShare(answers),
        failed,
        comparisons: [],
        answers,
      });
    }
  }
  for (const each of nondigits) {
    each.comparisons = digits.map(({ name, answers }) => ({
      name,
      rejection: measureRejection(answers, each.answers),
    }));
  }
  return { ...setting, digits, nondigits, conditions };
}

/** Without the pictures, which would be most of what is written to a file. @param {readonly Answer[]} answers */
const withoutImages = (answers) =>
  answers.map((answer) => ('error' in answer ? answer : { ...answer, image: undefined }));

/** A measurement as it goes into a file. @param {Measurement} measurement */
export function toRecord({ digits, nondigits, conditions, ...setting }) {
  return {
    ...setting,
    digits: digits.map((each) => ({ ...each, answers: withoutImages(each.answers) })),
    nondigits: nondigits.map((each) => ({ ...each, answers: withoutImages(each.answers) })),
    conditions,
  };
}
