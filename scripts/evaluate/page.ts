/** The page's side of an evaluation: passes samples to the built package, and returns its answers. */
import type {
  DigitRecognizer,
  InferenceServiceOptions,
  Recognition,
  WriterProfile as Profile,
} from '../../src/index.js';
import { interpret } from '../../src/recognition/interpret.js';
import { readPictures } from '../../src/recognition/read-pictures.js';
import { padBox } from '../shared/pad-box.js';
import type { DrawingSample } from './samples.js';
import type { Answer, Reading } from './statistics.js';
import type { Strokes } from './strokes.js';

type Package = typeof import('../../src/index.js');

/** The built package. */
const { InferenceService, recognize, recognizeAll, WriterProfile } = (await import(
  new URL('/package/digit-recognizer.js', document.baseURI).href
)) as Package;

/** A sample, in one of the forms that the package accepts. */
export type Source =
  | { readonly strokes: Strokes }
  /** Lines to paint on a canvas, black on white with a round pen; all lengths in pixels. */
  | { readonly painted: Strokes; readonly width: number; readonly height: number; readonly pen: number }
  /** A byte per pixel. */
  | { readonly gray: Uint8Array; readonly width: number; readonly height: number }
  /** RGBA, to compress as a JPEG file. */
  | { readonly photograph: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }
  | { readonly file: Uint8Array<ArrayBuffer>; readonly type: string };

/** What reads all samples. */
let options: InferenceServiceOptions = {};

const failure = (error: unknown) => ({
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

const guessOf = ({ predictions }: Pick<Recognition, 'predictions'>) => {
  const [best, ...others] = predictions;
  return others.every(({ probability }) => probability === best.probability) ? '' : String(best.digit);
};

interface Read extends Pick<Recognition, 'digit' | 'energy' | 'image' | 'predictions'> {
  readonly timings: Reading['times'];
}

function toReading({ digit, energy, image, predictions, timings }: Read): Reading {
  const byDigit = predictions.toSorted((a, b) => a.digit - b.digit);
  return {
    guess: guessOf({ predictions }),
    refused: digit === null,
    probabilities: byDigit.map(({ probability }) => probability),
    energy,
    image: Uint8Array.from(image, (value) => Math.round(value * 255)),
    times: timings,
  };
}

/** A number as one reading: refused when any of its digits is. */
function toNumberReading(recognitions: readonly Recognition[]): Reading {
  return {
    guess: recognitions.map(guessOf).join(''),
    refused: recognitions.length === 0 || recognitions.some(({ digit }) => digit === null),
    probabilities: [],
    energy: Math.min(...recognitions.map(({ energy }) => energy)),
    image: new Uint8Array(),
    times: {},
  };
}

/** Loads the network that reads all samples, and keeps it for the life of the page. */
export async function load(own: InferenceServiceOptions): Promise<{ backend: string | null } | { error: string }> {
  options = own;
  const service = InferenceService.shared(options);
  service.retain();
  try {
    await service.load();
    return { backend: service.backend };
  } catch (error) {
    return failure(error);
  }
}

/**
 * Reads images as they are, without normalizing them, all in one batch; otherwise like `recognize()`.
 * @param images 28x28 bytes each, 0 (paper) to 255 (ink)
 */
export async function readImages(images: readonly Uint8Array[]): Promise<Answer[]> {
  const pictures = images.map((image) => Float32Array.from(image, (value) => value / 255));
  const service = InferenceService.shared(options);
  try {
    const started = performance.now();
    const outputs = await readPictures(pictures, service, {});
    const time = (performance.now() - started) / images.length;
    return outputs.map((output, index) =>
      toReading({
        ...interpret(output, pictures[index], service, { prepare: 0, infer: time }),
        timings: { image: time },
      }),
    );
  } catch (error) {
    return images.map(() => failure(error));
  }
}

/** A white canvas. */
function createCanvas(width: number, height: number) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to paint on.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

function paint(lines: Strokes, width: number, height: number, pen: number): HTMLCanvasElement {
  const { canvas, context } = createCanvas(width, height);
  context.lineWidth = pen;
  context.lineCap = context.lineJoin = 'round';
  for (const line of lines) {
    context.beginPath();
    context.moveTo(line[0].x, line[0].y);
    // The line back to the first point shows a stroke of one point as a dot.
    for (const { x, y } of line) context.lineTo(x, y);
    context.stroke();
  }
  return canvas;
}

const toPackage = (strokes: Strokes) => strokes.map((points) => ({ points }));

async function toInput(source: Source) {
  if ('strokes' in source) return toPackage(source.strokes);
  if ('painted' in source) return paint(source.painted, source.width, source.height, source.pen);
  if ('file' in source) return new Blob([source.file], { type: source.type });
  if ('photograph' in source) {
    const canvas = new OffscreenCanvas(source.width, source.height);
    canvas.getContext('2d')?.putImageData(new ImageData(source.photograph, source.width, source.height), 0, 0);
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  }
  const rgba = new Uint8ClampedArray([...source.gray].flatMap((value) => [value, value, value, 255]));
  return new ImageData(rgba, source.width, source.height);
}

/** Longer side of a thumbnail, in pixels. */
const thumbnailSide = 96;

async function toThumbnail(picture: Blob | ImageData): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  const scale = thumbnailSide / Math.max(bitmap.width, bitmap.height);
  const { canvas, context } = createCanvas(Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale));
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.8);
}

export interface ReadOptions {
  /** Whether to use `recognizeAll()`. */
  readonly numbers?: boolean;
  /** Whether to add thumbnails of pictures. */
  readonly thumbnails?: boolean;
}

async function readOne(source: Source, { numbers, thumbnails }: ReadOptions): Promise<Answer> {
  const input = await toInput(source);
  const reading = numbers
    ? toNumberReading(await recognizeAll(input, options))
    : toReading(await recognize(input, options));
  const isPicture = input instanceof Blob || input instanceof ImageData;
  return thumbnails && isPicture ? { ...reading, thumbnail: await toThumbnail(input) } : reading;
}

/** Reads samples through `recognize()`, one after the other. */
export async function read(sources: readonly Source[], how: ReadOptions = {}): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const source of sources) answers.push(await readOne(source, how).catch(failure));
  return answers;
}

let recognizer: DigitRecognizer | null = null;

/** The answer to what was drawn last, from pointer-up on. */
let answer: Promise<Answer> | null = null;

async function answerTo(element: DigitRecognizer, penUp: number): Promise<Answer> {
  const recognition = await element.recognitionComplete;
  if (element.multiple) return toNumberReading(element.recognitions);
  if (!recognition) throw new Error('The pad has no ink.');
  const timings = { ...recognition.timings, 'pen up to answer': performance.now() - penUp };
  return toReading({ ...recognition, timings });
}

/**
 * Shows a recognizer to draw on.
 * @param multiple whether it reads numbers
 * @returns its pad's box, in CSS pixels of the viewport
 */
export async function showPad(multiple: boolean) {
  if (recognizer?.multiple !== multiple) {
    const element = document.createElement('digit-recognizer');
    Object.assign(element, options, { multiple });
    element.addEventListener('pointerup', () => {
      answer = answerTo(element, performance.now()).catch(failure);
    });
    document.body.replaceChildren(element);
    recognizer = element;
  }
  return padBox(recognizer);
}

/** Waits for the answer to what was drawn since the last call, and clears the pad. */
export async function takeAnswer(): Promise<Answer> {
  const taken = await (answer ?? failure('The pen was never lifted on the pad.'));
  answer = null;
  recognizer?.clear();
  return taken;
}

/** The writer who draws, and what was learned from them. */
let current: { readonly writer: string; readonly profile: Profile; corrections: number } | null = null;

async function learnFrom({ writer = '', label, strokes }: DrawingSample): Promise<Answer> {
  if (current?.writer !== writer) current = { writer, profile: new WriterProfile(), corrections: 0 };
  const { corrections, profile } = current;
  const drawing = toPackage(strokes);
  const without = await recognize(drawing, options);
  const recognition = await recognize(drawing, { ...options, profile });
  const rightWithout = String(without.digit) === label;
  if (String(recognition.digit) !== label) {
    profile.learn(recognition, Number(label));
    current.corrections += 1;
  }
  return { ...toReading(recognition), learning: { writer, corrections, rightWithout } };
}

/** Reads drawings one after the other, those of a writer in a row, and corrects what is wrong; calls continue each other. */
export async function learn(drawings: readonly DrawingSample[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const drawing of drawings) answers.push(await learnFrom(drawing).catch(failure));
  return answers;
}
