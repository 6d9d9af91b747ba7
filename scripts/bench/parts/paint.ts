/** Drawing on `<digit-recognizer>`: from pointer-up to the painted answer, and how long the main thread is blocked. */
import type { Page } from 'puppeteer-core';
import type { Strokes } from '../../../src/drawing/index.js';
import { openPage, type Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { toBar, toFigure, type Bar, type Figure, type Outcome } from '../figures.js';
import { longestTask, trace } from '../trace.js';

type ElementScript = typeof import('../page/element.js');
type Longest = ReturnType<typeof longestTask>;
type Pad = Awaited<ReturnType<ElementScript['watchPen']>>;
type Line = [x: number, y: number][];

/** Side of the pad that drawings are made for. */
const padSide = 280;

const untimed = 'Tasks cannot be timed in this browser.';

const under = (name: string, value: number, limit: number): Bar => toBar(name, 'ms', value, 'under', limit);

const toFigures = (name: string, tasks: readonly Longest[]): [byClock: Figure, ofProcessor: Figure] => [
  toFigure(`longest task ${name}, wall-clock time`, 'ms', tasks.map(({ wall }) => wall)), // prettier-ignore
  toFigure(`longest task ${name}, CPU time`, 'ms', tasks.map(({ processor }) => processor)), // prettier-ignore
];

/** Pens report more points than there are frames; a slow page gets those of a frame together. */
const coalescedMoves = 4;

/** @param line as shares of the pad */
async function drawLine({ mouse }: Page, pad: Pad, line: Line) {
  const move = ([x, y]: Line[number]) => mouse.move(pad.x + x * pad.side, pad.y + y * pad.side);
  await move(line[0]);
  await mouse.down();
  for (let first = 1; first < line.length; first += coalescedMoves) {
    await Promise.all(line.slice(first, first + coalescedMoves).map(move));
  }
  await mouse.up();
}

const toLines = (strokes: Strokes): Line[] =>
  strokes.map(({ points }) => points.map(({ x, y }) => [x / padSide, y / padSide]));

/** Points of a scribble: half a minute of a pen's. */
const pointCount = 2000;

/**
 * A scribble that fills the pad, as shares of it.
 * @param turn varies it
 */
const scribble = (turn: number): Line =>
  Array.from({ length: pointCount }, (_, index) => {
    const angle = index / 15 + turn;
    const radius = 0.1 + 0.35 * Math.abs(Math.sin(index / 97));
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle * 1.07)];
  });

/** The longest task during an action; none in Firefox, which cannot be traced. */
async function longestWhile(page: Page, { options }: Context, action: () => Promise<unknown>): Promise<Longest[]> {
  if (!options.firefox) return [longestTask(await trace(page, action))];
  await action();
  return [];
}

/** The longest task of script, layout and painting for each of several scribbles. */
async function timeScribbles(page: Page, pad: Pad, context: Context, then = async () => {}) {
  const { options, report } = context;
  const longest: Longest[] = [];
  for (let turn = 0; turn < (options.quick ? 1 : 5); turn++) {
    longest.push(...(await longestWhile(page, context, () => drawLine(page, pad, scribble(turn)))));
    await then();
    report(`stroke of ${pointCount} points ${turn + 1}`);
  }
  return longest;
}

export async function measurePaint(context: Context): Promise<Outcome> {
  const { server, options, report } = context;
  const [loads, drawn] = options.quick ? [2, 6] : [10, 40];
  const samples = createDrawings(drawn);
  const loading: Longest[] = [];
  for (let load = 0; load < loads; load++) {
    await using page = await openPage<ElementScript>(context, 'about:blank');
    const open = async () => {
      await page.goto(`${server.origin}/paint/`);
      await page.call('watchPen');
      // What is deferred until the page is idle belongs to loading, too.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    };
    loading.push(...(await longestWhile(page, context, open)));
  }
  report('loading');

  await using page = await openPage<ElementScript>(context, '/paint/');
  const pad = await page.call('watchPen');
  const answers: Awaited<ReturnType<ElementScript['takeAnswer']>>[] = [];
  const [drawing] = await longestWhile(page, context, async () => {
    for (const { strokes } of samples) {
      for (const line of toLines(strokes)) await drawLine(page, pad, line);
      answers.push(await page.call('takeAnswer'));
    }
  });
  const right = answers.filter(({ digit }, index) => digit === samples[index].digit).length;
  const notes = [`${right} of the ${answers.length} drawings were read right.`];
  const figures = [
    toFigure('pointer-up to the answer', 'ms', answers.map(({ answered }) => answered)), // prettier-ignore
    toFigure('pointer-up to the painted answer', 'ms', answers.map(({ painted }) => painted)), // prettier-ignore
  ];
  const scribbled = await timeScribbles(page, pad, context, async () => {
    await page.call('takeAnswer');
  });
  if (options.firefox) return { figures, notes: [...notes, untimed] };
  const whileLoading = toFigures('while loading', loading);
  const whileScribbling = toFigures(`while strokes of ${pointCount} points are drawn`, scribbled);
  return {
    figures: [...figures, ...whileLoading, ...toFigures('while drawing', [drawing]), ...whileScribbling],
    bars:
      options.throttle > 1
        ? [
            under('pointer-up to the painted answer, median', figures[1].median, 100),
            under(`longest task while strokes of ${pointCount} points are drawn`, whileScribbling[0].median, 50),
          ]
        : [
            under('main thread blocked while loading, longest', whileLoading[0].median, 50),
            under('longest task while drawing, with answers, CPU time', drawing.processor, 16),
          ],
    notes,
  };
}

/** The strokes of 2,000 points alone, without answers. */
export async function measureDraw(context: Context): Promise<Outcome> {
  await using page = await openPage<ElementScript>(context, '/paint/');
  const pad = await page.call('watchPen');
  if (context.options.firefox) return { figures: [], notes: [untimed] };
  const figures = toFigures('of each stroke', await timeScribbles(page, pad, context));
  return { figures, bars: [under('longest task while drawing, CPU time', figures[1].median, 16)] };
}
