/** The page's side of an evaluation: passes samples to the built package, and returns its answers. */
import type {
  DigitRecognizer,
  InferenceServiceOptions,
  Recognition,
  Strokes,
  WriterProfile as Profile,
} from '../../src/index.js';
import { DIGITS, IMAGE_LENGTH } from '../../src/model/shapes.js';
import { decodeLogits, energyScore } from '../../src/recognition/decode.js';
import type { Placed } from './samples.js';
import type { Answer, Reading } from './statistics.js';

type Package = typeof import('../../src/index.js');

/** The built package. */
const { InferenceService, recognize, recognizeAll, WriterProfile } = (await import(
  new URL('/package/digit-recognizer.js', document.baseURI).href
)) as Package;

/** A sample, in one of the forms that the package accepts; bytes are in base64. */
export type Source =
  | { readonly strokes: Strokes }
  /** Lines to paint on a canvas, black on white with a round pen; all lengths in pixels. */
  | { readonly painted: Placed; readonly width: number; readonly height: number; readonly pen: number }
  /** A byte per pixel. */
  | { readonly gray: string; readonly width: number; readonly height: number }
  /** RGBA, to compress as a JPEG file. */
  | { readonly photograph: string; readonly width: number; readonly height: number }
  | { readonly file: string; readonly type: string };

const failure = (error: unknown) => ({
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

const fromBase64 = (text: string) => Uint8ClampedArray.from(atob(text), (character) => character.charCodeAt(0));

const toBase64 = (image: Float32Array) =>
  btoa(String.fromCharCode(...Array.from(image, (value) => Math.round(value * 255))));

function toReading(recognition: Recognition, times: Reading['times'] = {}): Reading {
  const { digit, energy, image, predictions, timings } = recognition;
  const undecided = predictions.every(({ probability }) => probability === predictions[0].probability);
  const byDigit = predictions.toSorted((a, b) => a.digit - b.digit);
  return {
    guess: undecided ? '' : String(predictions[0].digit),
    refused: digit === null,
    probabilities: byDigit.map(({ probability }) => probability),
    energy,
    image: toBase64(image),
    times: { ...timings, ...times },
  };
}

/** A number as one reading: refused when any of its digits is. */
function toNumberReading(recognitions: readonly Recognition[]): Reading {
  const readings = recognitions.map((each) => toReading(each));
  return {
    guess: readings.map(({ guess }) => guess).join(''),
    refused: readings.length === 0 || readings.some(({ refused }) => refused),
    probabilities: [],
    energy: Math.min(...readings.map(({ energy }) => energy)),
    image: '',
    times: {},
  };
}

/** Loads the network, and keeps it for the life of the page. */
export async function load(options: InferenceServiceOptions): Promise<{ backend: string | null } | { error: string }> {
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
 * Reads pictures through the service as they are, all in one batch.
 * @param base64 28x28 bytes per picture, 0 (paper) to 255 (ink)
 */
export async function readImages(options: InferenceServiceOptions, base64: string): Promise<Answer[]> {
  const pixels = Float32Array.from(fromBase64(base64), (value) => value / 255);
  const count = pixels.length / IMAGE_LENGTH;
  const service = InferenceService.shared(options);
  try {
    const started = performance.now();
    const logits = await service.infer(pixels, count);
    const time = (performance.now() - started) / count;
    return Array.from({ length: count }, (_, index) => {
      const own = logits.subarray(index * DIGITS, (index + 1) * DIGITS);
      const energy = energyScore(own);
      const probabilities = Array.from({ length: DIGITS }, () => 0);
      const predictions = decodeLogits(own, service.temperature);
      for (const { digit, probability } of predictions) probabilities[digit] = probability;
      return {
        guess: String(predictions[0].digit),
        refused: energy < service.leastEnergy,
        probabilities,
        energy,
        image: toBase64(pixels.subarray(index * IMAGE_LENGTH, (index + 1) * IMAGE_LENGTH)),
        times: { image: time },
      };
    });
  } catch (error) {
    return Array.from({ length: count }, () => failure(error));
  }
}

function createCanvas(width: number, height: number) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to paint on.');
  return { canvas, context };
}

function paint(lines: Placed, width: number, height: number, pen: number): HTMLCanvasElement {
  const { canvas, context } = createCanvas(width, height);
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
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

async function toInput(source: Source) {
  if ('strokes' in source) return source.strokes;
  if ('painted' in source) return paint(source.painted, source.width, source.height, source.pen);
  if ('file' in source) return new Blob([fromBase64(source.file)], { type: source.type });
  if ('photograph' in source) {
    const canvas = new OffscreenCanvas(source.width, source.height);
    const pixels = new ImageData(fromBase64(source.photograph), source.width, source.height);
    canvas.getContext('2d')?.putImageData(pixels, 0, 0);
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  }
  const rgba = new Uint8ClampedArray([...fromBase64(source.gray)].flatMap((value) => [value, value, value, 255]));
  return new ImageData(rgba, source.width, source.height);
}

/** Longer side of a thumbnail, in pixels. */
const thumbnailSide = 96;

async function toThumbnail(picture: Blob | ImageData): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  const scale = thumbnailSide / Math.max(bitmap.width, bitmap.height);
  const { canvas, context } = createCanvas(Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale));
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.8);
}

/**
 * Reads samples through `recognize()`, one after the other.
 * @param numbers whether to use `recognizeAll()`
 * @param thumbnails whether to add thumbnails of pictures
 */
export async function read(
  options: InferenceServiceOptions,
  sources: readonly Source[],
  { numbers = false, thumbnails = false } = {},
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const source of sources) {
    try {
      const input = await toInput(source);
      const reading = numbers
        ? toNumberReading(await recognizeAll(input, options))
        : toReading(await recognize(input, options));
      const isPicture = thumbnails && (input instanceof Blob || input instanceof ImageData);
      answers.push(isPicture ? { ...reading, thumbnail: await toThumbnail(input) } : reading);
    } catch (error) {
      answers.push(failure(error));
    }
  }
  return answers;
}

let recognizer: DigitRecognizer | null = null;

/** The answer to what was drawn last, from pointer-up on. */
let answer: Promise<Answer> | null = null;

async function answerTo(element: DigitRecognizer, penUp: number): Promise<Answer> {
  try {
    const recognition = await element.recognitionComplete;
    if (element.multiple) return toNumberReading(element.recognitions);
    if (!recognition) throw new Error('The pad has no ink.');
    return toReading(recognition, { 'pen up to answer': performance.now() - penUp });
  } catch (error) {
    return failure(error);
  }
}

/**
 * Shows a recognizer to draw on.
 * @param multiple whether it reads numbers
 * @returns its pad's box, in CSS pixels of the viewport
 */
export async function showPad({ model, backend }: InferenceServiceOptions, multiple: boolean) {
  const element = document.createElement('digit-recognizer');
  if (model) element.model = model;
  if (backend) element.backend = backend;
  element.multiple = multiple;
  element.addEventListener('pointerup', () => {
    answer = answerTo(element, performance.now());
  });
  document.body.replaceChildren(element);
  recognizer = element;
  await element.updateComplete;
  const pad = element.shadowRoot?.querySelector('digit-pad');
  await pad?.updateComplete;
  const surface = pad?.shadowRoot?.querySelector('[part~="surface"]');
  if (!surface) throw new Error('The pad shows no surface to draw on.');
  const { x, y, width, height } = surface.getBoundingClientRect();
  return { x, y, width, height };
}

/** Waits for the answer to what was drawn since the last call, and clears the pad. */
export async function takeAnswer(): Promise<Answer> {
  const taken = await (answer ?? failure('The pen was never lifted on the pad.'));
  answer = null;
  recognizer?.clear();
  return taken;
}

export interface WriterDrawing {
  readonly writer: string;
  readonly label: string;
  readonly strokes: Strokes;
}

/** The writer who draws, and what was learned from them. */
let current: { readonly writer: string; readonly profile: Profile; corrections: number } | null = null;

/** Reads drawings one after the other, those of a writer in a row, and corrects what is wrong; calls continue each other. */
export async function learn(options: InferenceServiceOptions, drawings: readonly WriterDrawing[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { writer, label, strokes } of drawings) {
    try {
      if (current?.writer !== writer) current = { writer, profile: new WriterProfile(), corrections: 0 };
      const { corrections, profile } = current;
      const without = await recognize(strokes, options);
      const recognition = await recognize(strokes, { ...options, profile });
      const rightWithout = String(without.digit) === label;
      answers.push({ ...toReading(recognition), learning: { writer, corrections, rightWithout } });
      if (String(recognition.digit) === label) continue;
      profile.learn(recognition, Number(label));
      current.corrections += 1;
    } catch (error) {
      answers.push(failure(error));
    }
  }
  return answers;
}
