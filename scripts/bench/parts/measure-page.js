/** The page in which all contestants are, with their answers compared before anything is measured. */
import { caller } from '../../call-page.js';

/** @import { BenchPage } from '../browsers.js' */
/** @import { Context } from './context.js' */
/** @typedef {typeof import('../page/measure.js')} MeasureScript */

/** How far the answers of TensorFlow.js may be from those of the program. */
const tolerance = 1e-4;

/** @type {Record<import('../page/measure.js').Name, string>} */
export const contestants = {
  program: 'digit-recognizer, WASM program',
  onnxruntime: 'onnxruntime-web, wasm',
  tensorflow: 'TensorFlow.js, wasm',
};

/** @typedef {keyof typeof contestants} Contestant */

export const contestantNames = /** @type {Contestant[]} */ (Object.keys(contestants));

/**
 * @template Result
 * @param {Context} context
 * @param {(call: ReturnType<typeof caller<MeasureScript>>, page: BenchPage) => Promise<Result>} measure
 * @returns {Promise<Result>}
 * @throws {Error} when the contestants do not run the same network
 */
export async function withMeasurePage({ browser, server }, measure) {
  const page = await browser.open(`${server.origin}/measure/index.html`);
  try {
    /** @type {ReturnType<typeof caller<MeasureScript>>} */
    const call = caller(page);
    for (const [name, difference] of Object.entries(await call('compare', 100))) {
      if (!(difference <= tolerance))
        throw new Error(`${name} runs another network: its logits differ by ${difference}.`);
    }
    return await measure(call, page);
  } finally {
    await page.close();
  }
}
