import type { Segmentation } from '../imaging/index.js';
import { importOnce } from '../utils/index.js';
import { hasStrokes, importPictures, RecognitionError, type SourceContent } from '../sources/index.js';

/** @throws {RecognitionError} `network` if the code for numbers could not be fetched */
export const importNumbers = importOnce(() => import('./numbers.js'), 'reads several digits', RecognitionError);

/**
 * Segments a loaded source into pieces of digits; null if there is no ink.
 *
 * @throws {RecognitionError} `network` if the code for it could not be fetched
 */
export async function segmentContent(content: SourceContent): Promise<Segmentation | null> {
  if (hasStrokes(content)) return (await importNumbers()).segmentStrokes(content);
  return (await importPictures()).segmentPixels(content);
}
