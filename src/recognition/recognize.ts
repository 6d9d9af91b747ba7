import type { NormalizedImage } from '../imaging/index.js';
import { InferenceService, type InferenceServiceOptions } from '../inference/index.js';
import { checkOptions } from './check-options.js';
import { abortable } from './latest-wins.js';
import { blankPredictions } from './decode.js';
import { interpret, judge, type DecisionOptions, type Network, type Profile, type ReadOptions } from './interpret.js';
import { readPictures } from './read-pictures.js';
import type { Recognition } from './recognition.js';
import { importNumbers, segmentContent } from './import-numbers.js';
import type { PlacedRecognition } from './number-reader.js';
import { loadSource, normalizeContent, type RecognitionSource, type SourceContent } from '../sources/source.js';

export interface RecognizeOptions extends InferenceServiceOptions, DecisionOptions {
  /** Gives the answer up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * A `WriterProfile`: digits are read as it has learned them, and the recognition carries the `features` that it can
   * learn from.
   */
  readonly profile?: Profile | null;
}

/**
 * Reads one digit.
 *
 * Everything happens on this device: the picture is normalized as MNIST's were and given to the network. A source
 * without ink is answered at once with `digit: null`, without the network. Ink that is no digit, as far as the network
 * can tell, is answered with `digit: null` too, and the nearest guesses.
 *
 * @param source strokes, or a picture of any size with dark ink on light paper or light on dark
 * @throws {DrawingError} `invalid-drawing` for an array that holds anything but strokes
 * @throws {RecognitionError} when any other source cannot be read; `invalid-option` for an option that cannot be
 * @throws {ImagingError} when its pixels make no picture
 * @throws {InferenceError} when the network cannot be loaded or run
 * @throws {LearningError} `other-model` when the profile was made with another model
 */
export async function recognize(source: RecognitionSource, options: RecognizeOptions = {}): Promise<Recognition> {
  return read(source, options, normalizeContent, readDigit);
}

/**
 * Reads a number that is written side by side: several digits, each as {@link recognize} reads one.
 *
 * Where one digit ends and the next begins is decided by what the network makes of the pieces of the ink, alone and
 * together, and by the gaps between them. Digits that touch are parted where the network is surer of the parts.
 *
 * @param source strokes, or a picture of any size with dark ink on light paper or light on dark
 * @returns the digits from left to right, each with the `box` of its ink in the units of the source; none where there is
 *   no ink
 * @throws {DrawingError} `invalid-drawing` for an array that holds anything but strokes
 * @throws {RecognitionError} when any other source cannot be read; `invalid-option` for an option that cannot be
 * @throws {ImagingError} when its pixels make no picture
 * @throws {InferenceError} when the network cannot be loaded or run
 * @throws {LearningError} `other-model` when the profile was made with another model
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

/** Prepares a source, and reads it by the service that the options ask for. */
async function read<Prepared, Answer>(
  source: RecognitionSource,
  options: RecognizeOptions,
  prepare: (content: SourceContent) => Promise<Prepared>,
  answer: (prepared: Prepared, time: number, service: InferenceService, options: ReadOptions) => Promise<Answer>,
): Promise<Answer> {
  const { signal, alwaysAnswer = false, profile, ...serviceOptions } = checkOptions(options);
  signal?.throwIfAborted();
  const started = performance.now();
  // A picture that never loads would be waited for without end.
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

/** The digit in a picture that is normalized already. `prepare`: the milliseconds that this took. */
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
