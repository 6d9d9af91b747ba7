import { withoutTremor, type Size } from '../drawing/index.js';
import type { NormalizationSteps, NormalizedImage } from '../imaging/index.js';
import { nextTask } from '../utils/index.js';
import type { InferenceService, InferenceServiceOptions } from '../inference/index.js';
import { normalizeContent, type SourceContent } from '../sources/index.js';
import type { DecisionOptions, Profile } from './interpret.js';
import { importNumbers, segmentContent } from './import-numbers.js';
import { abortable, LatestWins } from './latest-wins.js';
import type { NumberReader } from './number-reader.js';
import type { Recognition } from './recognition.js';
import { readDigit } from './recognize.js';
import {
  isDrawnOn,
  isInk,
  isPending,
  sourceOf,
  type RecognitionAction,
  type RecognitionState,
  type Source,
} from './state.js';

/** The part of an inference service that is needed. */
export type RecognitionService = Pick<
  InferenceService,
  | 'status'
  | 'progress'
  | 'backend'
  | 'error'
  | 'temperature'
  | 'leastEnergy'
  | 'load'
  | 'infer'
  | 'run'
  | 'modelId'
  | 'firstLayer'
  | 'retain'
  | 'release'
  | 'addEventListener'
>;

/** The model and backend, and how to read. */
export interface ReadingOptions extends InferenceServiceOptions, DecisionOptions {}

/** The owner of a loop. */
export interface ReadingHost {
  readonly state: () => RecognitionState;
  /** Returns the size of the pad that the ink was drawn on; null if unknown. */
  readonly frame: () => Size | null;
  readonly dispatch: (action: RecognitionAction) => void;
  /** Called when the state of the service has changed. */
  readonly changed: () => void;
  /**
   * Returns the service for a model and backend.
   * @throws if there is none
   */
  readonly serviceFor: (options: InferenceServiceOptions) => RecognitionService;
}

interface Connection {
  readonly service: RecognitionService;
  readonly events: AbortController;
}

/**
 * Reads the state's source with a service that it holds while it is needed.
 *
 * At most one inference runs at a time, on the ink at the moment it starts: while a user draws faster than the network
 * answers, intermediate states are skipped.
 */
export class ReadingLoop {
  readonly #host: ReadingHost;
  #numberReader: NumberReader | null = null;
  /** The images that single digits were read from. */
  readonly #images = new WeakMap<Recognition, NormalizedImage>();
  readonly #attempts = new LatestWins(
    () => this.#connection !== null && !this.#state.failure && isPending(this.#state),
    (signal) => this.#attempt(signal),
  );
  #options: ReadingOptions = {};
  #refusal: Error | null = null;
  #profile: Profile | null = null;
  #connection: Connection | null = null;
  #needed = false;
  #loads = false;
  /** The source that the current attempt reads; null until it starts reading. */
  #source: Source | null = null;

  constructor(host: ReadingHost) {
    this.#host = host;
  }

  /** Null if no service is held. */
  get service(): RecognitionService | null {
    return this.#connection?.service ?? null;
  }

  get #state(): RecognitionState {
    return this.#host.state();
  }

  /**
   * Sets the model, the backend and how to read. Rereads the source.
   *
   * @param refusal why nothing can be read with these options; null if it can
   */
  configure(options: ReadingOptions, refusal: Error | null): void {
    const { model, backend, alwaysAnswer } = this.#options;
    const same = options.model === model && options.backend === backend && options.alwaysAnswer === alwaysAnswer;
    if (same && refusal?.message === this.#refusal?.message) return;
    this.#options = options;
    this.#refusal = refusal;
    this.#release();
    const fault = this.#needed && !refusal ? this.#acquire() : null;
    this.#host.dispatch({ type: 'reread', refusal: refusal ?? fault });
  }

  /** Sets the writer's profile. Rereads the source. */
  set profile(profile: Profile | null) {
    if (profile === this.#profile) return;
    this.#profile = profile;
    this.#attempts.abort();
    this.#host.dispatch({ type: 'reread', refusal: this.#state.refusal });
  }

  /** Sets whether a service is needed. If not, the current attempt is aborted. */
  need(needed: boolean): void {
    this.#needed = needed;
    if ((needed && !this.#state.refusal) === (this.#connection !== null)) return;
    if (!needed) this.#release();
    const fault = needed ? this.#acquire() : null;
    if (fault) this.#host.dispatch({ type: 'reread', refusal: fault });
    else this.#host.changed();
  }

  /** Loads the service, now and after each change of service. */
  load(): void {
    this.#loads = true;
    this.#connection?.service.load().catch(() => {
      // Reported by the service's status and error.
    });
    this.prepare();
  }

  /** Fetches the code that reading needs besides the service, so that a ready recognizer keeps reading offline. */
  prepare(): void {
    if (!this.#loads || !this.#state.multiple) return;
    importNumbers().catch(() => {
      // Reading requests it again, and reports the error.
    });
  }

  /** Must be called when the state has changed: there may be something to read. */
  wake(): void {
    if (this.#source && this.#source !== sourceOf(this.#state) && !isDrawnOn(this.#source, sourceOf(this.#state))) {
      this.#attempts.abort();
    }
    this.#attempts.wake();
  }

  /**
   * Returns the steps that led to the image of an answer; null if unknown.
   * @param frame size of the pad that was drawn on
   */
  steps(recognition: Recognition, frame: Size | null): NormalizationSteps | null {
    const sheet = frame ? { x: 0, y: 0, ...frame } : undefined;
    const image = this.#images.get(recognition);
    return image ? (image.steps?.(sheet) ?? null) : (this.#numberReader?.steps(recognition, sheet) ?? null);
  }

  /** Acquires a service; returns why there is none, or null. */
  #acquire(): Error | null {
    try {
      const service = this.#host.serviceFor(this.#options);
      const events = new AbortController();
      service.retain();
      for (const type of ['statuschange', 'progress', 'backendchange']) {
        service.addEventListener(type, () => this.#host.changed(), { signal: events.signal });
      }
      this.#connection = { service, events };
      if (this.#loads) this.load();
      return null;
    } catch (error) {
      return toError(error);
    }
  }

  #release(): void {
    this.#connection?.events.abort();
    this.#connection?.service.release();
    this.#connection = null;
    this.#attempts.abort();
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { service } = this.#connection!;
    let source = sourceOf(this.#state);
    let { reader } = this.#state;
    try {
      // Loading may take seconds; the ink is read as it is afterwards.
      await abortable(service.load(), signal);
      // Reading takes longer than painting the line under the pen, which comes first.
      if (this.#state.drawing) await abortable(nextTask(), signal);
      if (!isPending(this.#state)) return;
      source = this.#source = sourceOf(this.#state);
      reader = this.#state.reader;
      const recognitions = frozen(await abortable(this.#read(source, service, signal), signal));
      this.#host.dispatch({ type: 'answered', answer: { source, reader, recognitions } });
    } catch (error) {
      if (signal.aborted) return;
      // Newer ink, or another way of reading it, gets an attempt of its own, but only if the service still works.
      const isOutdated = source !== sourceOf(this.#state) || reader !== this.#state.reader;
      if (isOutdated && service.status !== 'error') return;
      this.#host.dispatch({ type: 'failed', error: toError(error) });
    } finally {
      this.#source = null;
    }
  }

  async #read(source: Source, service: RecognitionService, signal: AbortSignal): Promise<readonly Recognition[]> {
    const started = performance.now();
    const content = contentOf(source, this.#host.frame());
    const options = { signal, alwaysAnswer: this.#options.alwaysAnswer ?? false, profile: this.#profile };
    const elapsed = (): number => performance.now() - started + (isInk(source) ? 0 : source.prepare);
    if (this.#state.multiple) {
      const { NumberReader } = await importNumbers();
      this.#numberReader ??= new NumberReader();
      const segmentation = await segmentContent(content);
      return this.#numberReader.read(segmentation, elapsed(), service, options);
    }
    const image = await normalizeContent(content);
    const recognition = await readDigit(image, elapsed(), service, options);
    this.#images.set(recognition, image);
    return [recognition];
  }
}

/** @param frame size of the pad that ink was drawn on; null if unknown */
function contentOf(source: Source, frame: Size | null): SourceContent {
  if (!isInk(source)) return source.pixels;
  return frame ? withoutTremor(source, frame) : source;
}

/** Pages must not modify the data that the value is derived from. */
function frozen(recognitions: readonly Recognition[]): readonly Recognition[] {
  for (const recognition of recognitions) {
    [recognition, recognition.predictions, ...recognition.predictions].forEach(Object.freeze);
  }
  return Object.freeze(recognitions);
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
