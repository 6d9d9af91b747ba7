/** MNIST's test images in batches: how many a second. */
import { toFigure } from '../figures.js';
import { contestantNames, contestants, withMeasurePage } from './measure-page.js';

/** @import { Figure, Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */

export const batches = [1, 2, 7, 64];

/** @param {Context} context @returns {Promise<Outcome>} */
export function measureThroughput(context) {
  const { options, report } = context;
  const [count, parts] = options.quick ? [640, 2] : [10_000, 20];
  return withMeasurePage(context, async (call) => {
    await call('throughput', { batch: 64, count: 640, parts: 2 });
    /** @type {Figure[]} */
    const figures = [];
    for (const batch of batches) {
      const rates = await call('throughput', { batch, count, parts });
      for (const name of contestantNames)
        figures.push(toFigure(`batches of ${batch}: ${contestants[name]}`, '/s', rates[name]));
      report(`batches of ${batch}`);
    }
    return { figures, bars: [] };
  });
}
