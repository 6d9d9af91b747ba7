/** `--learning`: each writer of the stroke files corrects what is read wrongly, and a profile learns from it. */
import { group } from 'd3-array';
import type { Job } from '../job.js';
import type { Options } from '../options.js';
import { loadSamples, nameOf, parseStrokes, spreadSamples, type DrawingSample } from '../samples.js';
import type { Answer } from '../statistics.js';
import { toStrokes } from './drawings.js';

/** Drawings that are read at once: few enough for a progress bar that moves. */
const BATCH = 100;

function learningJob(path: string, samples: readonly DrawingSample[], limit: number): Job {
  const writers = spreadSamples([...group(samples, ({ writer = '' }) => writer)], limit);
  const labels = writers.flatMap(([, drawings]) => drawings.map(({ label }) => label));
  return {
    name: nameOf(path),
    through: 'recognize',
    kind: 'learning',
    labels,
    count: labels.length,
    condition: null,
    run: async (page, advance) => {
      const answers: Answer[] = [];
      for (const [writer, drawings] of writers) {
        for (let start = 0; start < drawings.length; start += BATCH) {
          const batch = drawings.slice(start, start + BATCH);
          const labelled = batch.map((drawing) => ({ label: drawing.label, strokes: toStrokes(drawing) }));
          answers.push(...(await page.learn(`${nameOf(path)} ${writer}`, labelled)));
          advance(batch.length);
        }
      }
      return answers;
    },
  };
}

export const learningJobs = async ({ learning, strokes, limit }: Options): Promise<Job[]> =>
  learning
    ? Promise.all(strokes.map(async (path) => learningJob(path, await loadSamples(path, parseStrokes), limit)))
    : [];
