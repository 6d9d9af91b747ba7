/** Code that only pictures need, fetched when the first one is read. */
export { normalizePixels, segmentPixels } from '../imaging/index.js';
export { loadBlob } from './load-blob.js';
