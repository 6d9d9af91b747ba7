import type { Locale, Messages } from '../../messages/index.js';
import type { Correction, RecognitionSnapshot } from '../../recognition/index.js';
import { formatPercentage } from '../shared/number-formats.js';
import type { Row } from './rows.js';

/** Least probability at which the second-best digit is announced. */
const MIN_ANNOUNCED = 0.05;

/** The part of a recognizer's state that an announcement depends on. */
export type AnnouncedSnapshot = Pick<
  RecognitionSnapshot,
  'correction' | 'digits' | 'empty' | 'given' | 'recognition' | 'recognitions'
>;

/**
 * Returns what to announce to screen readers when an answer has settled; '' for nothing.
 *
 * @param unsure whether the rows are only best guesses, since the drawing may be a non-digit
 * @param snapshot the recognizer's state; undefined for predictions that the page has set
 */
export function announce(
  rows: readonly Row[],
  unsure: boolean,
  snapshot: AnnouncedSnapshot | undefined,
  locale: Locale,
): string {
  const { messages } = locale;
  const { correction, given, recognition } = snapshot ?? {};
  // Values set by the page are not announced.
  if (given && !correction) return '';
  if (snapshot && snapshot.digits.length > 1) return announceNumber(snapshot, locale);
  if (correction) return describeCorrection(correction, messages);
  const [best, second] = rows;
  if (!best) return snapshot && !snapshot.empty ? messages.nothingRecognized : '';
  if (unsure) return messages.notSureAnswer(String(best.digit));
  const answer = messages.answer(String(best.digit), best.percentage);
  if (recognition?.learned) return `${answer}. ${messages.learned}`;
  return second && second.probability >= MIN_ANNOUNCED ? `${answer}. ${describeSecond(rows, messages)}` : answer;
}

function announceNumber({ digits, recognitions }: AnnouncedSnapshot, { messages, language }: Locale): string {
  if (digits.includes(null)) return `${digits.map((digit) => digit ?? '?').join('')}. ${messages.notSureMultiple}`;
  const number = digits.join('');
  const all = recognitions.reduce((product, { confidence }) => product * confidence, 1);
  return recognitions.every(({ digit }, index) => digit === digits[index]) && recognitions.length === digits.length
    ? messages.answer(number, formatPercentage(language, all))
    : messages.picked(number);
}

/** Returns the text for a digit that the user has picked or typed. */
export function describeCorrection({ digit, by }: Correction, messages: Messages): string {
  return by === 'typed' ? messages.typed(String(digit)) : messages.picked(String(digit));
}

/** Returns the text for the second-best digit; '' if there is none. */
export function describeSecond(rows: readonly Row[], messages: Messages): string {
  const second = rows.at(1);
  return second ? messages.secondBest(String(second.digit), second.percentage) : '';
}
