import { checkOption, readOptions, readParts } from '../utils/index.js';
import { DrawingError } from './drawing-error.js';
import type { Size } from './ink-store.js';
import type { PictureOptions } from './strokes-to-svg.js';

const isLength = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;
const isText = (value: unknown): boolean => typeof value === 'string';

/**
 * Validates the options of a picture, reading each once.
 *
 * @throws {DrawingError} `invalid-option`; the message names the option, its value and what is allowed
 */
export function checkPictureOptions<Options extends PictureOptions & { readonly size?: number }>(
  options: Options,
): Options {
  const names = ['frame', 'penWidth', 'ink', 'paper', 'size'] as const;
  const read = readOptions<Options, 'invalid-option'>(options, names, DrawingError, 'invalid-option');
  const frame = readParts<Size>(read.frame, ['width', 'height']) ?? {};
  const { penWidth, ink, paper } = read;
  const isSize = isLength(frame.width) && isLength(frame.height);
  checkOption(DrawingError, 'frame', read.frame, isSize, 'a size above 0, such as { width: 280, height: 280 }');
  checkOption(
    DrawingError,
    'penWidth',
    penWidth,
    penWidth === undefined || isLength(penWidth),
    'a number above 0, or left out',
  );
  checkOption(DrawingError, 'ink', ink, ink === undefined || isText(ink), 'a CSS color, or left out');
  checkOption(
    DrawingError,
    'paper',
    paper,
    paper === undefined || paper === null || isText(paper),
    'a CSS color, or null for none',
  );
  return { ...(read as Options), frame };
}
