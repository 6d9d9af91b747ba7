/** The memory of a page with one element, with many, after very many predictions, and when all are gone. */
import { medianSlope } from '../../evaluate/statistics.js';
import { caller } from '../../call-page.js';
import { createDrawings } from '../drawings.js';
import { toFigure } from '../figures.js';

/** @import { BenchPage } from '../browsers.js' */
/** @import { Bar, Figure, Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */
/** @typedef {typeof import('../page/element.js')} ElementScript */

const many = 50;

/** A service lets its engine go half a minute after its last user has gone. In milliseconds. */
const linger = 32_000;

/** What a leak may add in a million predictions and not be called one: a tenth of a byte for each. */
const mostGrowth = 100_000;

/**
 * Bytes: of the page as the browser counts them for the page; of its heap with all that hangs on it, once the garbage
 * is collected.
 *
 * @typedef {{ heap: number, whole: number | null, instances: number, webAssembly: number }} Memory
 */

/** @param {BenchPage} page @returns {Promise<Memory>} */
async function measure({ protocol, ...page }) {
  if (!protocol) throw new Error('This browser does not tell how much memory a page has.');
  // Twice: what the first collection frees may hold on to more.
  for (let time = 0; time < 2; time++) await protocol.send('HeapProfiler.collectGarbage');
  /** @type {ReturnType<typeof caller<ElementScript>>} */
  const call = caller(page);
  const { bytes, instances, webAssembly } = await call('measureMemory');
  const usage = /** @type {{ usedSize: number, embedderHeapUsedSize?: number, backingStorageSize?: number }} */ (
    await protocol.send('Runtime.getHeapUsage')
  );
  const heap = usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  return { heap, whole: bytes, instances, webAssembly };
}

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measureMemoryUse({ browser, server, options, report }) {
  const { model, quick } = options;
  const [warm, count, step] = quick ? [2000, 10_000, 5000] : [20_000, 1_000_000, 50_000];
  const [{ strokes }] = createDrawings(8).slice(-1);
  const page = await browser.open(`${server.origin}/memory/index.html`);
  try {
    await page.protocol?.send('HeapProfiler.enable');
    /** @type {ReturnType<typeof caller<ElementScript>>} */
    const call = caller(page);
    /** @type {[string, Memory][]} */
    const stages = [['no element', await measure(page)]];
    const stage = async (/** @type {string} */ name) => {
      const memory = await measure(page);
      stages.push([name, memory]);
      report(name);
      return memory;
    };
    await call('fillPage', { model, count: 1, strokes });
    await stage('1 element');
    await call('fillPage', { model, count: many, strokes });
    await stage(`${many} elements`);
    await call('predictMany', { model, count: warm });
    const series = [await stage(`and ${warm.toLocaleString('en')} predictions`)];
    for (let done = 0; done < count; done += step) {
      await call('predictMany', { model, count: step });
      series.push(await measure(page));
      report(`${(done + step).toLocaleString('en')} predictions`);
    }
    const after = await stage(`and ${count.toLocaleString('en')} more`);
    await call('emptyPage');
    await stage('all removed');
    await new Promise((resolve) => setTimeout(resolve, linger));
    await stage('half a minute later');

    /** @type {Figure[]} */
    const figures = stages.flatMap(([name, { heap, whole, webAssembly }]) => [
      toFigure(`${name}: heap`, 'bytes', [heap]),
      ...(whole === null ? [] : [toFigure(`${name}: page, as the browser counts`, 'bytes', [whole])]),
      toFigure(`${name}: WebAssembly memory reserved`, 'bytes', [webAssembly]),
    ]);
    /** @type {Bar[]} */
    const bars = [
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
    ];
    return { figures, bars };
  } finally {
    await page.close();
  }
}
