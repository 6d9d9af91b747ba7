export { IMAGE_SIZE } from './image-size.js';
export { ImagingError, type ImagingErrorCode } from './imaging-error.js';
export { normalizePixels } from './normalize-pixels.js';
export { normalizeStrokes } from './normalize-strokes.js';
export type { NormalizedImage } from './normalized-image.js';
export type { PixelSource } from './pixel-source.js';
export type { StrokePath } from './stroke-path.js';
