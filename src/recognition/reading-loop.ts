import type { Size } from '../drawing/index.js';
import type { NormalizationSteps, NormalizedImage } from '../imaging/index.js';
import type { InferenceService, InferenceServiceOptions } from '../inference/index.js';
import { normalizeContent, type SourceContent } from '../sources/source.js';
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

/** What is needed of an inference service. */
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

/** Who reads, and how. */
export interface ReadingOptions extends InferenceServiceOptions, DecisionOptions {}

/** What a loop works for. */
export interface ReadingHost {
  readonly state: () => RecognitionState;
  readonly dispatch: (action: RecognitionAction) => void;
  /** The state of the service has changed. */
  readonly changed: () => void;
  /** Gives the service for a model and backend. @throws where there is none */
  readonly serviceFor: (options: InferenceServiceOptions) => RecognitionService;
}

interface Connection {
  readonly service: RecognitionService;
  readonly events: AbortController;
}

/**
 * Reads what the state says that is to be read, by a service that it holds while it is needed.
 *
 * At most one inference is under way, and each takes the ink as it is at that moment: while a user draws faster than the
 * network answers, what is between is left out.
 */
export class ReadingLoop {
  readonly #host: ReadingHost;
  #numberReader: NumberReader | null = null;
  /** What single digits were read from. */
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
  /** What the attempt under way reads; null before it has begun to. */
  #source: Source | null = null;

  constructor(host: ReadingHost) {
    this.#host = host;
  }

  /** Null while no service is held. */
  get service(): RecognitionService | null {
    return this.#connection?.service ?? null;
  }

  get #state(): RecognitionState {
    return this.#host.state();
  }

  /**
   * Says who reads from now on, and how. What is there is read anew.
   *
   * @param refusal why nothing can be read with what is asked for; null when nothing speaks against it
   */
  configure(options: ReadingOptions, refusal: Error | null): void {
    const { model, backend, alwaysAnswer } = this.#options;
    const same = options.model === model && options.backend === backend && options.alwaysAnswer === alwaysAnswer;
    if (same && refusal?.message === this.#refusal?.message) return;
    this.#options = options;
    this.#refusal = refusal;
    this.#release();
    this.#host.dispatch({ type: 'reread', refusal });
    this.need(this.#needed);
  }

  /** What was learned of the writer's hand. What is there is read anew. */
  set profile(profile: Profile | null) {
    if (profile === this.#profile) return;
    this.#profile = profile;
    this.#attempts.abort();
    this.#host.dispatch({ type: 'reread', refusal: this.#state.refusal });
  }

  /** Says whether a service is needed. What was under way is given up when it is no longer. */
  need(needed: boolean): void {
    this.#needed = needed;
    if ((needed && !this.#state.refusal) === (this.#connection !== null)) return;
    if (needed) this.#acquire();
    else this.#release();
    this.#host.changed();
  }

  /** Loads the service, now and whenever it is exchanged for another. */
  load(): void {
    this.#loads = true;
    this.#connection?.service.load().catch(() => {
      // The service's status and error tell.
    });
    this.prepare();
  }

  /** Fetches what reading takes besides the service, so that what is ready to read still reads without a network. */
  prepare(): void {
    if (!this.#loads || !this.#state.multiple) return;
    importNumbers().catch(() => {
      // Reading asks for it again, and reports the error.
    });
  }

  /** Looks at the state, which may have something to be read. */
  wake(): void {
    if (this.#source && this.#source !== sourceOf(this.#state) && !isDrawnOn(this.#source, sourceOf(this.#state))) {
      this.#attempts.abort();
    }
    this.#attempts.wake();
  }

  /** How the picture of an answer was made; null where that is not known. @param frame size of the pad that was drawn on */
  steps(recognition: Recognition, frame: Size | null): NormalizationSteps | null {
    const sheet = frame ? { x: 0, y: 0, ...frame } : undefined;
    const image = this.#images.get(recognition);
    return image ? (image.steps?.(sheet) ?? null) : (this.#numberReader?.steps(recognition, sheet) ?? null);
  }

  #acquire(): void {
    try {
      const service = this.#host.serviceFor(this.#options);
      const events = new AbortController();
      service.retain();
      for (const type of ['statuschange', 'progress', 'backendchange']) {
        service.addEventListener(type, () => this.#host.changed(), { signal: events.signal });
      }
      this.#connection = { service, events };
      if (this.#loads) this.load();
    } catch (error) {
      this.#host.dispatch({ type: 'reread', refusal: toError(error) });
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
    try {
      // Loading may take seconds; the ink is taken as it is when the network can read it.
      await abortable(service.load(), signal);
      if (!isPending(this.#state)) return;
      source = this.#source = sourceOf(this.#state);
      const { reader } = this.#state;
      const recognitions = frozen(await abortable(this.#read(source, service, signal), signal));
      this.#host.dispatch({ type: 'answered', answer: { source, reader, recognitions } });
    } catch (error) {
      // Newer ink deserves a try of its own, but only where the service still stands.
      if (signal.aborted || (source !== sourceOf(this.#state) && service.status !== 'error')) return;
      this.#host.dispatch({ type: 'failed', error: toError(error) });
    } finally {
      this.#source = null;
    }
  }

  async #read(source: Source, service: RecognitionService, signal: AbortSignal): Promise<readonly Recognition[]> {
    const started = performance.now();
    const content = contentOf(source);
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

function contentOf(source: Source): SourceContent {
  return isInk(source) ? source : source.pixels;
}

/** What the value follows from is not for a page to change. */
function frozen(recognitions: readonly Recognition[]): readonly Recognition[] {
  for (const recognition of recognitions) {
    [recognition, recognition.predictions, ...recognition.predictions].forEach(Object.freeze);
  }
  return Object.freeze(recognitions);
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
