/** The test set of MNIST (LeCun, Cortes and Burges). */
import { readMnist } from '../../models/training/data/mnist.js';
import { IMAGE_SIDE } from '../../src/model/shapes.js';
import type { ImageSample } from './samples.js';

/** All 10,000 test images, in the order of the file: 0 (paper) to 255 (ink). */
export function loadMnistTest(): ImageSample[] {
  const { images, labels } = readMnist('t10k');
  return images.map((pixels, index) => ({
    label: String(labels[index]),
    pixels,
    width: IMAGE_SIDE,
    height: IMAGE_SIDE,
  }));
}
