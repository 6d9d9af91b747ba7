/** `--strokes`, `--learning` and `--nondigits`: drawings as they are; for the card also drawn in other ways. */
import { group } from 'd3-array';
import { createJob, readAs } from '../job.js';
import type { Options } from '../options.js';
import type { ProductPage } from '../product-page.js';
import { padShares, redrawings } from '../redrawings.js';
import { loadSamples, nameOf, parseNondigits, parseStrokes, spreadSamples, type Drawing } from '../samples.js';
import { fitDrawing, mapPoints, type Strokes } from '../strokes.js';

/** Default number of drawings that are redrawn in each way. */
const redrawnDigits = 200;

/** Width and height of the canvas that drawings are painted on, in pixels. */
const canvasSide = 280;

/** Draws on the largest square in the top left corner of the pad. */
async function drawOne(page: ProductPage, strokes: Strokes) {
  const answer = await page.draw(({ x, y, width, height }) => {
    const side = Math.min(width, height);
    return mapPoints(strokes, (point) => ({ x: x + point.x * side, y: y + point.y * side }));
  }, false);
  return [answer];
}

function drawingJob(
  path: string,
  through: Options['through'],
  kind: 'digits' | 'nondigits',
  samples: readonly Drawing[],
) {
  const common = { name: nameOf(path), through, kind, samples };
  return through === 'pad'
    ? createJob({
        ...common,
        batchSize: 1,
        read: (page, [{ strokes }]) => drawOne(page, fitDrawing(strokes, padShares.usual)),
      })
    : createJob({ ...common, read: readAs(({ strokes }) => ({ strokes })) });
}

/** With `--learning` alone, drawings are read only to learn from. */
export function* strokeJobs({ strokes, limit, through, learning, card }: Options) {
  for (const path of learning && !card ? [] : strokes) {
    yield drawingJob(path, through, 'digits', spreadSamples(loadSamples(path, parseStrokes), limit));
  }
}

/** Simulates the writers of the stroke files, who correct what is read wrongly, and whose profiles learn from it. */
export function* learningJobs({ learning, strokes, limit }: Options) {
  for (const path of learning ? strokes : []) {
    const samples = loadSamples(path, parseStrokes);
    const writers = group(
      samples.map((sample) => ({ ...sample, writer: `${nameOf(path)} ${sample.writer ?? ''}` })),
      ({ writer }) => writer,
    );
    yield createJob({
      name: nameOf(path),
      through: 'recognize',
      kind: 'learning',
      samples: spreadSamples([...writers.values()], limit).flat(),
      read: (page, batch) => page.call('learn', batch),
    });
  }
}

/** A card shows how digits are read as users draw them; for non-digits, the pad adds nothing and is slow. */
export function* nondigitJobs({ nondigits, limit, through, card }: Options) {
  for (const path of nondigits) {
    const samples = spreadSamples(loadSamples(path, parseNondigits), limit);
    yield drawingJob(path, card ? 'recognize' : through, 'nondigits', samples);
  }
}

/** One job for each way of drawing and strength. */
export function* redrawingJobs({ strokes, limit, card, quick }: Options) {
  if (!card || quick || strokes.length === 0) return;
  const sets = strokes.map((path) => loadSamples(path, parseStrokes));
  const samples = spreadSamples(
    sets.flatMap((set) => spreadSamples(set, limit)),
    Math.min(limit, redrawnDigits),
  );
  for (const { kind, unit, strengths, redraw, penWidth } of redrawings) {
    for (const strength of strengths) {
      const common = {
        name: `${kind} ${strength}`,
        samples: samples.map(({ label, strokes }, index) => ({ label, strokes: redraw(strokes, strength, index) })),
        condition: { family: 'redrawn', kind, unit, strength },
      } as const;
      if (penWidth) {
        yield createJob({
          ...common,
          through: 'canvas',
          read: readAs(({ strokes }) => ({
            painted: mapPoints(strokes, ({ x, y }) => ({ x: x * canvasSide, y: y * canvasSide })),
            width: canvasSide,
            height: canvasSide,
            pen: penWidth(strength) * canvasSide,
          })),
        });
      } else {
        yield createJob({
          ...common,
          through: 'pad',
          batchSize: 1,
          read: (page, [{ strokes }]) => drawOne(page, strokes),
        });
      }
    }
  }
}
