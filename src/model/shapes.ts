/** Width and height of the networks' input image in pixels. */
export const IMAGE_SIDE = 28;

/** Number of values of that image, row-major. */
export const IMAGE_LENGTH = IMAGE_SIDE * IMAGE_SIDE;

/** Number of logits that a network returns for an image, one per digit. */
export const DIGITS = 10;

/** Most images in one run of a network; more are split into several batches. */
export const LARGEST_BATCH = 64;

/** Maximum coordinate of a stroke: larger ones lie on no pad, and differences between them would lose precision. */
export const MAX_COORDINATE = 1e9;
