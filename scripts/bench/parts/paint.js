/** From pointer-up to the painted answer, and how long the page is kept busy while loading and while drawing. */
import { caller } from '../../call-page.js';
import { createDrawings } from '../drawings.js';
import { toFigure } from '../figures.js';
import { longestTask } from '../longest-task.js';

/** @import { BenchPage } from '../browsers.js' */
/** @import { Strokes } from '../../../src/drawing/index.js' */
/** @import { Bar, Figure, Outcome } from '../figures.js' */
/** @import { Context } from './context.js' */
/** @typedef {typeof import('../page/element.js')} ElementScript */

/** Side of the pad that drawings are made for. */
const padSide = 280;

/**
 * @param {BenchPage} page
 * @param {{ x: number, y: number, side: number }} pad
 * @param {Strokes} strokes
 */
async function draw({ mouse }, { x, y, side }, strokes) {
  for (const { points } of strokes) {
    const [first, ...rest] = points.map((point) => [x + (point.x * side) / padSide, y + (point.y * side) / padSide]);
    await mouse.move(first[0], first[1]);
    await mouse.down();
    for (const [pointX, pointY] of rest) await mouse.move(pointX, pointY);
    await mouse.up();
  }
}

/** @param {BenchPage} page @param {() => Promise<unknown>} action @returns {Promise<{ wall: number, processor: number } | null>} */
async function longestWhile({ trace }, action) {
  if (!trace) {
    await action();
    return null;
  }
  return longestTask(await trace(action));
}

/** @param {Context} context @returns {Promise<Outcome>} */
export async function measurePaint({ browser, server, options, report }) {
  const [loads, drawn] = options.quick ? [2, 6] : [10, 40];
  const samples = createDrawings(drawn);
  const url = `${server.origin}/paint/index.html`;
  /** @type {{ wall: number, processor: number }[]} */
  const loading = [];
  for (let load = 0; load < loads; load++) {
    const page = await browser.open('about:blank');
    const longest = await longestWhile(page, async () => {
      await page.goto(url);
      /** @type {ReturnType<typeof caller<ElementScript>>} */
      const call = caller(page);
      await call('watchPen');
      // What is put off until the page is idle belongs to loading, too.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    });
    if (longest) loading.push(longest);
    await page.close();
  }
  report('loading');

  const page = await browser.open(url);
  try {
    /** @type {ReturnType<typeof caller<ElementScript>>} */
    const call = caller(page);
    const pad = await call('watchPen');
    /** @type {{ digit: number | null, answered: number, painted: number }[]} */
    const answers = [];
    const drawing = await longestWhile(page, async () => {
      for (const { strokes } of samples) {
        await draw(page, pad, strokes);
        answers.push(await call('takeAnswer'));
      }
    });
    const right = answers.filter(({ digit }, index) => digit === samples[index].digit).length;
    /** @type {Figure[]} */
    const figures = [
      toFigure(
        'pointer-up to the answer',
        'ms',
        answers.map(({ answered }) => answered),
      ),
      toFigure(
        'pointer-up to the painted answer',
        'ms',
        answers.map(({ painted }) => painted),
      ),
    ];
    /** @type {Bar[]} */
    const bars = [];
    /** @type {string[]} */
    const notes = [`${right} of the ${answers.length} drawings were read as they are meant.`];
    if (drawing && loading.length > 0) {
      const longest = toFigure(
        'longest task while loading, by the clock',
        'ms',
        loading.map(({ wall }) => wall),
      );
      figures.push(
        longest,
        toFigure(
          'longest task while loading, processor time',
          'ms',
          loading.map(({ processor }) => processor),
        ),
        toFigure('longest task while drawing, by the clock', 'ms', [drawing.wall]),
        toFigure('longest task while drawing, processor time', 'ms', [drawing.processor]),
      );
      bars.push({
        name: 'main thread blocked while loading, longest',
        unit: 'ms',
        value: longest.median,
        relation: 'under',
        limit: 50,
      });
      bars.push({
        name: 'longest task while drawing, with answers, processor time',
        unit: 'ms',
        value: drawing.processor,
        relation: 'under',
        limit: 16,
      });
    } else {
      notes.push('Tasks cannot be timed in this browser.');
    }
    return { figures, bars, notes };
  } finally {
    await page.close();
  }
}
