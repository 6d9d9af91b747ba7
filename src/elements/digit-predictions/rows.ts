import { roundShares, steadyOrder, type Prediction } from '../../recognition/index.js';
import { formatPercentage } from '../shared/number-formats.js';

/** Percentages are shown in tenths. */
const TENTHS = 1000;

/** A prediction as displayed. */
export interface Row extends Prediction {
  readonly percentage: string;
}

/** What the rows depend on, besides the predictions. */
export interface Arrangement {
  /** The rows displayed now. */
  readonly shown: readonly Row[];
  /** Whether the answer has settled; until then, digits keep their rows unless others are clearly more probable. */
  readonly settled: boolean;
  /** The language of the percentages: a BCP 47 tag. */
  readonly language: string;
}

/**
 * Returns the predictions in the order in which to display them, with percentages that add up to 100.0 %.
 *
 * @param predictions best first, not all of them 0
 */
export function arrangeRows(
  predictions: readonly Prediction[],
  { shown, settled, language }: Arrangement,
): readonly Row[] {
  const shares = roundShares(
    predictions.map(({ probability }) => probability),
    TENTHS,
  );
  const percentages = new Map(
    predictions.map(({ digit }, rank) => [digit, formatPercentage(language, shares[rank] / TENTHS)]),
  );
  const order = shown.map(({ digit }) => digit);
  const ordered = settled ? predictions : steadyOrder(predictions, order);
  return ordered.map((prediction) => ({ ...prediction, percentage: percentages.get(prediction.digit)! }));
}
