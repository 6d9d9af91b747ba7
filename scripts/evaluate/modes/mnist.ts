/** `--mnist`, `--robustness` and `--photographs`: MNIST's test images as they are, distorted, and on paper. */
import { Random } from '../../../models/training/data/random.js';
import { distortions, plainSheet, sheetSide, toBytes, type Sheet } from '../distortions.js';
import { createJob, readAs } from '../job.js';
import { loadMnistTest } from '../mnist.js';
import type { Options } from '../options.js';
import { photograph, photographSide, scenes } from '../photographs.js';
import { spreadSamples } from '../samples.js';

/** Default number of images for each distortion; fewer for a model card, which measures both models. */
const distortedImages = { usual: 1000, card: 400 };

/** Default number of images for each scene; a photograph has 500 times as many pixels. */
const photographedImages = 200;

export function* mnistJobs({ mnist, limit }: Options) {
  if (!mnist) return;
  yield createJob({
    name: 'MNIST test',
    through: 'service',
    samples: spreadSamples(loadMnistTest(), limit),
    read: (page, batch) => {
      const images = batch.map(({ pixels }) => new Uint8Array(pixels));
      return page.call('readImages', images);
    },
  });
}

/** One job for each distortion and strength, after one for undistorted pictures. */
export function* robustnessJobs({ robustness, card, limit }: Options) {
  if (!robustness) return;
  const most = card ? distortedImages.card : distortedImages.usual;
  const samples = spreadSamples(loadMnistTest(), Math.min(limit, most));
  const common = { through: 'picture', samples } as const;
  const family = 'distorted';
  const toSource = (sheet: Sheet) => ({ gray: toBytes(sheet), width: sheetSide, height: sheetSide });
  yield createJob({
    ...common,
    name: 'as they are',
    condition: { family, kind: 'as they are', unit: '', strength: 0 },
    read: readAs(({ pixels }) => toSource(plainSheet(pixels))),
  });
  for (const { kind, unit, strengths, apply } of distortions) {
    for (const strength of strengths) {
      yield createJob({
        ...common,
        name: `${kind} ${strength}`,
        condition: { family, kind, unit, strength },
        read: readAs(({ pixels }, index) => toSource(apply(pixels, strength, new Random(index)))),
      });
    }
  }
}

export function* photographJobs({ photographs, limit }: Options) {
  if (!photographs) return;
  const samples = spreadSamples(loadMnistTest(), Math.min(limit, photographedImages));
  for (const { kind, scene } of scenes) {
    yield createJob({
      name: kind,
      through: 'photograph',
      samples,
      condition: { family: 'photographed', kind, unit: '', strength: 0 },
      batchSize: 4,
      read: readAs(({ pixels }, index) => ({
        photograph: photograph(pixels, scene, index),
        width: photographSide,
        height: photographSide,
      })),
    });
  }
}
