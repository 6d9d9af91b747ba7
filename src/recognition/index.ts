export { RecognitionError, type RecognitionErrorCode } from '../sources/recognition-error.js';
export { RecognitionStore, type ReadPicture, type RecognitionSnapshot } from './recognition-store.js';
export type { Correction, Features, Prediction, Recognition } from './recognition.js';
export type { PlacedRecognition } from './number-reader.js';
export { recognize, recognizeAll, type RecognizeOptions } from './recognize.js';
export { roundShares } from './round-shares.js';
export type { RecognitionSource } from '../sources/source.js';
export { steadyOrder } from './steady-order.js';
