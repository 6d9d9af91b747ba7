/** The memory of a page with one element, with many, after very many predictions, and when all are gone. */
import { caller } from '../../call-page.js';
import { medianSlope } from '../../evaluate/statistics.js';
import type { BenchPage } from '../browsers.js';
import type { Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { toFigure, type Outcome } from '../figures.js';

const many = 50;

/** A service disposes its engine half a minute after its last user has gone. In milliseconds. */
const keepAlive = 32_000;

/** What a million predictions may add without being called a leak: a tenth of a byte for each. */
const mostGrowth = 100_000;

type ElementScript = typeof import('../page/element.js');

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Bytes: of the page's heap with all that hangs on it, once garbage is collected; and of the page, as the browser counts. */
async function measure(page: BenchPage) {
  const { protocol } = page;
  if (!protocol) throw new Error('This browser does not report how much memory a page has.');
  // Twice: what the first collection frees may hold on to more.
  for (let time = 0; time < 2; time++) await protocol.send('HeapProfiler.collectGarbage');
  const { bytes, ...counts } = await caller<ElementScript>(page)('measureMemory');
  const usage: HeapUsage = await protocol.send('Runtime.getHeapUsage');
  const heap = usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  return { heap, whole: bytes, ...counts };
}

export async function measureMemoryUse({ browser, server, options, report }: Context): Promise<Outcome> {
  const { model, quick } = options;
  const [warm, count, step] = quick ? [2000, 10_000, 5000] : [20_000, 1_000_000, 50_000];
  const [{ strokes }] = createDrawings(8).slice(-1);
  const page = await browser.open(`${server.origin}/memory/index.html`);
  try {
    await page.protocol?.send('HeapProfiler.enable');
    const call = caller<ElementScript>(page);
    const stages: { name: string; memory: Awaited<ReturnType<typeof measure>> }[] = [];
    const stage = async (name: string) => {
      const memory = await measure(page);
      stages.push({ name, memory });
      report(name);
      return memory;
    };
    await stage('no element');
    await call('fillPage', model, 1, strokes);
    await stage('1 element');
    await call('fillPage', model, many, strokes);
    await stage(`${many} elements`);
    await call('predictMany', model, warm);
    const series = [await stage(`and ${warm.toLocaleString('en')} predictions`)];
    for (let done = 0; done < count; done += step) {
      await call('predictMany', model, step);
      series.push(await measure(page));
      report(`${(done + step).toLocaleString('en')} predictions`);
    }
    const after = await stage(`and ${count.toLocaleString('en')} more`);
    await call('emptyPage');
    await stage('all removed');
    await new Promise((resolve) => setTimeout(resolve, keepAlive));
    await stage('half a minute later');
    return {
      figures: stages.flatMap(({ name, memory: { heap, whole, webAssembly } }) => [
        toFigure(`${name}: heap`, 'bytes', [heap]),
        ...(whole === null ? [] : [toFigure(`${name}: page, as the browser counts`, 'bytes', [whole])]),
        toFigure(`${name}: WebAssembly memory reserved`, 'bytes', [webAssembly]),
      ]),
      bars: [
        {
          name: `growth in ${count.toLocaleString('en')} predictions`,
          unit: 'bytes',
          // The browser's own heap goes up and down by as much as a leak would add, and measuring adds something once.
          value: (medianSlope(series.map(({ heap }) => heap)) * count) / step,
          relation: 'at most',
          limit: mostGrowth,
        },
        {
          name: `program instances for ${many} elements`,
          unit: '',
          value: after.instances,
          relation: 'exactly',
          limit: 1,
        },
      ],
    };
  } finally {
    await page.close();
  }
}
