export { importPictures } from './import-pictures.js';
export { RecognitionError, type RecognitionErrorCode } from './recognition-error.js';
export { hasStrokes, isA, loadSource, normalizeContent, type RecognitionSource, type SourceContent } from './source.js';
