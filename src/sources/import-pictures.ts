import { importOnce } from './import-once.js';

/** @throws {RecognitionError} `network` when the code that reads pictures could not be fetched */
export const importPictures = importOnce(() => import('./pictures.js'), 'reads pictures');
