/** `--pictures` and `--raw`: pictures that people have made. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { lookup } from 'mrmime';
import { createJob, readAs } from '../job.js';
import type { Options } from '../options.js';
import { loadRaw, loadSamples, nameOf, parsePictures, spreadSamples, type PictureSample } from '../samples.js';

const toFile = async ({ path }: PictureSample) => ({
  file: new Uint8Array(await readFile(path)),
  type: lookup(path) ?? '',
});

/** For each index, one job for single digits and one for numbers. */
export function* pictureJobs({ pictures, limit }: Options) {
  for (const path of pictures) {
    const samples = loadSamples(path, parsePictures);
    for (const kind of ['digit', 'number'] as const) {
      const own = samples.filter((sample) => sample.kind === kind);
      if (own.length === 0) continue;
      yield createJob({
        name: `${basename(dirname(path))}, ${kind}s`,
        through: kind === 'digit' ? 'file' : 'numberFile',
        kind: `${kind}s`,
        samples: spreadSamples(own, limit),
        batchSize: 4,
        read: readAs(toFile, { numbers: kind === 'number', thumbnails: true }),
      });
    }
  }
}

export function* rawJobs({ raw, limit }: Options) {
  for (const path of raw) {
    yield createJob({
      name: nameOf(path),
      through: 'picture',
      samples: spreadSamples(loadRaw(path), limit),
      read: readAs(({ pixels, ...size }) => ({ gray: new Uint8Array(pixels), ...size }), { thumbnails: true }),
    });
  }
}
