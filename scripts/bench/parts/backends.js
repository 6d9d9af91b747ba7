/** The WebGPU program against the WASM program, on MNIST's test images: how many digits are the same. */
import { caller } from '../../call-page.js';
import { toFigure } from '../figures.js';

/** @import { Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */
/** @typedef {typeof import('../page/backends.js')} BackendsScript */

/** Pictures that are compared before the bench says how far it is. */
const slice = 500;

/** How far the logits of the two programs may be from each other. */
const tolerance = 1e-4;

/**
 * @param {Context} context
 * @returns {Promise<Outcome>}
 * @throws {Error} when the browser has no WebGPU, not even a software adapter
 */
export async function measureBackends({ options, server, launchWith, report }) {
  const count = options.quick ? 200 : 10_000;
  const browser = await launchWith({ softwareWebGpu: true });
  try {
    const page = await browser.open(`${server.origin}/backends/index.html?model=${options.model}`);
    /** @type {ReturnType<typeof caller<BackendsScript>>} */
    const call = caller(page);
    let [equal, near, largestDifference] = [0, 0, 0];
    for (let first = 0; first < count; first += slice) {
      const part = await call('compareBackends', { first, count: Math.min(slice, count - first), tolerance });
      equal += part.equal;
      near += part.near;
      largestDifference = Math.max(largestDifference, part.largestDifference);
      report(`${Math.min(first + slice, count)} of ${count}`);
    }
    await page.close();
    const counts = { 'same digit on WebGPU and WASM': equal, [`logits within ${tolerance}`]: near };
    const named = Object.entries(counts).map(([name, value]) => ({ name: `MNIST test images: ${name}`, value }));
    return {
      figures: named.map(({ name, value }) => toFigure(name, '', [value])),
      bars: named.map((each) => ({ ...each, unit: '', relation: 'exactly', limit: count })),
      notes: [
        `Logits differ by up to ${largestDifference.toExponential(1)}. WebGPU is emulated on the processor here.`,
      ],
      failed: equal < count || near < count,
    };
  } finally {
    await browser.close();
  }
}
