/** Compares the WebGPU program with the WASM program, on MNIST's test images. */
import { openPage, type Context } from '../context.js';
import { toBar, toFigure, type Bar, type Outcome } from '../figures.js';
import { launch } from '../launch.js';
import { addComparisons, type Comparison } from '../page/compare.js';

/** Pictures between two reports of progress. */
const slice = 500;

/** By how much the logits of the two programs may differ. */
export const tolerance = 1e-4;

/** Judges a comparison of `count` pictures. */
export function judgeBackends(count: number, { sameDigit, near, largestDifference }: Comparison) {
  const bar = (name: string, value: number): Bar => toBar(`MNIST test images: ${name}`, '', value, 'exactly', count);
  return {
    bars: [bar('same digit on WebGPU and WASM', sameDigit), bar(`logits within ${tolerance}`, near)],
    notes: [`Logits differ by up to ${largestDifference.toExponential(1)}.`],
    failed: sameDigit < count || near < count,
  };
}

/** @throws {Error} when the browser has no WebGPU, not even a software adapter */
export async function measureBackends(context: Context): Promise<Outcome> {
  const { options, report } = context;
  const count = options.quick ? 200 : 10_000;
  await using browser = await launch(options, { softwareWebGpu: true });
  const url = `/backends/?model=${options.model}`;
  await using page = await openPage<typeof import('../page/backends.js')>({ ...context, browser }, url);
  const parts: Comparison[] = [];
  for (let first = 0; first < count; first += slice) {
    parts.push(await page.call('compareBackends', first, Math.min(slice, count - first), tolerance));
    report(`${Math.min(first + slice, count)} of ${count}`);
  }
  const { bars, notes, failed } = judgeBackends(count, addComparisons(parts));
  return {
    figures: bars.map(({ name, value }) => toFigure(name, '', [value])),
    bars,
    notes: [`${notes.join(' ')} WebGPU is emulated on the CPU here.`],
    failed,
  };
}
