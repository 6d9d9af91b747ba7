/** `--mnist`, `--robustness` and `--photographs`: MNIST's test images as they are, distorted, and on paper. */
import { Random } from '../../../models/training/data/random.js';
import { distortions, plainSheet, sheetSide, toBytes, type Sheet } from '../distortions.js';
import { createJob, type Condition, type Job } from '../job.js';
import { loadMnistTest } from '../mnist.js';
import type { Options } from '../options.js';
import { photograph, photographSide, scenes } from '../photographs.js';
import { toBase64 } from '../product-page.js';
import { spreadSamples, type ImageSample } from '../samples.js';

/** Default number of images for each distortion; fewer for a model card, which measures both models. */
const distortedImages = { usual: 1000, card: 400 };

/** Default number of images for each scene; a photograph has 500 times as many pixels. */
const photographedImages = 200;

export function mnistJobs({ mnist, limit }: Options): Job[] {
  if (!mnist) return [];
  const samples = spreadSamples(loadMnistTest(), limit);
  return [
    createJob({ name: 'MNIST test', through: 'service', samples, read: (page, batch) => page.readImages(batch) }),
  ];
}

/** One job for each distortion and strength, after one for undistorted pictures. */
export function robustnessJobs({ robustness, card, limit }: Options): Job[] {
  if (!robustness) return [];
  const most = card ? distortedImages.card : distortedImages.usual;
  const samples = spreadSamples(loadMnistTest(), Math.min(limit, most));
  const create = (name: string, condition: Condition, distort: (sample: ImageSample, index: number) => Sheet) =>
    createJob({
      name,
      through: 'picture',
      samples,
      condition,
      read: (page, batch, start) =>
        page.read(
          batch.map((sample, index) => ({
            gray: toBase64(toBytes(distort(sample, start + index))),
            width: sheetSide,
            height: sheetSide,
          })),
        ),
    });
  const plain: Condition = { family: 'distorted', kind: 'as they are', unit: '', strength: 0 };
  return [
    create('as they are', plain, ({ pixels }) => plainSheet(pixels)),
    ...distortions.flatMap(({ kind, unit, strengths, apply }) =>
      strengths.map((strength) =>
        create(`${kind} ${strength}`, { family: 'distorted', kind, unit, strength }, ({ pixels }, index) =>
          apply(pixels, strength, new Random(index)),
        ),
      ),
    ),
  ];
}

export function photographJobs({ photographs, limit }: Options): Job[] {
  if (!photographs) return [];
  const samples = spreadSamples(loadMnistTest(), Math.min(limit, photographedImages));
  return scenes.map(({ kind, scene }) =>
    createJob({
      name: kind,
      through: 'photograph',
      samples,
      condition: { family: 'photographed', kind, unit: '', strength: 0 },
      batchSize: 4,
      read: (page, batch, start) =>
        page.read(
          batch.map(({ pixels }, index) => ({
            photograph: toBase64(photograph(pixels, scene, start + index)),
            width: photographSide,
            height: photographSide,
          })),
        ),
    }),
  );
}
