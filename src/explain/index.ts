export { convolve } from './convolve.js';
export { mostSalientRegion, occlusionSaliency } from './saliency.js';
