import { checkPictureOptions } from './check-picture-options.js';
import type { Size } from './ink-store.js';
import { penWidthFor } from './pen-width.js';
import { strokeRuns } from './stroke-runs.js';
import { copyStrokes, type Strokes } from './strokes.js';

/** How strokes are shown in a picture. */
export interface PictureOptions {
  /** The pad that the strokes' coordinates belong to: what the picture shows. */
  readonly frame: Size;
  /** In the same units; 5.5 % of the frame's shorter side by default. */
  readonly penWidth?: number;
  /** A CSS color; black by default. */
  readonly ink?: string;
  /** A CSS color; null, the default, for none: the picture is transparent. */
  readonly paper?: string | null;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const escapeAttribute = (text: string): string => text.replace(/[&<"]/g, (character) => escapes[character]);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * Strokes as the text of an SVG document, as large as their frame.
 *
 * @throws {DrawingError} `invalid-drawing` for anything but strokes, `invalid-option` for an option that cannot be
 */
export function strokesToSVG(strokes: Strokes, options: PictureOptions): string {
  const drawn = copyStrokes(strokes);
  const { frame, penWidth = penWidthFor(frame), ink = 'black', paper = null } = checkPictureOptions(options);
  const [width, height] = [round(frame.width), round(frame.height)];
  const sheet = paper === null ? '' : `<rect width="${width}" height="${height}" fill="${escapeAttribute(paper)}"/>`;
  const lines = drawn
    .flatMap(({ points }) => strokeRuns(points))
    .map((run) => `<path d="${run.path}" stroke-width="${round(run.width * penWidth)}"/>`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `${sheet}<g fill="none" stroke="${escapeAttribute(ink)}" stroke-linecap="round" stroke-linejoin="round">` +
    `${lines.join('')}</g></svg>`
  );
}
