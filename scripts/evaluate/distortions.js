/** What may befall the picture of a digit: eight kinds of distortion at five strengths each. Pure, and the same at each run. */

const imageSide = 28;

/** Pixels of a sheet for one of the image. */
const zoom = 4;

/** Width and height of a sheet in pixels: a digit's image with room around it, so that what grows or turns stays on it. */
export const sheetSide = 42 * zoom;

/** @typedef {Float32Array} Sheet `sheetSide` squared values, row-major, 0 (paper) to 1 (ink) */
/** @typedef {() => number} Random evenly spread over 0..1 */

/**
 * Mulberry32, after Tommy Ettinger: small, and good enough for pictures.
 * @param {number} seed whole
 * @returns {Random}
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The image on a sheet, bilinear, each place of the sheet looked up by a linear map about the middle.
 * @param {Uint8Array} pixels 28x28, 0 (paper) to 255 (ink)
 * @param {readonly [number, number, number, number]} inverse from a place on the sheet (in image pixels, from the
 *   middle) to one in the image: x' = ax + by, y' = cx + dy
 * @returns {Sheet}
 */
function place(pixels, [a, b, c, d]) {
  /** @param {number} column @param {number} row */
  const at = (column, row) =>
    column >= 0 && column < imageSide && row >= 0 && row < imageSide ? pixels[row * imageSide + column] / 255 : 0;
  const sheet = new Float32Array(sheetSide * sheetSide);
  for (let row = 0, to = 0; row < sheetSide; row++) {
    const y = (row + 0.5 - sheetSide / 2) / zoom;
    for (let column = 0; column < sheetSide; column++, to++) {
      const x = (column + 0.5 - sheetSide / 2) / zoom;
      const sourceX = a * x + b * y + imageSide / 2 - 0.5;
      const sourceY = c * x + d * y + imageSide / 2 - 0.5;
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      const across = sourceX - left;
      const down = sourceY - top;
      sheet[to] =
        (at(left, top) * (1 - across) + at(left + 1, top) * across) * (1 - down) +
        (at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across) * down;
    }
  }
  return sheet;
}

/** As it is. @param {Uint8Array} pixels */
export const plainSheet = (pixels) => place(pixels, [1, 0, 0, 1]);

/** @param {Random} random */
const sign = (random) => (random() < 0.5 ? -1 : 1);

/** Standard normal, by Box and Muller (1958). @param {Random} random */
const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** @param {Sheet} sheet @param {(value: number) => number} change */
const mapSheet = (sheet, change) => sheet.map((value) => Math.min(1, Math.max(0, change(value))));

/** One pass of a Gaussian along rows (step 1) or columns. @param {Sheet} sheet @param {number} sigma @param {number} step */
function blurLine(sheet, sigma, step) {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return sheet.map((_, index) => {
    const line = step === 1 ? index % sheetSide : Math.floor(index / sheetSide);
    let sum = 0;
    for (let offset = -reach; offset <= reach; offset++) {
      if (line + offset >= 0 && line + offset < sheetSide)
        sum += sheet[index + offset * step] * weights[offset + reach];
    }
    return sum / total;
  });
}

/** The strongest ink within a disc, or the weakest: wider or thinner lines. @param {Sheet} sheet @param {number} radius pixels; below 0 thinner */
function thicken(sheet, radius) {
  const reach = Math.ceil(Math.abs(radius));
  /** @type {number[]} */
  const offsets = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= radius * radius) offsets.push(y * sheetSide + x);
  }
  const choose = radius > 0 ? Math.max : Math.min;
  return sheet.map((value, index) => {
    let chosen = value;
    for (const offset of offsets) chosen = choose(chosen, sheet[index + offset] ?? 0);
    return chosen;
  });
}

/** Paper over a square whose middle is on the ink. @param {Sheet} sheet @param {number} side pixels @param {Random} random */
function occlude(sheet, side, random) {
  const inked = [...sheet.keys()].filter((index) => sheet[index] > 0.5);
  const middle = inked[Math.floor(random() * inked.length)] ?? 0;
  const left = (middle % sheetSide) - side / 2;
  const top = Math.floor(middle / sheetSide) - side / 2;
  return sheet.map((value, index) => {
    const x = index % sheetSide;
    const y = Math.floor(index / sheetSide);
    return x >= left && x < left + side && y >= top && y < top + side ? 0 : value;
  });
}

/**
 * @typedef {object} Distortion
 * @property {string} kind
 * @property {string} unit of the strengths
 * @property {readonly number[]} strengths five
 * @property {(pixels: Uint8Array, strength: number, random: Random) => Sheet} apply
 */

/** @type {readonly Distortion[]} */
export const distortions = [
  {
    kind: 'rotation',
    unit: 'degrees to either side',
    strengths: [5, 10, 15, 20, 30],
    apply: (pixels, degrees, random) => {
      const angle = (sign(random) * degrees * Math.PI) / 180;
      return place(pixels, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)]);
    },
  },
  {
    kind: 'scale',
    unit: 'times the size',
    strengths: [0.2, 0.35, 0.5, 0.75, 1.4],
    apply: (pixels, factor) => place(pixels, [1 / factor, 0, 0, 1 / factor]),
  },
  {
    kind: 'shear',
    unit: 'to either side, per height',
    strengths: [0.1, 0.2, 0.3, 0.4, 0.5],
    apply: (pixels, amount, random) => place(pixels, [1, sign(random) * amount, 0, 1]),
  },
  {
    kind: 'noise',
    unit: 'standard deviation, of the way from paper to ink',
    strengths: [0.05, 0.1, 0.15, 0.2, 0.3],
    apply: (pixels, deviation, random) => mapSheet(plainSheet(pixels), (value) => value + deviation * normal(random)),
  },
  {
    kind: 'blur',
    unit: 'standard deviation in pixels of 28',
    strengths: [0.5, 0.75, 1, 1.5, 2],
    apply: (pixels, sigma) => blurLine(blurLine(plainSheet(pixels), sigma * zoom, 1), sigma * zoom, sheetSide),
  },
  {
    kind: 'thickness',
    unit: 'pixels of 28 added on each side of a line',
    strengths: [-0.75, -0.5, 0.5, 1, 1.5],
    apply: (pixels, radius) => thicken(plainSheet(pixels), radius * zoom),
  },
  {
    kind: 'contrast',
    unit: 'of the ink left',
    strengths: [0.5, 0.3, 0.2, 0.15, 0.1],
    apply: (pixels, share) => mapSheet(plainSheet(pixels), (value) => value * share),
  },
  {
    kind: 'occlusion',
    unit: 'pixels of 28, side of a square of paper on the ink',
    strengths: [2, 3, 4, 6, 8],
    apply: (pixels, side, random) => occlude(plainSheet(pixels), side * zoom, random),
  },
];

/** A sheet as bytes, dark ink on light paper. @param {Sheet} sheet */
export const toBytes = (sheet) => Uint8Array.from(sheet, (value) => Math.round(255 * (1 - value)));
