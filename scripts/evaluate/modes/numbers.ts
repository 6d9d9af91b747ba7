/** `--numbers`: whole numbers, as written, or composed of single digits. */
import { composeNumbers } from '../compose-numbers.js';
import { createJob, readAs } from '../job.js';
import type { Options } from '../options.js';
import type { Box } from '../product-page.js';
import { loadSamples, nameOf, parseNumbers, spreadSamples, type DrawingSample } from '../samples.js';
import { boundsOf, mapPoints, type Strokes } from '../strokes.js';

/** Default number of numbers that are composed of single digits. */
const composedNumbers = 500;

/** How numbers are painted, in pixels. */
const sheet = { height: 120, margin: 40, pen: 9 };

/** More would be too much for one message to the browser. */
const batchSize = 50;

/** Scales a number to a height of 1, and moves it to the origin. */
function normalize({ label, strokes }: DrawingSample): DrawingSample {
  const { left, top, bottom } = boundsOf(strokes);
  const height = bottom - top || 1;
  return { label, strokes: mapPoints(strokes, ({ x, y }) => ({ x: (x - left) / height, y: (y - top) / height })) };
}

const place = (strokes: Strokes, scale: number, left: number, top: number) =>
  mapPoints(strokes, ({ x, y }) => ({ x: left + x * scale, y: top + y * scale }));

function paint({ strokes }: DrawingSample) {
  const { height, margin, pen } = sheet;
  return {
    painted: place(strokes, height, margin, height / 2),
    width: Math.ceil(boundsOf(strokes).right * height) + 2 * margin,
    height: 2 * height,
    pen,
  };
}

/** Centers a number on the pad, with room around it. */
function placeOnPad({ strokes }: DrawingSample, { x, y, width, height }: Box): Strokes {
  const { right } = boundsOf(strokes);
  const scale = Math.min(height * 0.6, (width * 0.9) / right);
  return place(strokes, scale, x + (width - right * scale) / 2, y + (height - scale) / 2);
}

export function* numberJobs({ numbers: paths, limit, through }: Options) {
  for (const path of paths) {
    const drawn = loadSamples(path, parseNumbers);
    const samples = drawn.some(({ label }) => label.length > 1)
      ? spreadSamples(drawn, limit).map(normalize)
      : composeNumbers(drawn, Math.min(limit, composedNumbers));
    const common = { name: nameOf(path), kind: 'numbers', samples, batchSize } as const;
    if (through === 'pad') {
      yield createJob({
        ...common,
        through: 'numberPad',
        batchSize: 1,
        read: async (page, [number]) => [await page.draw((pad) => placeOnPad(number, pad), true)],
      });
      continue;
    }
    const numbers = true;
    yield createJob({ ...common, through: 'recognizeAll', read: readAs(({ strokes }) => ({ strokes }), { numbers }) });
    yield createJob({ ...common, through: 'numberCanvas', read: readAs(paint, { numbers }) });
  }
}
