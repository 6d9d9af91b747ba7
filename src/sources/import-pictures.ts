import { importOnce } from '../utils/index.js';
import { RecognitionError } from './recognition-error.js';

/** @throws {RecognitionError} `network` if the code that reads pictures could not be fetched */
export const importPictures = importOnce(() => import('./pictures.js'), 'reads pictures', RecognitionError);
