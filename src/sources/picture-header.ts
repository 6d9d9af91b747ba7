/** What a file's header says about its picture. */
export interface PictureHeader {
  /** In pixels, as stored. */
  readonly width: number;
  readonly height: number;
  /** Whether it has several frames. */
  readonly animated: boolean;
  /** Whether its orientation swaps width and height. */
  readonly transposed: boolean;
}

/** Bytes that contain the header in every format but GIF. Color profiles and thumbnails may precede it. */
export const HEADER_LENGTH = 2 ** 20;

/** EXIF: orientations from this one on swap width and height. */
const FIRST_TRANSPOSED = 5;

/** EXIF: the tag whose value is the orientation. */
const ORIENTATION_TAG = 0x0112;

/** Random access to a file's bytes; 0 beyond the end. */
class Bytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  byte(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  /** Reads a big-endian integer of `count` bytes. */
  big(at: number, count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 256 + this.byte(at + index);
    return value;
  }

  /** Reads a little-endian integer of `count` bytes. */
  little(at: number, count: number): number {
    let value = 0;
    for (let index = count - 1; index >= 0; index--) value = value * 256 + this.byte(at + index);
    return value;
  }

  text(at: number, count: number): string {
    return String.fromCharCode(...Array.from({ length: count }, (_, index) => this.byte(at + index)));
  }

  has(text: string, at: number): boolean {
    return [...text].every((character, index) => this.byte(at + index) === character.charCodeAt(0));
  }
}

/** PNG (third edition): chunks of length, type, data and checksum. Animation is declared before the first frame. */
function readPng(file: Bytes): PictureHeader {
  let animated = false;
  for (let chunk = 8; chunk < file.length && !file.has('IDAT', chunk + 4); chunk += 12 + file.big(chunk, 4)) {
    if (file.has('acTL', chunk + 4)) animated = file.big(chunk + 8, 4) > 1;
  }
  return { width: file.big(16, 4), height: file.big(20, 4), animated, transposed: false };
}

/** Reads the orientation from a JPEG's EXIF segment (Exif 2.32, a TIFF file); 1 if it has none. */
function readOrientation(file: Bytes, tiff: number): number {
  const order = file.has('II', tiff) ? 'little' : 'big';
  const read = (at: number, count: number): number => file[order](tiff + at, count);
  const directory = read(4, 4) + 2;
  // A broken file may declare more entries than it has bytes.
  const end = Math.min(directory + 12 * read(directory - 2, 2), file.length - tiff);
  for (let entry = directory; entry < end; entry += 12) {
    if (read(entry, 2) === ORIENTATION_TAG) return read(entry + 8, 2);
  }
  return 1;
}

/** Whether a JPEG marker starts a frame (ITU-T T.81, table B.1): SOF0 to SOF15, except DHT, JPG and DAC. */
const beginsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** JPEG (ITU-T T.81): segments of a marker, a length and data. */
function readJpeg(file: Bytes): PictureHeader | null {
  let orientation: number | null = null;
  for (let segment = 2; segment < file.length && file.byte(segment) === 0xff;) {
    const marker = file.byte(segment + 1);
    if (marker === 0xff) {
      segment += 1;
      continue;
    }
    if (beginsFrame(marker)) {
      const transposed = (orientation ?? 1) >= FIRST_TRANSPOSED;
      return { width: file.big(segment + 7, 2), height: file.big(segment + 5, 2), animated: false, transposed };
    }
    // Only the first EXIF segment counts: a hostile file may have thousands, each of which takes as long to read.
    if (marker === 0xe1 && file.has('Exif\0\0', segment + 4)) orientation ??= readOrientation(file, segment + 10);
    segment += 2 + file.big(segment + 2, 2);
  }
  return null;
}

/** Returns the size of a GIF's color table in bytes, from the flags before it. */
const colorTableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Skips a chain of length-prefixed data blocks in a GIF. */
function endOfBlocks(file: Bytes, start: number): number {
  let at = start;
  while (file.byte(at) > 0) at += 1 + file.byte(at);
  return at + 1;
}

/** GIF89a: images, and extensions between them, up to a trailer. */
function readGif(file: Bytes): PictureHeader {
  let images = 0;
  for (let block = 13 + colorTableLength(file.byte(10)); block < file.length && images < 2;) {
    if (file.byte(block) === 0x21) {
      block = endOfBlocks(file, block + 2);
    } else if (file.byte(block) === 0x2c) {
      images += 1;
      block = endOfBlocks(file, block + 11 + colorTableLength(file.byte(block + 9)));
    } else {
      break;
    }
  }
  return { width: file.little(6, 2), height: file.little(8, 2), animated: images > 1, transposed: false };
}

/** WebP (RFC 9649): extended, lossless or lossy. */
function readWebp(file: Bytes): PictureHeader | null {
  const upright = { animated: false, transposed: false };
  if (file.has('VP8X', 12)) {
    const animated = (file.byte(20) & 2) !== 0;
    return { ...upright, width: file.little(24, 3) + 1, height: file.little(27, 3) + 1, animated };
  }
  if (file.has('VP8L', 12)) {
    const sides = file.little(21, 4);
    return { ...upright, width: (sides % 2 ** 14) + 1, height: (Math.floor(sides / 2 ** 14) % 2 ** 14) + 1 };
  }
  if (file.has('VP8 ', 12)) {
    return { ...upright, width: file.little(26, 2) % 2 ** 14, height: file.little(28, 2) % 2 ** 14 };
  }
  return null;
}

/** BMP: lengths of the second header, by version. */
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

/** BMP: a negative height means that the rows are stored top-down. Text may begin like a BMP. */
function readBmp(file: Bytes): PictureHeader | null {
  const upright = { animated: false, transposed: false };
  const length = file.little(14, 4);
  if (!BMP_HEADERS.includes(length)) return null;
  if (length === 12) return { ...upright, width: file.little(18, 2), height: file.little(20, 2) };
  const height = file.little(22, 4);
  return { ...upright, width: file.little(18, 4), height: Math.min(height, 2 ** 32 - height) };
}

/** A box of an ISO base media file: its type, and where its content starts and ends. */
interface MediaBox {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** ISO/IEC 14496-12: boxes of a length, a type and content; a length of 1 is followed by one of 64 bits. */
function* mediaBoxes(file: Bytes, start: number, end: number): Generator<MediaBox> {
  for (let at = start, next = start; at + 8 <= end; at = next) {
    const length = file.big(at, 4);
    const header = length === 1 ? 16 : 8;
    next = length === 0 ? end : at + (length === 1 ? file.big(at + 8, 8) : length);
    if (next < at + header) return;
    yield { type: file.text(at + 4, 4), start: at + header, end: Math.min(next, end) };
  }
}

/** The content of the boxes at a path. A box such as `meta` has four bytes before those inside it. */
function mediaBoxesAt(file: Bytes, path: readonly string[]): MediaBox[] {
  let found: MediaBox[] = [{ type: '', start: 0, end: file.length }];
  for (const type of path) {
    found = found
      .flatMap(({ type: outer, start, end }) => [...mediaBoxes(file, outer === 'meta' ? start + 4 : start, end)])
      .filter((box) => box.type === type);
  }
  return found;
}

/** Files declare fewer brands; a hostile one may declare millions. */
const MAX_BRANDS = 64;

/** The kinds of ISO base media file that one is, most specific first. */
function brandsOf(file: Bytes): string[] {
  if (!file.has('ftyp', 4)) return [];
  const compatible = Math.min(MAX_BRANDS, Math.max(0, Math.floor((file.big(0, 4) - 16) / 4)));
  return [file.text(8, 4), ...Array.from({ length: compatible }, (_, index) => file.text(16 + 4 * index, 4))];
}

/** HEIF (ISO/IEC 23008-12), such as AVIF and HEIC. A picture of tiles has their size, and its own. */
function readHeif(file: Bytes): PictureHeader | null {
  const properties = ['meta', 'iprp', 'ipco'];
  const sizes = mediaBoxesAt(file, [...properties, 'ispe']).map(({ start }) => ({
    width: file.big(start + 4, 4),
    height: file.big(start + 8, 4),
  }));
  if (sizes.length === 0) return null;
  const largest = sizes.reduce((one, other) => (other.width * other.height > one.width * one.height ? other : one));
  const transposed = mediaBoxesAt(file, [...properties, 'irot']).some(({ start }) => file.byte(start) % 2 === 1);
  return { ...largest, animated: file.has('avis', 8) || file.has('msf1', 8), transposed };
}

/**
 * Reads the header of a PNG, JPEG, GIF, WebP, BMP, AVIF or HEIC file; null for anything else.
 *
 * @param bytes the first {@link HEADER_LENGTH} bytes, or all of a GIF: its header does not say whether it is animated
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const file = new Bytes(bytes);
  if (file.has('\x89PNG\r\n\x1a\n', 0)) return readPng(file);
  if (file.has('\xff\xd8\xff', 0)) return readJpeg(file);
  if (isGif(bytes)) return readGif(file);
  if (file.has('RIFF', 0) && file.has('WEBP', 8)) return readWebp(file);
  if (file.has('BM', 0)) return readBmp(file);
  if (file.has('ftyp', 4)) return readHeif(file);
  return null;
}

/** Whether a file has the signature of a GIF. */
export function isGif(bytes: Uint8Array): boolean {
  return new Bytes(bytes).has('GIF8', 0);
}

/** ISO/IEC 23008-12: brands of files with HEVC-coded pictures, and those that leave open how pictures are coded. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** Brands of files with AV1-coded pictures. */
const AVIF_BRANDS = ['avif', 'avis'];

/** Whether a file has the signature of a HEIC picture, as taken by iPhones. */
export function isHeic(bytes: Uint8Array): boolean {
  const brands = brandsOf(new Bytes(bytes));
  return HEIC_BRANDS.includes(brands[0]) && !AVIF_BRANDS.some((brand) => brands.includes(brand));
}
