import type { PixelSource } from '../imaging/index.js';
import { readPixels } from './read-pixels.js';
import { RecognitionError } from './recognition-error.js';

const SVG = 'image/svg+xml';

/** Longest side in pixels at which a picture that has no pixels of its own is drawn. */
const LONGEST_SIDE = 1024;

/** Where a document says nothing of its size, CSS gives it this one. */
const DEFAULT_SIZE = { width: 300, height: 150 };

/** Whether a file is an SVG document, by its type, or its first bytes where it has none. */
export function isSvg(type: string, beginning: Uint8Array): boolean {
  if (type !== '') return type.startsWith(SVG);
  return /^\s*<[^]*<svg\b|^\s*<svg\b/i.test(new TextDecoder().decode(beginning.subarray(0, 4096)));
}

/** A length in CSS pixels; 0 where it depends on what is around the picture. */
function absoluteLength({ baseVal }: SVGAnimatedLength): number {
  const relative: readonly number[] = [
    SVGLength.SVG_LENGTHTYPE_UNKNOWN,
    SVGLength.SVG_LENGTHTYPE_PERCENTAGE,
    SVGLength.SVG_LENGTHTYPE_EMS,
    SVGLength.SVG_LENGTHTYPE_EXS,
  ];
  return relative.includes(baseVal.unitType) ? 0 : baseVal.value;
}

/** Gives a document a size in pixels, in the shape that it has, or that its view box has. */
function setSize(svg: SVGSVGElement): void {
  const own = { width: absoluteLength(svg.width), height: absoluteLength(svg.height) };
  const viewBox = svg.viewBox.baseVal as SVGRect | null;
  const viewed = viewBox && viewBox.width > 0 && viewBox.height > 0 ? viewBox : null;
  const sized = own.width > 0 && own.height > 0;
  const { width, height } = sized ? own : (viewed ?? DEFAULT_SIZE);
  const scale = LONGEST_SIDE / Math.max(width, height);
  if (!viewed) svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(Math.max(1, width * scale)));
  svg.setAttribute('height', String(Math.max(1, height * scale)));
}

/** Whether the page's policy forbids the picture, which is reported only after the picture has failed. */
function watchPolicy(): () => Promise<boolean> {
  let blocked = false;
  const hear = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
    blocked ||= blockedURI.startsWith('data');
  };
  document.addEventListener('securitypolicyviolation', hear);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve));
    document.removeEventListener('securitypolicyviolation', hear);
    return blocked;
  };
}

/** @throws {RecognitionError} `blocked-image` where the page's Trusted Types allow no text to be parsed */
function parse(text: string): Document {
  try {
    return new DOMParser().parseFromString(text, SVG);
  } catch (cause) {
    throw new RecognitionError(
      'blocked-image',
      "The page's Trusted Types do not let an SVG picture be parsed. Pass a PNG or JPEG.",
      { cause },
    );
  }
}

/**
 * The pixels of an SVG document. Browsers decode it only as the picture of an element; scripts in it do not run, and
 * nothing that it refers to is fetched.
 *
 * @throws {RecognitionError} `unreadable-image` when it is none, `blocked-image` where the page's policy forbids `data:`
 */
export async function loadSvg(blob: Blob): Promise<PixelSource> {
  const parsed = parse(await blob.text());
  const root = parsed.documentElement as Element;
  if (!(root instanceof SVGSVGElement) || parsed.querySelector('parsererror')) {
    throw new RecognitionError('unreadable-image', 'The file is called an SVG picture, but it is not well-formed SVG.');
  }
  setSize(root);
  const isBlocked = watchPolicy();
  const image = new Image();
  image.src = `data:${SVG};charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(parsed))}`;
  const failure = await image.decode().then(
    () => null,
    (cause: unknown) => ({ cause }),
  );
  const blocked = await isBlocked();
  if (!failure) return readPixels(image);
  throw blocked
    ? new RecognitionError(
        'blocked-image',
        "The page's Content-Security-Policy does not let an SVG picture be read. Allow `img-src data:`, or pass a PNG or JPEG.",
        failure,
      )
    : new RecognitionError('unreadable-image', 'The browser cannot draw this SVG picture.', failure);
}
