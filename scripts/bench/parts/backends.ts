/** The WebGPU program against the WASM program, on MNIST's test images: how many digits are the same. */
import { caller } from '../../call-page.js';
import type { Context } from '../context.js';
import { toFigure, type Bar, type Outcome } from '../figures.js';
import type { DigitComparison } from '../page/compare.js';

/** Pictures that are compared before the bench says how far it is. */
const slice = 500;

/** How far the logits of the two programs may be from each other. */
export const tolerance = 1e-4;

/** What the comparison of so many pictures must come to. */
export function barsOfBackends(count: number, { equal, near, largestDifference }: DigitComparison) {
  const bar = (name: string, value: number): Bar => ({
    name: `MNIST test images: ${name}`,
    unit: '',
    value,
    relation: 'exactly',
    limit: count,
  });
  return {
    bars: [bar('same digit on WebGPU and WASM', equal), bar(`logits within ${tolerance}`, near)],
    notes: [`Logits differ by up to ${largestDifference.toExponential(1)}.`],
    failed: equal < count || near < count,
  };
}

/** @throws {Error} when the browser has no WebGPU, not even a software adapter */
export async function measureBackends({ options, server, launch, report }: Context): Promise<Outcome> {
  const count = options.quick ? 200 : 10_000;
  const browser = await launch({ softwareWebGpu: true });
  try {
    const page = await browser.open(`${server.origin}/backends/index.html?model=${options.model}`);
    const call = caller<typeof import('../page/backends.js')>(page);
    const total = { equal: 0, near: 0, largestDifference: 0 };
    for (let first = 0; first < count; first += slice) {
      const part = await call('compareBackends', first, Math.min(slice, count - first), tolerance);
      total.equal += part.equal;
      total.near += part.near;
      total.largestDifference = Math.max(total.largestDifference, part.largestDifference);
      report(`${Math.min(first + slice, count)} of ${count}`);
    }
    const { bars, notes, failed } = barsOfBackends(count, total);
    return {
      figures: bars.map(({ name, value }) => toFigure(name, '', [value])),
      bars,
      notes: [`${notes.join(' ')} WebGPU is emulated on the processor here.`],
      failed,
    };
  } finally {
    await browser.close();
  }
}
