import { checkPictureOptions } from './check-picture-options.js';
import type { Size } from './ink-store.js';
import { penWidthFor } from './pen-width.js';
import { strokeRuns } from './stroke-runs.js';
import { copyStrokes, type Strokes } from './strokes.js';

/** How a picture shows strokes. */
export interface PictureOptions {
  /** Size of the pad that the strokes' coordinates belong to: the picture shows all of it. */
  readonly frame: Size;
  /** In the frame's units; 5.5 % of its shorter side by default. */
  readonly penWidth?: number;
  /** A CSS color; black by default. */
  readonly ink?: string;
  /** A CSS color; null (default) for a transparent background. */
  readonly paper?: string | null;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const escapeAttribute = (text: string): string => text.replace(/[&<"]/g, (character) => escapes[character]);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * Renders strokes as the source of an SVG document, the size of their frame.
 *
 * @throws {DrawingError} `invalid-drawing` for anything but strokes, `invalid-option` for an invalid option
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
