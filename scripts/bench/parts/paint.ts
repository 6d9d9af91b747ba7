/** Drawing on `<digit-recognizer>`: from pointer-up to the painted answer, and how long the page is kept busy at a time. */
import type { Strokes } from '../../../src/drawing/index.js';
import { caller } from '../../call-page.js';
import { longestTask, type BenchPage } from '../browsers.js';
import type { Context } from '../context.js';
import { createDrawings } from '../drawings.js';
import { toFigure, type Bar, type Figure, type Outcome } from '../figures.js';

type ElementScript = typeof import('../page/element.js');
type Longest = ReturnType<typeof longestTask>;

/** Side of the pad that drawings are made for. */
const padSide = 280;

const untimed = 'Tasks cannot be timed in this browser.';

const under = (name: string, value: number, limit: number): Bar => ({
  name,
  unit: 'ms',
  value,
  relation: 'under',
  limit,
});

/** @param name of tasks, as `while loading` */
const taskFigures = (name: string, tasks: readonly Longest[]): [byClock: Figure, byProcessor: Figure] => [
  toFigure(`longest task ${name}, by the clock`, 'ms', tasks.map(({ wall }) => wall)), // prettier-ignore
  toFigure(`longest task ${name}, processor time`, 'ms', tasks.map(({ processor }) => processor)), // prettier-ignore
];

/** Pens tell of more places than there are frames; a slow page gets those of a frame together. */
const movesAtOnce = 4;

/** @param line as shares of the pad */
async function drawLine({ mouse }: BenchPage, pad: { x: number; y: number; side: number }, line: [number, number][]) {
  const move = ([x, y]: [number, number]) => mouse.move(pad.x + x * pad.side, pad.y + y * pad.side);
  await move(line[0]);
  await mouse.down();
  for (let first = 1; first < line.length; first += movesAtOnce) {
    await Promise.all(line.slice(first, first + movesAtOnce).map(move));
  }
  await mouse.up();
}

const toLines = (strokes: Strokes) =>
  strokes.map(({ points }) => points.map(({ x, y }): [number, number] => [x / padSide, y / padSide]));

/** null in a browser that cannot trace. */
async function longestWhile({ trace }: BenchPage, action: () => Promise<unknown>): Promise<Longest | null> {
  if (trace) return longestTask(await trace(action));
  await action();
  return null;
}

export async function measurePaint({ browser, server, options, report }: Context): Promise<Outcome> {
  const [loads, drawn] = options.quick ? [2, 6] : [10, 40];
  const samples = createDrawings(drawn);
  const url = `${server.origin}/paint/index.html`;
  const loading: Longest[] = [];
  for (let load = 0; load < loads; load++) {
    const page = await browser.open('about:blank');
    const longest = await longestWhile(page, async () => {
      await page.goto(url);
      await caller<ElementScript>(page)('watchPen');
      // What is put off until the page is idle belongs to loading, too.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    });
    if (longest) loading.push(longest);
    await page.close();
  }
  report('loading');

  const page = await browser.open(url);
  try {
    const call = caller<ElementScript>(page);
    const pad = await call('watchPen');
    const answers: Awaited<ReturnType<ElementScript['takeAnswer']>>[] = [];
    const drawing = await longestWhile(page, async () => {
      for (const { strokes } of samples) {
        for (const line of toLines(strokes)) await drawLine(page, pad, line);
        answers.push(await call('takeAnswer'));
      }
    });
    const right = answers.filter(({ digit }, index) => digit === samples[index].digit).length;
    const figures = [
      toFigure('pointer-up to the answer', 'ms', answers.map(({ answered }) => answered)), // prettier-ignore
      toFigure('pointer-up to the painted answer', 'ms', answers.map(({ painted }) => painted)), // prettier-ignore
    ];
    // Half a minute of scribbling each, and then the wait for their answer.
    const scribbled: Longest[] = [];
    for (let stroke = 0; stroke < (options.quick ? 1 : 5); stroke++) {
      const longest = await longestWhile(page, () => drawLine(page, pad, scribble(stroke)));
      await call('takeAnswer');
      if (longest) scribbled.push(longest);
      report(`stroke of ${pointCount} points ${stroke + 1}`);
    }
    const note = `${right} of the ${answers.length} drawings were read as they are meant.`;
    if (!drawing || loading.length === 0 || scribbled.length === 0) return { figures, notes: [note, untimed] };
    const whileLoading = taskFigures('while loading', loading);
    const whileScribbling = taskFigures(`while strokes of ${pointCount} points are drawn`, scribbled);
    return {
      figures: [...figures, ...whileLoading, ...taskFigures('while drawing', [drawing]), ...whileScribbling],
      bars:
        options.throttle > 1
          ? [
              under('pointer-up to the painted answer, median', figures[1].median, 100),
              under(`longest task while strokes of ${pointCount} points are drawn`, whileScribbling[0].median, 50),
            ]
          : [
              under('main thread blocked while loading, longest', whileLoading[0].median, 50),
              under('longest task while drawing, with answers, processor time', drawing.processor, 16),
            ],
      notes: [note],
    };
  } finally {
    await page.close();
  }
}

/** Points of a stroke: half a minute of scribbling. */
const pointCount = 2000;

/** A scribble that fills the pad, as shares of it. @param turn sets strokes apart */
const scribble = (turn: number) =>
  Array.from({ length: pointCount }, (_, index): [number, number] => {
    const angle = index / 15 + turn;
    const radius = 0.1 + 0.35 * Math.abs(Math.sin(index / 97));
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle * 1.07)];
  });

/** How long the page is kept busy while long strokes are drawn: script, layout and painting of a frame. */
export async function measureDraw({ browser, server, options, report }: Context): Promise<Outcome> {
  const page = await browser.open(`${server.origin}/paint/index.html`);
  try {
    const pad = await caller<ElementScript>(page)('watchPen');
    if (!page.trace) return { figures: [], notes: [untimed] };
    const longest: Longest[] = [];
    for (let stroke = 0; stroke < (options.quick ? 1 : 5); stroke++) {
      longest.push(longestTask(await page.trace(() => drawLine(page, pad, scribble(stroke)))));
      report(`stroke ${stroke + 1}`);
    }
    const figures = taskFigures('of each stroke', longest);
    return { figures, bars: [under('longest task while drawing, processor time', figures[1].median, 16)] };
  } finally {
    await page.close();
  }
}
