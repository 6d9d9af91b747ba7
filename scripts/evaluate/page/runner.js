/** The page's side of an evaluation: gives samples to the built package and hands its answers back. */

/** @import { Answer, Reading } from '../statistics.js' */
/** @import { Strokes } from '../../../src/drawing/index.js' */
/** @import { InferenceServiceOptions } from '../../../src/inference/index.js' */
/** @import { DigitRecognizer } from '../../../src/elements/digit-recognizer.js' */
/** @typedef {typeof import('../../../src/index.js')} Package */

/** Built, and served beside this page. */
const packageUrl = new URL('/package/digit-recognizer.js', import.meta.url).href;

/** @type {unknown} */
const built = await import(packageUrl);
const { InferenceService, recognize } = /** @type {Package} */ (built);

const pixelCount = 28 * 28;
const digits = 10;

/** @param {unknown} error @returns {{ error: string }} */
function failure(error) {
  return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/**
 * @param {readonly number[]} probabilities by digit
 * @param {{ energy: number, refused: boolean }} rejection
 * @param {Record<string, number>} times
 * @returns {Reading}
 */
function reading(probabilities, rejection, times) {
  const best = Math.max(...probabilities);
  const undecided = probabilities.every((probability) => probability === best);
  return {
    digit: undecided ? null : probabilities.indexOf(best),
    probabilities: [...probabilities],
    ...rejection,
    times,
  };
}

/** @param {import('../../../src/index.js').Recognition} recognition @param {Record<string, number>} times */
function recognitionReading({ digit, energy, predictions, timings }, times = {}) {
  const probabilities = predictions.toSorted((a, b) => a.digit - b.digit).map(({ probability }) => probability);
  return reading(probabilities, { energy, refused: digit === null }, { ...timings, ...times });
}

/** @param {Float32Array} logits ten @param {number} temperature */
function softmax(logits, temperature) {
  const most = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The energy score, as the product computes it. @param {Float32Array} logits ten */
function energyScore(logits) {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
}

/**
 * Loads the network, and keeps it for the life of the page.
 * @param {InferenceServiceOptions} options
 * @returns {Promise<{ backend: string | null } | { error: string }>} what runs it, or why nothing does
 */
export async function load(options) {
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
 * Reads pictures through the service, all in one batch, as they are.
 * @param {InferenceServiceOptions} options
 * @param {string} base64 28x28 bytes per picture, 0 (paper) to 255 (ink)
 * @returns {Promise<Answer[]>}
 */
export async function readImages(options, base64) {
  const pixels = Float32Array.from(atob(base64), (character) => character.charCodeAt(0) / 255);
  const count = pixels.length / pixelCount;
  const service = InferenceService.shared(options);
  try {
    const started = performance.now();
    const logits = await service.infer(pixels, count);
    const image = (performance.now() - started) / count;
    return Array.from({ length: count }, (_, index) => {
      const scores = logits.subarray(index * digits, (index + 1) * digits);
      const energy = energyScore(scores);
      const refused = energy < service.leastEnergy;
      return reading(softmax(scores, service.temperature), { energy, refused }, { image });
    });
  } catch (error) {
    return Array.from({ length: count }, () => failure(error));
  }
}

/**
 * Reads pictures through `recognize()`, one after the other.
 * @param {InferenceServiceOptions} options
 * @param {string} base64 one byte of grey per pixel, of squares one after the other
 * @param {number} side width and height of a square
 * @returns {Promise<Answer[]>}
 */
export async function readPictures(options, base64, side) {
  const grey = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  /** @type {Answer[]} */
  const answers = [];
  for (let start = 0; start < grey.length; start += side * side) {
    const picture = new ImageData(side, side);
    for (let pixel = 0; pixel < side * side; pixel += 1) {
      picture.data.fill(grey[start + pixel], pixel * 4, pixel * 4 + 3);
      picture.data[pixel * 4 + 3] = 255;
    }
    try {
      answers.push(recognitionReading(await recognize(picture, options)));
    } catch (error) {
      answers.push(failure(error));
    }
  }
  return answers;
}

/**
 * Reads drawings through `recognize()`, one after the other.
 * @param {InferenceServiceOptions} options
 * @param {readonly Strokes[]} drawings
 * @returns {Promise<Answer[]>}
 */
export async function readDrawings(options, drawings) {
  /** @type {Answer[]} */
  const answers = [];
  for (const strokes of drawings) {
    try {
      answers.push(recognitionReading(await recognize(strokes, options)));
    } catch (error) {
      answers.push(failure(error));
    }
  }
  return answers;
}

/** @type {DigitRecognizer | null} */
let recognizer = null;

/** Waits for the answer to what was drawn last. Begun when the pen lifts. @type {Promise<Answer> | null} */
let answer = null;

/** @param {DigitRecognizer} element @param {number} penUp */
async function answerTo(element, penUp) {
  try {
    const recognition = await element.recognitionComplete;
    if (!recognition) throw new Error('The pad has no ink.');
    return recognitionReading(recognition, { 'pen up to answer': performance.now() - penUp });
  } catch (error) {
    return failure(error);
  }
}

/**
 * Shows a recognizer to draw on.
 * @param {InferenceServiceOptions} options
 * @returns {Promise<{ x: number, y: number, side: number }>} where its pad is, in CSS pixels of the viewport
 */
export async function showPad({ model, backend }) {
  const element = document.createElement('digit-recognizer');
  if (model) element.model = model;
  if (backend) element.backend = backend;
  const pad = document.createElement('digit-pad');
  element.append(pad);
  element.addEventListener('pointerup', () => {
    answer = answerTo(element, performance.now());
  });
  document.body.replaceChildren(element);
  recognizer = element;
  await element.updateComplete;
  await pad.updateComplete;
  const surface = pad.shadowRoot?.querySelector('[part~="surface"]');
  if (!surface) throw new Error('The pad shows no surface to draw on.');
  const { x, y, width, height } = surface.getBoundingClientRect();
  return { x, y, side: Math.min(width, height) };
}

/** Waits for the answer to what was drawn since the last call, and wipes the pad. @returns {Promise<Answer>} */
export async function takeAnswer() {
  const taken = await (answer ?? failure('The pen was never lifted on the pad.'));
  answer = null;
  recognizer?.clear();
  return taken;
}
