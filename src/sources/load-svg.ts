import type { Size } from '../drawing/index.js';
import type { PixelSource } from '../imaging/index.js';
import { readPixels } from './read-pixels.js';
import { RecognitionError } from './recognition-error.js';

const SVG = 'image/svg+xml';

/** Longest side in pixels at which vector graphics are rasterized. */
const DRAWN_SIDE = 1024;

/** CSS default size of a document without an intrinsic size. */
const DEFAULT_SIZE = { width: 300, height: 150 };

/** Whether a file is an SVG document, by its type, or by its first bytes if it has none. */
export function isSvg(type: string, beginning: Uint8Array): boolean {
  if (type !== '') return type.startsWith(SVG);
  return /^\s*<[^]*<svg\b|^\s*<svg\b/i.test(new TextDecoder().decode(beginning.subarray(0, 4096)));
}

/** Returns a length in CSS pixels; 0 if it depends on the context. */
function absoluteLength({ baseVal }: SVGAnimatedLength): number {
  const relative: readonly number[] = [
    SVGLength.SVG_LENGTHTYPE_UNKNOWN,
    SVGLength.SVG_LENGTHTYPE_PERCENTAGE,
    SVGLength.SVG_LENGTHTYPE_EMS,
    SVGLength.SVG_LENGTHTYPE_EXS,
  ];
  return relative.includes(baseVal.unitType) ? 0 : baseVal.value;
}

/** Enlarges a document to {@link DRAWN_SIDE}, and returns its own size in CSS pixels, or that of its view box. */
function enlarge(svg: SVGSVGElement): Size {
  const own = { width: absoluteLength(svg.width), height: absoluteLength(svg.height) };
  const viewBox = svg.viewBox.baseVal as SVGRect | null;
  const viewed = viewBox && viewBox.width > 0 && viewBox.height > 0 ? viewBox : null;
  const sized = own.width > 0 && own.height > 0;
  const { width, height } = sized ? own : (viewed ?? DEFAULT_SIZE);
  const scale = DRAWN_SIDE / Math.max(width, height);
  if (!viewed) svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(Math.max(1, width * scale)));
  svg.setAttribute('height', String(Math.max(1, height * scale)));
  return { width, height };
}

/** Watches whether the page's policy blocks the picture, which is reported only after loading has failed. */
function watchPolicy(): () => Promise<boolean> {
  let blocked = false;
  const onViolation = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
    blocked ||= blockedURI.startsWith('data');
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve));
    document.removeEventListener('securitypolicyviolation', onViolation);
    return blocked;
  };
}

/**
 * @throws {RecognitionError} `blocked-image` if the page's Trusted Types forbid parsing, `unsupported-image` outside a page
 */
function parse(text: string): Document {
  if (typeof DOMParser !== 'function') {
    const message = 'The file is an SVG, which browsers draw only in pages, not in workers. Pass a PNG or JPEG.';
    throw new RecognitionError('unsupported-image', message);
  }
  try {
    return new DOMParser().parseFromString(text, SVG);
  } catch (cause) {
    throw new RecognitionError('blocked-image', "The page's Trusted Types forbid parsing SVG. Pass a PNG or JPEG.", {
      cause,
    });
  }
}

/**
 * Rasterizes an SVG document. Browsers decode SVG only in an image element; its scripts do not run, and no resources
 * that it references are fetched.
 *
 * @throws {RecognitionError} `unreadable-image` if it is not valid SVG, `blocked-image` if the page's policy forbids
 *   `data:`, `unsupported-image` in a worker
 */
export async function loadSvg(blob: Blob): Promise<PixelSource> {
  const parsed = parse(await blob.text());
  const root = parsed.documentElement as Element;
  if (!(root instanceof SVGSVGElement) || parsed.querySelector('parsererror')) {
    throw new RecognitionError('unreadable-image', 'The file looks like an SVG picture, but is not well-formed SVG.');
  }
  const size = enlarge(root);
  const isBlocked = watchPolicy();
  const image = new Image();
  image.src = `data:${SVG};charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(parsed))}`;
  const failure = await image.decode().then(
    () => null,
    (cause: unknown) => ({ cause }),
  );
  const blocked = await isBlocked();
  if (!failure) return readPixels(image, size);
  throw blocked
    ? new RecognitionError(
        'blocked-image',
        "The page's Content-Security-Policy forbids reading SVG pictures. Allow `img-src data:`, or pass a PNG or JPEG.",
        failure,
      )
    : new RecognitionError('unreadable-image', 'The browser cannot draw this SVG picture.', failure);
}
