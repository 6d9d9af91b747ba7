/** The WASM program against stock onnxruntime-web with the same file: how many answers are the same, bit for bit. */
import { toFigure } from '../figures.js';
import { withMeasurePage } from './measure-page.js';
import { batches } from './throughput.js';

/** @import { Bar, Figure, Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */

/** Pictures that are compared before the bench says how far it is. */
const slice = 2500;

/** @param {Context} context @returns {Promise<Outcome>} */
export function measureEquality(context) {
  const { options, report } = context;
  const count = options.quick ? 250 : 10_000;
  return withMeasurePage(context, async (call) => {
    const extremes = await call('countExtremes');
    const sets = /** @type {const} */ ([
      { kind: 'mnist', title: 'MNIST test images', pictures: count },
      { kind: 'random', title: 'random pictures', pictures: count },
      { kind: 'extreme', title: 'extreme pictures', pictures: extremes },
    ]);
    /** @type {Figure[]} */
    const figures = [];
    /** @type {Bar[]} */
    const bars = [];
    /** @type {string[]} */
    const notes = [];
    for (const batch of batches) {
      for (const { kind, title, pictures } of sets) {
        let equal = 0;
        for (let first = 0; first < pictures; first += slice) {
          const part = await call('countEqualAnswers', {
            kind,
            batch,
            first,
            count: Math.min(slice, pictures - first),
          });
          equal += part.equal;
          if (part.equal < part.pictures) {
            notes.push(
              `${title}, batches of ${batch}, from ${first}: logits differ by up to ${part.largestDifference}`,
            );
          }
        }
        const name = `${title}, batches of ${batch}: same bits`;
        figures.push(toFigure(name, '', [equal]));
        bars.push({ name, unit: '', value: equal, relation: 'exactly', limit: pictures });
      }
      report(`batches of ${batch}`);
    }
    return { figures, bars, notes, failed: notes.length > 0 };
  });
}
