/** The page's side of an evaluation: gives samples to the built package and hands its answers back. */

/** @import { Placed } from '../redrawings.js' */
/** @import { Answer, Reading } from '../statistics.js' */
/** @import { Strokes } from '../../../src/drawing/index.js' */
/** @import { InferenceServiceOptions } from '../../../src/inference/index.js' */
/** @import { DigitRecognizer } from '../../../src/elements/digit-recognizer/digit-recognizer.js' */
/** @typedef {typeof import('../../../src/index.js')} Package */

/** Built, and served beside this page. */
const packageUrl = new URL('/package/digit-recognizer.js', import.meta.url).href;

/** @type {unknown} */
const built = await import(packageUrl);
const { InferenceService, recognize, recognizeAll } = /** @type {Package} */ (built);

const pixelCount = 28 * 28;
const digits = 10;

/** Width and height of the canvas that drawings are painted on, in pixels. */
const canvasSide = 280;

/** @param {unknown} error @returns {{ error: string }} */
function failure(error) {
  return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/** @param {Float32Array} image 28x28, 0 (paper) to 1 (ink) @returns {string} a byte per pixel, as base64 */
function toBase64(image) {
  return btoa(String.fromCharCode(...Array.from(image, (value) => Math.round(value * 255))));
}

/**
 * @param {Float32Array} image what the network saw
 * @param {readonly number[]} probabilities by digit
 * @param {{ energy: number, refused: boolean }} rejection
 * @param {Record<string, number>} times
 * @returns {Reading}
 */
function reading(image, probabilities, rejection, times) {
  const best = Math.max(...probabilities);
  const undecided = probabilities.every((probability) => probability === best);
  return {
    digit: undecided ? null : probabilities.indexOf(best),
    probabilities: [...probabilities],
    ...rejection,
    image: toBase64(image),
    times,
  };
}

/** @param {import('../../../src/index.js').Recognition} recognition @param {Record<string, number>} times */
function recognitionReading({ digit, energy, image, predictions, timings }, times = {}) {
  const probabilities = predictions.toSorted((a, b) => a.digit - b.digit).map(({ probability }) => probability);
  return reading(image, probabilities, { energy, refused: digit === null }, { ...timings, ...times });
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
    const time = (performance.now() - started) / count;
    return Array.from({ length: count }, (_, index) => {
      const scores = logits.subarray(index * digits, (index + 1) * digits);
      const energy = energyScore(scores);
      const refused = energy < service.leastEnergy;
      const image = pixels.subarray(index * pixelCount, (index + 1) * pixelCount);
      return reading(image, softmax(scores, service.temperature), { energy, refused }, { image: time });
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

/** A picture as a phone would save it. @param {ImageData} picture @returns {Promise<Blob>} */
async function toJpeg(picture) {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

/**
 * Reads photographs through `recognize(blob)`, one after the other, each a JPEG file.
 * @param {InferenceServiceOptions} options
 * @param {string} base64 RGBA of squares one after the other
 * @param {number} side width and height of a square
 * @returns {Promise<Answer[]>}
 */
export async function readPhotographs(options, base64, side) {
  const bytes = Uint8ClampedArray.from(atob(base64), (character) => character.charCodeAt(0));
  /** @type {Answer[]} */
  const answers = [];
  for (let start = 0; start < bytes.length; start += side * side * 4) {
    const picture = new ImageData(bytes.slice(start, start + side * side * 4), side, side);
    try {
      answers.push(recognitionReading(await recognize(await toJpeg(picture), options)));
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

/** @param {Placed} drawing @param {number} penWidth share of the side */
function paintOne(drawing, penWidth) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = canvasSide;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to paint on.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvasSide, canvasSide);
  context.lineWidth = penWidth * canvasSide;
  context.lineCap = context.lineJoin = 'round';
  for (const [start, ...rest] of drawing) {
    context.beginPath();
    context.moveTo(start.x * canvasSide, start.y * canvasSide);
    // A line to where it starts shows a stroke of one point as a dot.
    for (const { x, y } of [start, ...rest]) context.lineTo(x * canvasSide, y * canvasSide);
    context.stroke();
  }
  return canvas;
}

/**
 * Paints drawings on a canvas, black on white with a round pen, and reads them through `recognize()`.
 * @param {InferenceServiceOptions} options
 * @param {readonly Placed[]} drawings
 * @param {number} penWidth share of the canvas's side
 * @returns {Promise<Answer[]>}
 */
export async function paint(options, drawings, penWidth) {
  /** @type {Answer[]} */
  const answers = [];
  for (const drawing of drawings) {
    try {
      answers.push(recognitionReading(await recognize(paintOne(drawing, penWidth), options)));
    } catch (error) {
      answers.push(failure(error));
    }
  }
  return answers;
}

/** @param {readonly import('../../../src/index.js').Recognition[]} recognitions @returns {string} '?' for what is no digit */
const digitsOf = (recognitions) => recognitions.map(({ digit }) => digit ?? '?').join('');

/**
 * Reads numbers through `recognizeAll()`, one after the other.
 * @param {InferenceServiceOptions} options
 * @param {readonly Strokes[]} numbers
 * @returns {Promise<string[]>} what was read, or why nothing was
 */
export async function readNumbers(options, numbers) {
  const answers = [];
  for (const strokes of numbers) {
    answers.push(await recognizeAll(strokes, options).then(digitsOf, (error) => failure(error).error));
  }
  return answers;
}

/** Height of painted digits, the margin around them and the width of the pen, in pixels. */
const numberSheet = { height: 120, margin: 40, pen: 9 };

/**
 * Paints numbers on a canvas, black on white with a round pen, and reads them through `recognizeAll()`.
 * @param {InferenceServiceOptions} options
 * @param {readonly Strokes[]} numbers their digits are one high, and stand around 0 to 1
 * @returns {Promise<string[]>} what was read, or why nothing was
 */
export async function paintNumbers(options, numbers) {
  const { height, margin, pen } = numberSheet;
  const answers = [];
  for (const strokes of numbers) {
    const right = Math.max(...strokes.flatMap(({ points }) => points.map(({ x }) => x)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(right * height) + 2 * margin;
    canvas.height = 2 * height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser gives no canvas to paint on.');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.lineWidth = pen;
    context.lineCap = context.lineJoin = 'round';
    for (const { points } of strokes) {
      context.beginPath();
      for (const { x, y } of [points[0], ...points]) context.lineTo(x * height + margin, y * height + height / 2);
      context.stroke();
    }
    answers.push(await recognizeAll(canvas, options).then(digitsOf, (error) => failure(error).error));
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

/**
 * Shows a recognizer of several digits to draw on.
 * @param {InferenceServiceOptions} options
 * @returns {Promise<{ x: number, y: number, width: number, height: number }>} where its pad is, in CSS pixels of the
 *   viewport
 */
export async function showNumberPad({ model, backend }) {
  const element = document.createElement('digit-recognizer');
  if (model) element.model = model;
  if (backend) element.backend = backend;
  element.multiple = true;
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

/** Waits for the answer to the number that was drawn, and wipes the pad. @returns {Promise<string>} */
export async function takeNumber() {
  if (!recognizer) throw new Error('No pad is shown.');
  try {
    await recognizer.recognitionComplete;
    return digitsOf(recognizer.recognitions);
  } catch (error) {
    return failure(error).error;
  } finally {
    recognizer.clear();
  }
}

/** Waits for the answer to what was drawn since the last call, and wipes the pad. @returns {Promise<Answer>} */
export async function takeAnswer() {
  const taken = await (answer ?? failure('The pen was never lifted on the pad.'));
  answer = null;
  recognizer?.clear();
  return taken;
}
