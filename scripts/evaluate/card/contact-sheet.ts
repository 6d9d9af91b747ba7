/** Contact sheets of what was misread or rejected, as the network saw it or as pictures. Pure. */
import * as Plot from '@observablehq/plot';
import { encode } from 'fast-png';
import { IMAGE_SIDE } from '../../../src/model/shapes.js';
import type { Measurement, NumbersResult } from '../results.js';
import type { Reading } from '../statistics.js';
import { colors, drawFigure, inPixels, plotAt } from './figure.js';

export interface Cell {
  readonly src: string;
  /** Label and guess, confidence, and set. */
  readonly caption: readonly string[];
}

/** @param image 28x28 bytes, 0 (paper) to 255 (ink) */
function toPng(image: Uint8Array): string {
  const data = image.map((value) => 255 - value);
  const png = encode({ width: IMAGE_SIDE, height: IMAGE_SIDE, data, channels: 1, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** Short names of data sets; others are called by their file's name. */
const setNames: Readonly<Record<string, string>> = {
  'finger-digits-dev': 'by finger',
  'handdrawn-digits-dev': 'drawn once',
  'crohme-digits-dev': 'in formulas',
};

export const setName = (set: string): string => setNames[set] ?? set;

type LabeledReading = Reading & { readonly label: string; readonly set: string };

const readingsOf = (sets: readonly NumbersResult[]): LabeledReading[] =>
  sets.flatMap(({ name, answers }) =>
    answers.flatMap((answer) => ('error' in answer ? [] : [{ ...answer, set: name }])),
  );

const confidence = ({ probabilities }: Reading) => Math.max(0, ...probabilities);
const surest = (a: Reading, b: Reading) => confidence(b) - confidence(a);
const isGuessed = ({ guess, label }: LabeledReading) => guess === label;

function toCell(reading: LabeledReading, src = toPng(reading.image)): Cell {
  const { label, guess, refused, set } = reading;
  const sure = guess !== '' && confidence(reading) > 0 ? [`${(confidence(reading) * 100).toFixed(1)} %`] : [];
  const lines = [`${label} read as ${guess || 'none'}`, [...sure, ...(refused ? ['rejected'] : [])].join(', ')];
  return { src, caption: [...lines, setName(set)] };
}

/** Digits whose best guess is wrong, the most confident first. */
export const worstMistakes = (digits: readonly NumbersResult[]): Cell[] =>
  readingsOf(digits)
    .filter((reading) => !isGuessed(reading) && reading.guess !== '')
    .sort(surest)
    .map((reading) => toCell(reading));

/** Rejected digits, the worst rejections first: those with a right best guess, the most confident first. */
export const worstRefusals = (digits: readonly NumbersResult[]): Cell[] =>
  readingsOf(digits)
    .filter(({ refused }) => refused)
    .sort((a, b) => Number(isGuessed(b)) - Number(isGuessed(a)) || surest(a, b))
    .map((reading) => toCell(reading));

/** Pictures of digits and numbers that are misread or rejected. */
export const misread = ({ digits, numbers }: Measurement): Cell[] =>
  readingsOf([...digits, ...numbers])
    .filter((reading) => reading.thumbnail !== undefined && (reading.refused || !isGuessed(reading)))
    .map((reading) => toCell(reading, reading.thumbnail));

const cell = { width: 104, height: 128, picture: 70 };
const caption = { size: 12, height: 15 };
const columns = 10;

export function drawContactSheet(title: string, cells: readonly Cell[]): string {
  const placed = cells.map((each, index) => ({
    ...each,
    x: 10 + (index % columns) * cell.width + cell.width / 2,
    y: Math.floor(index / columns) * cell.height + cell.picture / 2 + 1,
  }));
  const [width, height] = [columns * cell.width + 20, Math.max(1, Math.ceil(cells.length / columns)) * cell.height];
  const captions = (line: number, options: Plot.TextOptions) =>
    Plot.text(placed, {
      ...options,
      x: 'x',
      y: 'y',
      dy: cell.picture / 2 + 11 + line * caption.height,
      text: (each: Cell) => each.caption[line],
      fontSize: caption.size,
      lineWidth: cell.width / caption.size,
      textOverflow: 'ellipsis',
    });
  const options: Plot.PlotOptions = {
    ...inPixels,
    width,
    height,
    marks: [
      Plot.image(placed, { x: 'x', y: 'y', src: 'src', width: cell.picture, imageRendering: 'pixelated' }),
      captions(0, { fontWeight: 600 }),
      captions(1, {}),
      captions(2, { fill: colors.muted }),
    ],
  };
  return drawFigure(title, width, height + 44, [plotAt(0, 36, options)]);
}
