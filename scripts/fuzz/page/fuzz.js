/** Runs hostile inputs in a page, and tells how each ended. */
import { InferenceService, recognize, recognizeAll } from 'digit-recognizer';
import { damage, hostileFile, hostilePixels, wholeFiles } from './pictures.js';
import { Random } from './random.js';
import { hostileStrokes } from './strokes.js';

/**
 * @typedef {'strokes' | 'pixels' | 'files' | 'assets' | 'models'} Kind
 * @typedef {{ kind: Kind, index: number, what: string }} Finding
 * @typedef {{ endings: Record<string, number>, findings: Finding[] }} Outcome endings: how many, by error code or `answer`
 */

/** An input that has not ended after this time, in milliseconds, hangs. */
const HANG = 60_000;

const typedErrors = ['RecognitionError', 'ImagingError', 'InferenceError', 'DrawingError'];

/** What is wrong with an answer; null where nothing is. @param {import('digit-recognizer').Recognition} answer */
function fault({ digit, confidence, predictions, image }) {
  if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit <= 9)) return `digit ${digit}`;
  if (!(confidence >= 0 && confidence <= 1)) return `confidence ${confidence}`;
  const sum = predictions.reduce((total, { probability }) => total + probability, 0);
  if (predictions.length !== 10 || !(Math.abs(sum - 1) < 1e-4))
    return `${predictions.length} predictions that sum to ${sum}`;
  if (image.length !== 784 || !image.every((value) => value >= 0 && value <= 1)) return 'a picture that is none';
  return null;
}

/** @param {() => Promise<unknown>} run @returns {Promise<{ ending: string, what: string | null }>} */
async function endingOf(run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const hang = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('hangs')), HANG);
  });
  try {
    const answer = await Promise.race([run(), hang]);
    const answers = /** @type {import('digit-recognizer').Recognition[]} */ (Array.isArray(answer) ? answer : [answer]);
    const what = answers.map(fault).find((each) => each !== null) ?? null;
    return { ending: what ? 'wrong answer' : 'answer', what };
  } catch (error) {
    const { name, code, message } = /** @type {Error & { code?: string }} */ (error);
    if (typedErrors.includes(name) && typeof code === 'string' && message.length > 10)
      return { ending: code, what: null };
    return { ending: 'untyped', what: String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Uint8Array} bytes */
function dataUrl(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:application/octet-stream;base64,${btoa(text)}`;
}

/** Runs the network with files of the package that are damaged on their way. @param {Random} random */
async function withDamagedAssets(random) {
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request);
    if (!/\.(wasm|onnx)$/.test(response.url)) return response;
    const bytes = damage(random, new Uint8Array(await response.arrayBuffer()));
    return new Response(bytes, { headers: response.headers });
  };
  try {
    const service = new InferenceService({ model: 'compact', backend: 'wasm' });
    const logits = await service.infer(new Float32Array(784).fill(0.5), 1);
    throw new Error(`Damaged files have run: ${logits.join()}`);
  } finally {
    globalThis.fetch = fetch;
  }
}

/** @param {Random} random @param {Uint8Array} model */
async function withDamagedModel(random, model) {
  const service = new InferenceService({ model: dataUrl(damage(random, model)), backend: 'wasm' });
  service.retain();
  try {
    const logits = await service.infer(new Float32Array(784).fill(0.5), 1);
    if (logits.length !== 10) throw new Error(`${logits.length} logits`);
    return [];
  } finally {
    service.release();
  }
}

/**
 * @param {Kind} kind
 * @param {number} from index of the first input
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<Outcome>}
 */
export async function fuzz(kind, from, count, seed) {
  const files = await wholeFiles();
  const model =
    kind === 'models' ? new Uint8Array(await (await fetch('/models/compact.onnx')).arrayBuffer()) : new Uint8Array();
  const known = Object.getOwnPropertyNames(Object.prototype).join();
  /** @type {Outcome} */
  const outcome = { endings: {}, findings: [] };
  for (let index = from; index < from + count; index += 1) {
    const random = new Random(Math.imul(seed, 1_000_003) + Math.imul(index, 7919));
    const reader = random.below(10) === 0 ? recognizeAll : recognize;
    /** @type {Record<Kind, () => Promise<unknown>>} */
    const inputs = {
      strokes: () => reader(/** @type {never} */ (hostileStrokes(random)), { backend: 'wasm' }),
      pixels: () => reader(/** @type {never} */ (hostilePixels(random)), { backend: 'wasm' }),
      files: () => reader(hostileFile(random, files), { backend: 'wasm' }),
      assets: () => withDamagedAssets(random),
      models: () => withDamagedModel(random, model),
    };
    const { ending, what } = await endingOf(inputs[kind]);
    outcome.endings[ending] = (outcome.endings[ending] ?? 0) + 1;
    if (what) outcome.findings.push({ kind, index, what });
    if (Object.getOwnPropertyNames(Object.prototype).join() !== known || 'polluted' in {}) {
      outcome.findings.push({ kind, index, what: 'Object.prototype has been changed' });
    }
    if ('pwned' in globalThis) outcome.findings.push({ kind, index, what: 'a script in a file has run' });
  }
  return outcome;
}

Object.assign(globalThis, { fuzz });
