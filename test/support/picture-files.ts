/** Picture files, built byte by byte if no browser writes them. */
import { crc32 } from '../../src/inference/files/crc32.js';

/** A canvas with a dark seven on light paper, rotated clockwise by quarter turns. */
export function sevenCanvas(width = 200, height = 200, quarters = 0): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate((quarters * Math.PI) / 2);
  const size = Math.min(width, height);
  context.lineWidth = size / 14;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(-size * 0.2, -size * 0.25);
  context.lineTo(size * 0.2, -size * 0.25);
  context.lineTo(-size * 0.05, size * 0.3);
  context.stroke();
  return canvas;
}

/**
 * A canvas as stored by a camera with a mirroring EXIF orientation: 2 horizontally, 4 vertically, 5 and 7 along the
 * diagonals. Applied twice, it restores the original.
 */
export function mirrored(canvas: HTMLCanvasElement, orientation: 2 | 4 | 5 | 7): HTMLCanvasElement {
  const { width, height } = canvas;
  const stored = document.createElement('canvas');
  Object.assign(stored, orientation < 5 ? { width, height } : { width: height, height: width });
  const transforms = {
    2: [-1, 0, 0, 1, width, 0],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    7: [0, -1, -1, 0, height, width],
  } as const;
  const context = stored.getContext('2d')!;
  const [a, b, c, d, e, f] = transforms[orientation];
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(canvas, 0, 0);
  return stored;
}

export const toBlob = (canvas: HTMLCanvasElement, type = 'image/png'): Promise<Blob> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), type, 0.95));

export const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

export const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const big = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

/** A JPEG with an EXIF orientation, like those of phones, in either byte order. */
export async function jpegWithOrientation(
  canvas: HTMLCanvasElement,
  orientation: number,
  order: 'II' | 'MM' = 'MM',
): Promise<Blob> {
  const jpeg = await bytesOf(await toBlob(canvas, 'image/jpeg'));
  const short = (value: number): number[] => (order === 'II' ? [value, 0] : [0, value]);
  const long = (value: number): number[] => (order === 'II' ? [value, 0, 0, 0] : [0, 0, 0, value]);
  const entry = [
    ...(order === 'II' ? [0x12, 0x01] : [0x01, 0x12]),
    ...short(3),
    ...long(1),
    ...short(orientation),
    0,
    0,
  ];
  const tiff = [...ascii(order), ...short(42), ...long(8), ...short(1), ...entry, ...long(0)];
  const exif = [...ascii('Exif\0\0'), ...tiff];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  // In one piece: Firefox examines only the first one to determine the type of a blob.
  return new Blob([Uint8Array.from([...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)])], { type: 'image/jpeg' });
}

/** Bits in the order of a JPEG's scan (ITU-T T.81, F.1.2): a byte of ones is followed by one of zeros. */
class ScanBits {
  readonly bytes: number[] = [];
  #byte = 0;
  #count = 0;

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#byte = (this.#byte << 1) | ((value >> bit) & 1);
      this.#count += 1;
      if (this.#count < 8) continue;
      this.bytes.push(...(this.#byte === 0xff ? [0xff, 0] : [this.#byte]));
      [this.#byte, this.#count] = [0, 0];
    }
  }

  end(): number[] {
    while (this.#count > 0) this.write(1, 1);
    return this.bytes;
  }
}

/**
 * A canvas as a CMYK JPEG, as Adobe's programs write it: 255 is no ink. Each pixel becomes a square of 8x8, of which
 * only the mean needs to be coded (ITU-T T.81, baseline).
 */
export function cmykJpeg(canvas: HTMLCanvasElement): Blob {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const segment = (marker: number, body: readonly number[]): number[] => [
    0xff,
    marker,
    (body.length + 2) >> 8,
    (body.length + 2) & 255,
    ...body,
  ];
  const two = (value: number): number[] => [value >> 8, value & 255];
  const colors = [1, 2, 3, 4];
  const categories = Array.from({ length: 12 }, (_, category) => category);
  const scan = new ScanBits();
  const before = colors.map(() => 0);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const brightness = data[4 * pixel];
    for (const [color, value] of [brightness, 255, 255, brightness].entries()) {
      const mean = value - 128;
      const difference = mean - before[color];
      before[color] = mean;
      const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      scan.write(category, 4);
      scan.write(difference < 0 ? difference + 2 ** category - 1 : difference, category);
      // No more coefficients.
      scan.write(0, 1);
    }
  }
  return new Blob(
    [
      Uint8Array.from([
        ...[0xff, 0xd8],
        ...segment(0xee, [...ascii('Adobe'), 0, 100, 0, 0, 0, 0, 0]),
        ...segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
        ...segment(0xc0, [8, ...two(8 * height), ...two(8 * width), 4, ...colors.flatMap((color) => [color, 0x11, 0])]),
        // Twelve codes of four bits for the means, and a one-bit code for the end of a block.
        ...segment(0xc4, [0x00, 0, 0, 0, 12, ...new Array<number>(12).fill(0), ...categories]),
        ...segment(0xc4, [0x10, 1, ...new Array<number>(15).fill(0), 0]),
        ...segment(0xda, [4, ...colors.flatMap((color) => [color, 0]), 0, 63, 0]),
      ]),
      Uint8Array.from(scan.end()),
      Uint8Array.from([0xff, 0xd9]),
    ],
    { type: 'image/jpeg' },
  );
}

const chunk = (type: string, data: readonly number[]): number[] => {
  const body = [...ascii(type), ...data];
  return [...big(data.length), ...body, ...big(crc32(Uint8Array.from(body)))];
};

/** A PNG that declares a number of frames. */
export async function apng(canvas: HTMLCanvasElement, frames: number): Promise<Blob> {
  const png = await bytesOf(await toBlob(canvas));
  const afterHeader = 8 + 25;
  const frame = [canvas.width, canvas.height, 0, 0].flatMap(big);
  const control = Uint8Array.from([
    ...chunk('acTL', [...big(frames), ...big(0)]),
    ...chunk('fcTL', [...big(0), ...frame, 0, 1, 0, 10, 0, 0]),
  ]);
  return new Blob([png.slice(0, afterHeader), control, png.slice(afterHeader)], { type: 'image/png' });
}

/** The beginning of a PNG of any size. */
export function pngHeader(width: number, height: number): Blob {
  const header = chunk('IHDR', [...big(width), ...big(height), 8, 0, 0, 0, 0]);
  return new Blob([Uint8Array.from([0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a, ...header])], { type: 'image/png' });
}

/**
 * How the pixels of a PNG are stored: bits per sample, color type, and the samples of a pixel by its brightness,
 * 0..255.
 */
interface PngKind {
  readonly depth: 1 | 8 | 16;
  readonly colorType: 0 | 3 | 4;
  readonly samples: (brightness: number) => readonly number[];
  readonly palette?: readonly number[];
}

/** Kinds that no browser writes. */
export const pngKinds: Readonly<Record<string, PngKind>> = {
  '1-bit': { depth: 1, colorType: 0, samples: (brightness) => [Number(brightness > 127)] },
  '8-bit gray': { depth: 8, colorType: 0, samples: (brightness) => [brightness] },
  '16-bit gray': { depth: 16, colorType: 0, samples: (brightness) => [brightness * 257] },
  '1-bit palette': {
    depth: 1,
    colorType: 3,
    samples: (brightness) => [Number(brightness > 127)],
    palette: [20, 30, 120, 250, 240, 200],
  },
  '8-bit palette': {
    depth: 8,
    colorType: 3,
    samples: (brightness) => [brightness],
    // Bluish.
    palette: Array.from({ length: 256 }, (_, index) => [index, index, Math.min(255, index + 60)]).flat(),
  },
  'gray only in the alpha channel': {
    depth: 8,
    colorType: 4,
    samples: (brightness) => [255, 255 - brightness],
  },
};

/** A canvas as a PNG of another kind (PNG, third edition). */
export async function pngOfKind(canvas: HTMLCanvasElement, kind: PngKind): Promise<Blob> {
  const { width, height } = canvas;
  const { depth, colorType, samples, palette = [] } = kind;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const rows = Array.from({ length: height }, (_, row) => {
    const values = Array.from({ length: width }, (_, column) => samples(data[(row * width + column) * 4])).flat();
    const bits = values.map((value) => value.toString(2).padStart(depth, '0')).join('');
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
    // Each row begins with its filter: none.
    return [0, ...bytes];
  });
  const pixels = new Blob([Uint8Array.from(rows.flat())]).stream().pipeThrough(new CompressionStream('deflate'));
  const compressed = [...new Uint8Array(await new Response(pixels).arrayBuffer())];
  const chunks = [
    ...chunk('IHDR', [...big(width), ...big(height), depth, colorType, 0, 0, 0]),
    ...(palette.length > 0 ? chunk('PLTE', palette) : []),
    ...chunk('IDAT', compressed),
    ...chunk('IEND', []),
  ];
  return new Blob([Uint8Array.from([0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a, ...chunks])], { type: 'image/png' });
}

const mediaBox = (type: string, ...content: readonly number[]): number[] => [
  ...big(content.length + 8),
  ...ascii(type),
  ...content,
];

/** The header of an ISO base media file, such as HEIC or AVIF, without any picture in it. */
export function mediaFileHeader(
  brand: string,
  compatible: string,
  sizes: readonly (readonly [width: number, height: number])[] = [],
  quarterTurns = 0,
): Blob {
  const properties = [
    ...sizes.flatMap(([width, height]) => mediaBox('ispe', 0, 0, 0, 0, ...big(width), ...big(height))),
    ...(quarterTurns > 0 ? mediaBox('irot', quarterTurns) : []),
  ];
  const meta = mediaBox('meta', 0, 0, 0, 0, ...mediaBox('iprp', ...mediaBox('ipco', ...properties)));
  const start = mediaBox('ftyp', ...ascii(brand), ...big(0), ...ascii(compatible));
  return new Blob([Uint8Array.from([...start, ...mediaBox('free', 1, 2, 3), ...(sizes.length > 0 ? meta : [])])]);
}

/** A GIF of one black pixel, with a number of frames. */
export function gif(images: number): Blob {
  const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  const delay = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
  const bytes = [
    ...ascii('GIF89a'),
    ...[1, 0, 1, 0, 0x80, 0, 0],
    ...[0, 0, 0, 255, 255, 255],
    ...Array.from({ length: images }, () => [...delay, ...image]).flat(),
    0x3b,
  ];
  return new Blob([Uint8Array.from(bytes)], { type: 'image/gif' });
}

/** The beginning of an extended WebP file. */
export function webpHeader(width: number, height: number, animated: boolean): Blob {
  const three = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255];
  const extended = [
    ...ascii('VP8X'),
    10,
    0,
    0,
    0,
    animated ? 2 : 0,
    0,
    0,
    0,
    ...three(width - 1),
    ...three(height - 1),
  ];
  return new Blob([Uint8Array.from([...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...extended])], {
    type: 'image/webp',
  });
}

/**
 * The seven of {@link sevenCanvas} as an SVG document.
 * @param attributes of its root, such as its size
 */
export const sevenSvg = (attributes: string): Blob =>
  new Blob(
    [
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" ${attributes}><path d="M60 50h80L90 160" fill="none" stroke="#136" stroke-width="14" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
    ],
    { type: 'image/svg+xml' },
  );
