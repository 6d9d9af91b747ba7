/** The WebGPU program against the WASM program, on MNIST's test images: how many digits are the same. */
import { caller } from '../../call-page.js';
import type { Context } from '../context.js';
import { toFigure, type Bar, type Outcome } from '../figures.js';

/** Pictures that are compared before the bench says how far it is. */
const slice = 500;

/** How far the logits of the two programs may be from each other. */
const tolerance = 1e-4;

/** @throws {Error} when the browser has no WebGPU, not even a software adapter */
export async function measureBackends({ options, server, launch, report }: Context): Promise<Outcome> {
  const count = options.quick ? 200 : 10_000;
  const browser = await launch({ softwareWebGpu: true });
  try {
    const page = await browser.open(`${server.origin}/backends/index.html?model=${options.model}`);
    const call = caller<typeof import('../page/backends.js')>(page);
    let [equal, near, largestDifference] = [0, 0, 0];
    for (let first = 0; first < count; first += slice) {
      const part = await call('compareBackends', first, Math.min(slice, count - first), tolerance);
      equal += part.equal;
      near += part.near;
      largestDifference = Math.max(largestDifference, part.largestDifference);
      report(`${Math.min(first + slice, count)} of ${count}`);
    }
    const bar = (name: string, value: number): Bar => ({
      name: `MNIST test images: ${name}`,
      unit: '',
      value,
      relation: 'exactly',
      limit: count,
    });
    const bars = [bar('same digit on WebGPU and WASM', equal), bar(`logits within ${tolerance}`, near)];
    return {
      figures: bars.map(({ name, value }) => toFigure(name, '', [value])),
      bars,
      notes: [
        `Logits differ by up to ${largestDifference.toExponential(1)}. WebGPU is emulated on the processor here.`,
      ],
      failed: equal < count || near < count,
    };
  } finally {
    await browser.close();
  }
}
