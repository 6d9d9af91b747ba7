import type { NormalizedImage } from '../imaging/index.js';
import { InferenceService, type InferenceServiceOptions } from '../inference/index.js';
import { loadSource, normalizeContent, type RecognitionSource, type SourceContent } from '../sources/index.js';
import { checkOptions } from './check-options.js';
import { abortable } from './latest-wins.js';
import { blankPredictions } from './decode.js';
import { interpret, judge, type DecisionOptions, type Network, type Profile, type ReadOptions } from './interpret.js';
import { readPictures } from './read-pictures.js';
import type { PlacedRecognition, Recognition } from './recognition.js';
import { importNumbers, segmentContent } from './import-numbers.js';

export interface RecognizeOptions extends InferenceServiceOptions, DecisionOptions {
  /** Aborts the request; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * A `WriterProfile`: digits are read according to it, and recognitions include the `features` that it can learn from.
   */
  readonly profile?: Profile | null;
}

/**
 * Reads one digit.
 *
 * Everything happens on this device: the source is normalized like MNIST's images and passed to the network, as it is
 * and slightly rotated both ways; the logits are averaged. A source without ink is answered immediately with
 * `digit: null`, without the network. Ink that the network considers a non-digit is also answered with `digit: null`,
 * and with the nearest guesses.
 *
 * @param source strokes, in any units; since their scale is unknown, a stroke counts as a dot only if all its points
 *   coincide; or a picture of any size with dark ink on light paper or light on dark
 * @throws {DrawingError} `invalid-drawing` for an array that contains anything but strokes
 * @throws {RecognitionError} if any other source cannot be read; `invalid-option` for an invalid option
 * @throws {ImagingError} if the pixels are not a valid picture
 * @throws {InferenceError} if the network cannot be loaded or run
 * @throws {LearningError} `other-model` if the profile was made with another model
 */
export async function recognize(source: RecognitionSource, options: RecognizeOptions = {}): Promise<Recognition> {
  return read(source, options, normalizeContent, readDigit);
}

/**
 * Reads a number: several digits side by side, each read like {@link recognize} does.
 *
 * Where one digit ends and the next begins follows from the network's answers for pieces of the ink, alone and
 * together, and from the gaps between them. Touching digits are separated if the network is more certain of the parts.
 * Only the first row is read, without small marks beside the digits: dashes, dots, commas and percent signs, and in
 * strokes also parentheses and plus signs.
 *
 * @param source strokes, or a picture of any size with dark ink on light paper or light on dark
 * @returns the digits from left to right, each with the `box` of its ink in the units of the source; empty without ink
 * @throws {DrawingError} `invalid-drawing` for an array that contains anything but strokes
 * @throws {RecognitionError} if any other source cannot be read; `invalid-option` for an invalid option
 * @throws {ImagingError} if the pixels are not a valid picture
 * @throws {InferenceError} if the network cannot be loaded or run
 * @throws {LearningError} `other-model` if the profile was made with another model
 */
export async function recognizeAll(
  source: RecognitionSource,
  options: RecognizeOptions = {},
): Promise<PlacedRecognition[]> {
  return read(source, options, segmentContent, async (...ink) => {
    const { NumberReader } = await importNumbers();
    return new NumberReader().read(...ink);
  });
}

/** Prepares a source, and reads it with the service for these options. */
async function read<Prepared, Answer>(
  source: RecognitionSource,
  options: RecognizeOptions,
  prepare: (content: SourceContent) => Promise<Prepared>,
  answer: (prepared: Prepared, time: number, service: InferenceService, options: ReadOptions) => Promise<Answer>,
): Promise<Answer> {
  const { signal, alwaysAnswer = false, profile, ...serviceOptions } = checkOptions(options);
  signal?.throwIfAborted();
  const started = performance.now();
  // Otherwise, a picture that never loads could not be aborted.
  const preparing = loadSource(source).then(prepare);
  const prepared = await (signal ? abortable(preparing, signal) : preparing);
  const time = performance.now() - started;
  signal?.throwIfAborted();
  const service = InferenceService.shared(serviceOptions);
  service.retain();
  try {
    return await answer(prepared, time, service, { signal, alwaysAnswer, profile });
  } finally {
    service.release();
  }
}

/**
 * Reads the digit in a normalized image.
 *
 * @param prepare milliseconds that normalizing took
 * @internal
 */
export async function readDigit(
  { pixels, blank }: NormalizedImage,
  prepare: number,
  service: Network,
  options: ReadOptions = {},
): Promise<Recognition> {
  if (blank) {
    return {
      digit: null,
      reason: 'blank',
      confidence: 0,
      predictions: blankPredictions(),
      energy: -Infinity,
      image: pixels,
      learned: false,
      features: null,
      backend: service.backend ?? 'wasm',
      timings: { prepare, infer: 0 },
    };
  }
  const started = performance.now();
  const [output] = await readPictures([pixels], service, options);
  const timings = { prepare, infer: performance.now() - started };
  return judge(interpret(output, pixels, service, timings), service.leastEnergy, options);
}
