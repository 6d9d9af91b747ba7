/** `--numbers`: whole numbers, as written, or composed of single digits. */
import { composeNumbers } from '../compose-numbers.js';
import { createJob, type Job } from '../job.js';
import type { Options } from '../options.js';
import type { Source } from '../page.js';
import type { Box } from '../product-page.js';
import {
  boundsOf,
  loadSamples,
  nameOf,
  parseNumbers,
  spreadSamples,
  type DrawingSample,
  type Placed,
} from '../samples.js';
import { toStrokes } from './drawings.js';

/** Defaults for numbers that are composed of single digits. */
const composed = { count: 500, digits: 4, seed: 2026 };

/** How numbers are painted, in pixels. */
const sheet = { height: 120, margin: 40, pen: 9 };

/** More would be too much for one message to the browser. */
const batchSize = 50;

/** Scales a number to a height of 1, and moves it to the origin. */
function normalize({ label, strokes }: DrawingSample): DrawingSample {
  const { left, top, bottom } = boundsOf(strokes);
  const height = bottom - top || 1;
  return { label, strokes: strokes.map((line) => line.map(([x, y]) => [(x - left) / height, (y - top) / height])) };
}

const place = ({ strokes }: DrawingSample, scale: number, left: number, top: number): Placed =>
  strokes.map((line) => line.map(([x, y]) => ({ x: left + x * scale, y: top + y * scale })));

function painted(number: DrawingSample): Source {
  const { height, margin, pen } = sheet;
  return {
    painted: place(number, height, margin, height / 2),
    width: Math.ceil(boundsOf(number.strokes).right * height) + 2 * margin,
    height: 2 * height,
    pen,
  };
}

/** Centers a number on the pad, with room around it. */
const onPad =
  (number: DrawingSample) =>
  ({ x, y, width, height }: Box) => {
    const { right } = boundsOf(number.strokes);
    const scale = Math.min(height * 0.6, (width * 0.9) / right);
    return place(number, scale, x + (width - right * scale) / 2, y + (height - scale) / 2);
  };

export async function numberJobs({ numbers: paths, limit, through }: Options): Promise<Job[]> {
  const jobs = paths.map(async (path): Promise<Job[]> => {
    const drawn = await loadSamples(path, parseNumbers);
    const samples = drawn.some(({ label }) => label.length > 1)
      ? spreadSamples(drawn, limit).map(normalize)
      : composeNumbers(drawn, { ...composed, count: Math.min(limit, composed.count) });
    const common = { name: nameOf(path), kind: 'numbers', samples, batchSize } as const;
    if (through === 'pad') {
      return [
        createJob({
          ...common,
          through: 'numberPad',
          batchSize: 1,
          read: async (page, [number]) => [await page.draw(onPad(number), true)],
        }),
      ];
    }
    const numbers = true;
    return [
      createJob({
        ...common,
        through: 'recognizeAll',
        read: (page, batch) =>
          page.read(
            batch.map((number) => ({ strokes: toStrokes(number) })),
            { numbers },
          ),
      }),
      createJob({
        ...common,
        through: 'numberCanvas',
        read: (page, batch) => page.read(batch.map(painted), { numbers }),
      }),
    ];
  });
  return (await Promise.all(jobs)).flat();
}
