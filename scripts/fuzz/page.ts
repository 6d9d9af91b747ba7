/** Gives hostile inputs to the package, and reports how each ended. */
import fc from 'fast-check';
import type { Recognition } from '../../src/index.js';
import { DIGITS, IMAGE_LENGTH } from '../../src/model/shapes.js';
import { damage, damages, hostileFiles, hostilePixels, hostileStrokes, type Damage } from './inputs.js';

/** The built package, where a CDN has it: beside onnxruntime-web. */
const { InferenceService, recognize, recognizeAll } = (await import(
  new URL('/npm/digit-recognizer@0.0.0/dist/cdn/digit-recognizer.js', document.baseURI).href
)) as typeof import('../../src/index.js');

export type Kind = 'strokes' | 'pixels' | 'files' | 'assets' | 'models';

export interface Finding {
  readonly kind: Kind;
  readonly what: string;
  /** The smallest input found, and where fast-check finds it again. */
  readonly input: string;
  readonly seed: number;
  readonly path: string;
}

export interface FuzzOutcome {
  /** How many inputs ended so, by error code or `answer`. */
  readonly endings: Record<string, number>;
  /** The first input that ended otherwise. */
  readonly finding: Finding | null;
}

/** After this time in milliseconds, an input is considered to hang. */
const hang = 60_000;

const typedErrors = ['RecognitionError', 'ImagingError', 'InferenceError', 'DrawingError'];

/** @throws {Error} when an answer is invalid */
function check({ digit, confidence, predictions, image }: Recognition): void {
  const sum = predictions.reduce((total, { probability }) => total + probability, 0);
  if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit < DIGITS)) throw new Error(`digit ${digit}`);
  if (!(confidence >= 0 && confidence <= 1)) throw new Error(`confidence ${confidence}`);
  if (predictions.length !== DIGITS || !(Math.abs(sum - 1) < 1e-4)) {
    throw new Error(`${predictions.length} predictions that sum to ${sum}`);
  }
  if (image.length !== IMAGE_LENGTH || !image.every((value) => value >= 0 && value <= 1))
    throw new Error('an invalid picture');
}

/**
 * @returns the code of a typed error, or `answer`
 * @throws {Error} when the run ends otherwise
 */
async function endingOf(run: () => Promise<Recognition | readonly Recognition[]>): Promise<string> {
  try {
    const answers = await run();
    for (const answer of 'length' in answers ? answers : [answers]) check(answer);
    return 'answer';
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    if (typedErrors.includes(name) && typeof code === 'string' && message.length > 10) return code;
    throw error;
  }
}

/** Runs the network with files of the package that are damaged in transit. */
async function withDamagedAssets(how: Damage): Promise<never> {
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request);
    if (!/\.(wasm|onnx)$/.test(response.url)) return response;
    return new Response(damage(await response.bytes(), how), { headers: response.headers });
  };
  try {
    const logits = await new InferenceService({ model: 'compact', backend: 'wasm' }).infer(
      new Float32Array(IMAGE_LENGTH),
      1,
    );
    throw new Error(`Damaged files have run: ${logits.join()}`);
  } finally {
    globalThis.fetch = fetch;
  }
}

async function withDamagedModel(model: Uint8Array, how: Damage): Promise<[]> {
  const file = new FileReader();
  const url = new Promise<string>((resolve) => (file.onload = () => resolve(file.result as string)));
  file.readAsDataURL(new Blob([damage(model, how)], { type: 'application/octet-stream' }));
  const service = new InferenceService({ model: await url, backend: 'wasm' });
  service.retain();
  try {
    const logits = await service.infer(new Float32Array(IMAGE_LENGTH).fill(0.5), 1);
    if (logits.length !== DIGITS) throw new Error(`${logits.length} logits`);
    return [];
  } finally {
    service.release();
  }
}

const options = { backend: 'wasm' } as const;
const many = fc.integer({ min: 0, max: 9 }).map((value) => value === 0);

/** The inputs of a kind, and how they are given to the package. */
async function propertyOf(kind: Kind): Promise<[fc.Arbitrary<unknown>, (input: never) => Promise<string>]> {
  const read = (inputs: fc.Arbitrary<unknown>): Awaited<ReturnType<typeof propertyOf>> => [
    fc.record({ input: inputs, all: many }),
    ({ input, all }: { input: never; all: boolean }) =>
      endingOf(() => (all ? recognizeAll : recognize)(input, options)),
  ];
  if (kind === 'strokes') return read(hostileStrokes);
  if (kind === 'pixels') return read(hostilePixels);
  if (kind === 'files') return read(await hostileFiles());
  if (kind === 'assets') return [damages, (how: Damage) => endingOf(() => withDamagedAssets(how))];
  const model = await (await fetch('/models/compact.onnx')).bytes();
  return [damages, (how: Damage) => endingOf(() => withDamagedModel(model, how))];
}

export async function fuzz(kind: Kind, count: number, seed: number): Promise<FuzzOutcome> {
  const endings: Record<string, number> = {};
  const known = Object.getOwnPropertyNames(Object.prototype).join();
  const [inputs, run] = await propertyOf(kind);
  const property = fc.asyncProperty(inputs, async (input) => {
    const ending = await run(input as never);
    endings[ending] = (endings[ending] ?? 0) + 1;
    if (Object.getOwnPropertyNames(Object.prototype).join() !== known || 'polluted' in {}) {
      throw new Error('Object.prototype has been changed.');
    }
    if ('pwned' in globalThis) throw new Error('A script in a file has run.');
  });
  const details = await fc.check(property, { seed, numRuns: count, timeout: hang });
  if (!details.failed) return { endings, finding: null };
  const input = fc.stringify(details.counterexample).slice(0, 2000);
  const path = details.counterexamplePath ?? '';
  return { endings, finding: { kind, what: String(details.errorInstance), input, seed: details.seed, path } };
}
