/** How long the page is kept busy at a time while long strokes are drawn: script, layout and painting of a frame. */
import { caller } from '../../call-page.js';
import { toFigure } from '../figures.js';
import { longestTask } from '../longest-task.js';

/** @import { Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */
/** @typedef {typeof import('../page/element.js')} ElementScript */

/** Points of a stroke: half a minute of scribbling. */
const pointCount = 2000;

/**
 * A point of a scribble that fills the pad.
 * @param {number} index
 * @param {number} turn sets the strokes apart
 * @returns {[x: number, y: number]} as shares of the pad
 */
function scribble(index, turn) {
  const angle = index / 15 + turn;
  const radius = 0.1 + 0.35 * Math.abs(Math.sin(index / 97));
  return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle * 1.07)];
}

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measureDraw({ browser, server, options, report }) {
  const page = await browser.open(`${server.origin}/paint/index.html`);
  try {
    /** @type {ReturnType<typeof caller<ElementScript>>} */
    const call = caller(page);
    const { x, y, side } = await call('watchPen');
    if (!page.trace) return { figures: [], bars: [], notes: ['Tasks cannot be timed in this browser.'] };
    /** @type {{ wall: number, processor: number }[]} */
    const longest = [];
    for (let stroke = 0; stroke < (options.quick ? 1 : 5); stroke++) {
      const trace = await page.trace(async () => {
        for (let index = 0; index < pointCount; index++) {
          const [across, down] = scribble(index, stroke);
          await page.mouse.move(x + across * side, y + down * side);
          if (index === 0) await page.mouse.down();
        }
        await page.mouse.up();
      });
      longest.push(longestTask(trace));
      report(`stroke ${stroke + 1}`);
    }
    const byClock = toFigure(
      'longest task of each stroke, by the clock',
      'ms',
      longest.map(({ wall }) => wall),
    );
    const byProcessor = toFigure(
      'longest task of each stroke, processor time',
      'ms',
      longest.map(({ processor }) => processor),
    );
    return {
      figures: [byClock, byProcessor],
      bars: [
        {
          name: 'longest task while drawing, processor time',
          unit: 'ms',
          value: byProcessor.median,
          relation: 'under',
          limit: 16,
        },
      ],
      notes: [],
    };
  } finally {
    await page.close();
  }
}
