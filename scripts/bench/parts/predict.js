/** One prediction and sixty-four: the network alone, and from strokes to digits. */
import { createDrawings } from '../drawings.js';
import { toFigure, toRatio } from '../figures.js';
import { quantile } from 'd3-array';
import { contestantNames, contestants, withMeasurePage } from './measure-page.js';

/** @import { Bar, Figure, Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */
/** @import { Contestant } from './measure-page.js' */

/** @param {readonly number[]} values */
const median = (values) => quantile(values, 0.5) ?? NaN;

/**
 * @param {string} title
 * @param {Record<Contestant, number[][]>} times by round
 * @returns {{ figures: Figure[], ratios: Record<'onnxruntime' | 'tensorflow', Figure> }}
 */
function summarize(title, times) {
  const medians = (/** @type {Contestant} */ name) => times[name].map(median);
  const ratio = (/** @type {Contestant} */ name) =>
    toRatio(`${title}: program / ${contestants[name]}`, medians('program'), medians(name));
  const ratios = { onnxruntime: ratio('onnxruntime'), tensorflow: ratio('tensorflow') };
  const figures = contestantNames.map((name) => toFigure(`${title}: ${contestants[name]}`, 'ms', times[name].flat()));
  return { figures: [...figures, ...Object.values(ratios)], ratios };
}

/** @param {Context} context @returns {Promise<Outcome>} */
export function measurePredict(context) {
  const { options, report } = context;
  const { model, quick } = options;
  const samples = createDrawings(64);
  const drawings = samples.map(({ strokes }) => strokes);
  return withMeasurePage(context, async (call) => {
    const digits = await call('readDigits', { model, drawings });
    const right = digits.filter((digit, index) => digit === samples[index].digit).length;
    const one = quick ? { rounds: 10, turns: 10 } : { rounds: 60, turns: 20 };
    const many = quick ? { rounds: 3, turns: 1 } : { rounds: 20, turns: 2 };
    // Once unmeasured: browsers compile again what runs often.
    await call('predict', { count: 1, rounds: 10, turns: 50 });
    await call('read', { model, drawings, count: 1, rounds: 5, turns: 20 });
    report('warm');
    const networkOne = summarize('network, 1', await call('predict', { count: 1, ...one }));
    report('network, 1');
    const networkMany = summarize('network, 64', await call('predict', { count: 64, ...many }));
    report('network, 64');
    const readOne = summarize('strokes, 1', await call('read', { model, drawings, count: 1, ...one }));
    report('strokes, 1');
    const readMany = summarize('strokes, 64', await call('read', { model, drawings, count: 64, ...many }));
    /** @type {Bar[]} */
    const bars = [
      {
        name: 'one prediction, against onnxruntime-web wasm',
        unit: 'x',
        value: networkOne.ratios.onnxruntime.median,
        relation: 'at most',
        limit: 1.05,
      },
      {
        name: 'one prediction, against TensorFlow.js wasm',
        unit: 'x',
        value: networkOne.ratios.tensorflow.median,
        relation: 'at most',
        limit: 1,
      },
    ];
    return {
      figures: [networkOne, networkMany, readOne, readMany].flatMap(({ figures }) => figures),
      bars,
      notes: [`recognize(strokes) reads ${right} of the ${samples.length} drawings as they are meant.`],
    };
  });
}
