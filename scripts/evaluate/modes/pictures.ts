/** `--pictures` and `--raw`: pictures that people have made. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { lookup } from 'mrmime';
import { createJob, type Job } from '../job.js';
import type { Options } from '../options.js';
import { toBase64 } from '../product-page.js';
import { loadRaw, loadSamples, nameOf, parsePictures, spreadSamples } from '../samples.js';

/** For each index, one job for single digits and one for numbers. */
export async function pictureJobs({ pictures, limit }: Options): Promise<Job[]> {
  const jobs = pictures.map(async (path) => {
    const samples = await loadSamples(path, parsePictures);
    return (['digit', 'number'] as const).map((kind) =>
      createJob({
        name: `${basename(dirname(path))}, ${kind}s`,
        through: kind === 'digit' ? 'file' : 'numberFile',
        kind: kind === 'digit' ? 'digits' : 'numbers',
        samples: spreadSamples(
          samples.filter((sample) => sample.kind === kind),
          limit,
        ),
        batchSize: 4,
        read: async (page, batch) => {
          const sources = batch.map(async (sample) => ({
            file: toBase64(await readFile(sample.path)),
            type: lookup(sample.path) ?? '',
          }));
          return page.read(await Promise.all(sources), { numbers: kind === 'number', thumbnails: true });
        },
      }),
    );
  });
  return (await Promise.all(jobs)).flat().filter(({ count }) => count > 0);
}

export const rawJobs = ({ raw, limit }: Options): Promise<Job[]> =>
  Promise.all(
    raw.map(async (path) =>
      createJob({
        name: nameOf(path),
        through: 'picture',
        samples: spreadSamples(await loadRaw(path), limit),
        read: (page, batch) =>
          page.read(
            batch.map(({ pixels, width, height }) => ({ gray: toBase64(pixels), width, height })),
            { thumbnails: true },
          ),
      }),
    ),
  );
