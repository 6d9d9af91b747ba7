import { roundShares, steadyOrder, type Prediction } from '../../recognition/index.js';
import { formatPercentage } from '../shared/number-formats.js';

/** Percentages are shown in tenths. */
const TENTHS = 1000;

/** A prediction as displayed. */
export interface Row extends Prediction {
  readonly percentage: string;
}

/**
 * Returns the predictions in the order in which to display them, with percentages that add up to 100.0 %.
 *
 * @param predictions best first, not all of them 0
 * @param shown the rows displayed now, if the answer has not settled: digits keep them unless others are clearly more
 *   probable
 * @param language of the percentages, a BCP 47 tag
 */
export function arrangeRows(
  predictions: readonly Prediction[],
  shown: readonly Row[] | null,
  language: string,
): readonly Row[] {
  const shares = roundShares(
    predictions.map(({ probability }) => probability),
    TENTHS,
  );
  const percentages = new Map(
    predictions.map(({ digit }, rank) => [digit, formatPercentage(language, shares[rank] / TENTHS)]),
  );
  const ordered = shown
    ? steadyOrder(
        predictions,
        shown.map(({ digit }) => digit),
      )
    : predictions;
  return ordered.map((prediction) => ({ ...prediction, percentage: percentages.get(prediction.digit)! }));
}
