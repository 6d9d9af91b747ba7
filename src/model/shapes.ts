/** Width and height in pixels of the picture that the networks take. */
export const IMAGE_SIDE = 28;

/** Values of that picture, row-major. */
export const IMAGE_LENGTH = IMAGE_SIDE * IMAGE_SIDE;

/** Logits that a network answers a picture with, one for each digit. */
export const DIGITS = 10;

/** Most pictures in one run of a network; more are run in several batches. */
export const LARGEST_BATCH = 64;
