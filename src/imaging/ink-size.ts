import { IMAGE_SIDE } from '../model/index.js';

/** Longest side of the ink in the 28x28 image, as in MNIST: 20 px in 59,987 of its 60,000 training images. */
export const INK_SIZE = 20;

/**
 * Where the ink's center of mass goes on both axes, measured from the image's edge (the first pixel spans 0..1).
 *
 * LeCun's description says "the center of the 28x28 field". In the files, that is the middle of pixel 14, not the
 * corner between pixels 13 and 14: over the training images, the center of mass in pixel indices is spread evenly over
 * 13.5..14.5 with a mean of 14.00 on both axes, as if whole pixels had been shifted to bring it closest to 14.
 */
export const INK_CENTER = IMAGE_SIDE / 2 + 0.5;
