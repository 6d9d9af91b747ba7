/** The code that only numbers of several digits need: fetched when the first one is read. */
export { segmentStrokes } from '../imaging/index.js';
export { NumberReader } from './number-reader.js';
