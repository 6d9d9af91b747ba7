/** `--strokes`, `--learning` and `--nondigits`: drawings as they are; for the card also drawn in other ways. */
import { group } from 'd3-array';
import { createJob, type Job } from '../job.js';
import type { Options } from '../options.js';
import type { Box, ProductPage } from '../product-page.js';
import { redrawings } from '../redrawings.js';
import {
  fitDrawing,
  loadSamples,
  nameOf,
  parseNondigits,
  parseStrokes,
  spreadSamples,
  type Drawing,
  type Placed,
} from '../samples.js';

/** Share of the pad that a drawing's longer side fills. */
const padShare = 0.7;

/** Default number of drawings that are redrawn in each way. */
const redrawnDigits = 200;

/** Width and height of the canvas that drawings are painted on, in pixels. */
const canvasSide = 280;

export const toStrokes = ({ strokes }: Drawing) =>
  strokes.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x, y })) }));

/** From the unit square to the largest square in the top left corner of a pad. */
const onPad =
  (drawing: Placed) =>
  ({ x, y, width, height }: Box): Placed => {
    const side = Math.min(width, height);
    return drawing.map((line) => line.map((point) => ({ x: x + point.x * side, y: y + point.y * side })));
  };

const drawOne = async (page: ProductPage, drawing: Placed) => [await page.draw(onPad(drawing))];

function drawingJob(
  path: string,
  through: Options['through'],
  kind: 'digits' | 'nondigits',
  samples: readonly Drawing[],
): Job {
  const common = { name: nameOf(path), through, kind, samples };
  return through === 'pad'
    ? createJob({
        ...common,
        batchSize: 1,
        read: (page, [{ strokes }]) => drawOne(page, fitDrawing(strokes, 1, padShare)),
      })
    : createJob({
        ...common,
        read: (page, batch) => page.read(batch.map((drawing) => ({ strokes: toStrokes(drawing) }))),
      });
}

/** With `--learning` alone, drawings are read only to learn from. */
export const strokeJobs = ({ strokes, limit, through, learning, card }: Options): Promise<Job[]> =>
  Promise.all(
    (learning && !card ? [] : strokes).map(async (path) =>
      drawingJob(path, through, 'digits', spreadSamples(await loadSamples(path, parseStrokes), limit)),
    ),
  );

/** Simulates the writers of the stroke files, who correct what is read wrongly, and whose profiles learn from it. */
export const learningJobs = async ({ learning, strokes, limit }: Options): Promise<Job[]> =>
  Promise.all(
    (learning ? strokes : []).map(async (path) => {
      const writers = group(await loadSamples(path, parseStrokes), ({ writer = '' }) => writer);
      return createJob({
        name: nameOf(path),
        through: 'recognize',
        kind: 'learning',
        samples: spreadSamples([...writers.values()], limit).flat(),
        read: (page, batch) =>
          page.learn(
            batch.map(({ writer, label, strokes }) => ({
              writer: `${nameOf(path)} ${writer}`,
              label,
              strokes: toStrokes({ strokes }),
            })),
          ),
      });
    }),
  );

/** A card shows how digits are read as users draw them; for non-digits, the pad adds nothing and is slow. */
export const nondigitJobs = ({ nondigits, limit, through, card }: Options): Promise<Job[]> =>
  Promise.all(
    nondigits.map(async (path) => {
      const samples = spreadSamples(await loadSamples(path, parseNondigits), limit);
      return drawingJob(path, card ? 'recognize' : through, 'nondigits', samples);
    }),
  );

/** One job for each way of drawing and strength. */
export async function redrawingJobs({ strokes, limit, card, quick }: Options): Promise<Job[]> {
  if (!card || quick || strokes.length === 0) return [];
  const sets = await Promise.all(strokes.map((path) => loadSamples(path, parseStrokes)));
  const samples = spreadSamples(
    sets.flatMap((set) => spreadSamples(set, limit)),
    Math.min(limit, redrawnDigits),
  );
  return redrawings.flatMap(({ kind, unit, strengths, place, penWidth }) =>
    strengths.map((strength) => {
      const common = {
        name: `${kind} ${strength}`,
        samples: samples.map((sample, index) => ({ ...sample, placed: place(sample.strokes, strength, index) })),
        condition: { family: 'redrawn', kind, unit, strength } as const,
      };
      if (!penWidth) {
        return createJob({
          ...common,
          through: 'pad',
          batchSize: 1,
          read: (page, [{ placed }]) => drawOne(page, placed),
        });
      }
      const scale = (placed: Placed) =>
        placed.map((line) => line.map(({ x, y }) => ({ x: x * canvasSide, y: y * canvasSide })));
      return createJob({
        ...common,
        through: 'canvas',
        read: (page, batch) =>
          page.read(
            batch.map(({ placed }) => ({
              painted: scale(placed),
              width: canvasSide,
              height: canvasSide,
              pen: penWidth(strength) * canvasSide,
            })),
          ),
      });
    }),
  );
}
