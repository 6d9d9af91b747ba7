/** The memory of a page with one element, with many, after very many predictions, and without elements again. */
import { medianSlope } from '../../evaluate/statistics.js';
import { openPage, type Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { toBar, toFigure, type Outcome } from '../figures.js';

const many = 50;

/** A service disposes its engine half a minute after its last user has gone. In milliseconds. */
const keepAlive = 32_000;

/** Growth over a million predictions that is not yet a leak: a tenth of a byte for each. */
const tolerableGrowth = 100_000;

const localize = (count: number) => count.toLocaleString('en');

export async function measureMemoryUse(context: Context): Promise<Outcome> {
  const { options, report } = context;
  const [warm, count, step] = options.quick ? [2000, 10_000, 5000] : [20_000, 1_000_000, 50_000];
  const [{ strokes }] = createDrawings(8).slice(-1);
  await using page = await openPage<typeof import('../page/element.js')>(context, '/memory/');
  const { call } = page;
  const protocol = await page.createCDPSession();
  await protocol.send('HeapProfiler.enable');

  /** Measures the JavaScript heap after garbage collection, and the page as the browser counts it. */
  const measure = async () => {
    // Twice: what the first collection frees may hold on to more.
    for (let time = 0; time < 2; time++) await protocol.send('HeapProfiler.collectGarbage');
    const counts = await call('measureMemory');
    const usage = await protocol.send('Runtime.getHeapUsage');
    return { ...counts, heap: usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize };
  };
  const figures: Outcome['figures'][number][] = [];
  const stage = async (name: string) => {
    const memory = await measure();
    figures.push(toFigure(`${name}: heap`, 'bytes', [memory.heap]));
    if (memory.bytes !== null) figures.push(toFigure(`${name}: page, as the browser counts`, 'bytes', [memory.bytes]));
    figures.push(toFigure(`${name}: WebAssembly memory reserved`, 'bytes', [memory.webAssembly]));
    report(name);
    return memory;
  };

  await stage('no element');
  await call('fillPage', options.model, 1, strokes);
  await stage('1 element');
  await call('fillPage', options.model, many, strokes);
  await stage(`${many} elements`);
  await call('predictMany', options.model, warm);
  const series = [await stage(`and ${localize(warm)} predictions`)];
  for (let done = 0; done < count; done += step) {
    await call('predictMany', options.model, step);
    series.push(await measure());
    report(`${localize(done + step)} predictions`);
  }
  const { instances } = await stage(`and ${localize(count)} more`);
  await call('emptyPage');
  await stage('all removed');
  await new Promise((resolve) => setTimeout(resolve, keepAlive));
  await stage('half a minute later');
  // The browser's own heap fluctuates by as much as a leak would add, and measuring adds something once.
  const growth = (medianSlope(series.map(({ heap }) => heap)) * count) / step;
  return {
    figures,
    bars: [
      toBar(`growth in ${localize(count)} predictions`, 'bytes', growth, 'at most', tolerableGrowth),
      toBar(`program instances for ${many} elements`, '', instances, 'exactly', 1),
    ],
  };
}
