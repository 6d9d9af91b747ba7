/** Numbers composed of digits that people have drawn one by one, side by side as people write them. */
import { basename } from 'node:path';
import { createRandom } from './distortions.js';
import { wilsonInterval } from './statistics.js';
import { loadStrokeFile, parseStrokes } from './stroke-file.js';

/** @import { ProductPage } from './product-page.js' */

/** @import { DrawingSample } from './samples.js' */

/**
 * How digits stand side by side, as shares of their height. The gap between the ink of two digits is normally
 * distributed, and never less than the pen is wide.
 */
const spacing = {
  gap: 0.25,
  gapSpread: 0.1,
  leastGap: 0.06,
  /** How much a digit is larger or smaller than the others, and stands higher or lower. */
  size: 0.08,
  baseline: 0.05,
};

/** @typedef {{ label: string, strokes: (readonly [x: number, y: number])[][] }} NumberSample `strokes` in units of the digits' height, y down */

/** Normally distributed, by Box and Muller. @param {() => number} random */
const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * @param {readonly DrawingSample[]} samples digits of any size; those of a number are by one writer
 * @param {{ count: number, digits: number, seed: number, gap?: number, gapSpread?: number, leastGap?: number }} options
 * @returns {NumberSample[]}
 */
export function composeNumbers(samples, { count, digits, seed, ...own }) {
  const { gap, gapSpread, leastGap, size, baseline } = { ...spacing, ...own };
  const random = createRandom(seed);
  /** @type {Map<string | undefined, DrawingSample[]>} */
  const byWriter = new Map();
  for (const sample of samples) byWriter.set(sample.writer, [...(byWriter.get(sample.writer) ?? []), sample]);
  return Array.from({ length: count }, () => {
    const own = byWriter.get(samples[Math.floor(random() * samples.length)].writer) ?? [];
    let right = 0;
    /** @type {NumberSample} */
    const number = { label: '', strokes: [] };
    for (let place = 0; place < digits; place += 1) {
      const { label, strokes } = own[Math.floor(random() * own.length)];
      const points = strokes.flat();
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      const height = Math.max(Math.max(...ys) - top, (Math.max(...xs) - left) / 2, Number.MIN_VALUE);
      const scale = (1 + size * normal(random)) / height;
      const shift = {
        x: place === 0 ? 0 : right + Math.max(leastGap, gap + gapSpread * normal(random)),
        y: baseline * normal(random),
      };
      const placed = strokes.map((stroke) =>
        stroke.map(([x, y]) => /** @type {const} */ ([(x - left) * scale + shift.x, (y - top) * scale + shift.y])),
      );
      number.label += String(label);
      number.strokes.push(...placed);
      right = shift.x + (Math.max(...xs) - left) * scale;
    }
    return number;
  });
}

/** How many numbers are composed of each file, unless told, of how many digits, and from which random numbers. */
const composed = { count: 500, digits: 4, seed: 2026 };

/** Few enough for the connection to the browser. */
const batch = 50;

/**
 * @typedef {{ name: string, way: string, total: number, right: number, share: number,
 *   interval: [low: number, high: number], wrong: { label: string, read: string }[] }} NumbersResult
 * `right`: wholly right, digit by digit
 */

/** The ways that numbers are read in. @type {readonly { way: string, read: (page: ProductPage) => ProductPage['readNumbers'] }[]} */
const ways = [
  { way: 'recognizeAll(strokes)', read: (page) => page.readNumbers },
  { way: 'painted, recognizeAll(canvas)', read: (page) => page.paintNumbers },
  { way: 'drawn on <digit-recognizer multiple>', read: (page) => page.drawNumbers },
];

/**
 * Composes numbers of the digits of a file and reads them in each way.
 * @param {ProductPage} page
 * @param {string} path of a stroke file
 * @param {number} limit most numbers
 * @param {'recognize' | 'pad'} through `recognize`: without drawing on the element
 * @returns {Promise<NumbersResult[]>}
 */
export async function measureNumbers(page, path, limit, through) {
  const samples = await loadStrokeFile(path, parseStrokes);
  const numbers = composeNumbers(samples, { ...composed, count: Math.min(limit, composed.count) });
  const name = basename(path).replace(/\.jsonl(\.gz)?$/, '');
  const results = [];
  for (const { way, read } of through === 'pad' ? ways.slice(2) : ways.slice(0, 2)) {
    /** @type {string[]} */
    const answers = [];
    for (let start = 0; start < numbers.length; start += batch) {
      answers.push(...(await read(page)(numbers.slice(start, start + batch))));
    }
    const wrong = numbers.flatMap(({ label }, index) =>
      answers[index] === label ? [] : [{ label, read: answers[index] }],
    );
    const right = numbers.length - wrong.length;
    const interval = wilsonInterval(right, numbers.length);
    results.push({ name, way, total: numbers.length, right, share: right / numbers.length, interval, wrong });
  }
  return results;
}
