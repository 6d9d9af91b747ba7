import { InkStore, type ClearOptions, type Strokes } from '../drawing/index.js';
import { checkPixelSource, type NormalizationSteps, type PixelSource } from '../imaging/index.js';
import { InferenceService, type Backend, type InferenceServiceOptions } from '../inference/index.js';
import { NumberReader } from './number-reader.js';
import type { Correction, Recognition } from './recognition.js';
import { readDigit } from './recognize.js';
import {
  hasStrokes,
  loadSource,
  normalizeContent,
  segmentContent,
  type RecognitionSource,
  type SourceContent,
} from '../sources/source.js';

/** What is known at one moment. */
export interface RecognitionSnapshot {
  /** The newest answers from left to right, one unless several digits are read; none when the pad is empty. */
  readonly recognitions: readonly Recognition[];
  /** Which of them is looked at. */
  readonly selected: number;
  /** That one; null when there is none. */
  readonly recognition: Recognition | null;
  /** What the person says that it is, in place of what was recognized; null while they say nothing else. */
  readonly correction: Correction | null;
  /** All that the person says, by the place of the digit. */
  readonly corrections: ReadonlyMap<number, Correction>;
  /** Whether several digits are read. */
  readonly multiple: boolean;
  /** What counts, digit by digit: what the person says, else what was recognized; null where that is no digit. */
  readonly digits: readonly (number | null)[];
  /** Whether the person may say so now. */
  readonly correctable: boolean;
  /** Whether the pen is up and there is an answer to the present ink, the network's or the person's own. */
  readonly settled: boolean;
  /** The service's status; 'error' also when the last request failed. */
  readonly status: InferenceService['status'];
  /** Bytes of what must be loaded before the first answer. `total` is 0 until it is known. */
  readonly progress: { readonly loaded: number; readonly total: number };
  readonly backend: Backend | null;
  readonly error: Error | null;
  /** What is read in place of ink; null while ink is. */
  readonly picture: ReadPicture | null;
}

/** What the store needs of an inference service. */
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
  | 'firstLayer'
  | 'retain'
  | 'release'
  | 'addEventListener'
>;

interface Waiter {
  readonly resolve: (recognition: Recognition | null) => void;
  readonly reject: (error: Error) => void;
}

/** A picture that is read in place of ink. */
export interface ReadPicture {
  readonly pixels: PixelSource;
  /** Name of the file; '' where it is none. */
  readonly name: string;
}

/** What is to be read: the pad's ink, or a picture that was given instead. */
type Subject = { readonly strokes: Strokes } | (ReadPicture & { readonly prepare: number });

const NONE: readonly Recognition[] = [];
const NO_CORRECTIONS: ReadonlyMap<number, Correction> = new Map();

/** Whether `newer` is `older` drawn on, so that an answer for the older one still says something of the newer. */
function continues(older: Subject, newer: Subject): boolean {
  if (!('strokes' in older) || !('strokes' in newer)) return false;
  return (
    older.strokes.length > 0 &&
    older.strokes.length <= newer.strokes.length &&
    older.strokes.every((stroke, index) => stroke.points[0] === newer.strokes[index].points[0])
  );
}

/**
 * Keeps the answer to the present ink. The one state that the elements show.
 *
 * At most one request is under way, and each takes the ink as it is at that moment: while a person draws faster than
 * the network answers, what is between is left out. An answer to ink that has been replaced since is dropped.
 * A failure keeps the ink; the next change, or {@link retry}, asks again.
 */
export class RecognitionStore {
  /** The drawing that is read. */
  readonly ink = new InkStore();

  readonly #serviceFor: (options: InferenceServiceOptions) => RecognitionService;
  readonly #listeners = new Set<() => void>();
  readonly #waiters: Waiter[] = [];
  #options: InferenceServiceOptions = {};
  #service: RecognitionService | null = null;
  #connection: AbortController | null = null;

  #inkStrokes: Strokes = this.ink.snapshot.strokes;
  #subject: Subject = { strokes: this.#inkStrokes };
  #answeredSubject: Subject = this.#subject;
  /** Counts what was asked to be read: a source that is decoded when there is a newer one comes too late. */
  #asked = 0;
  #wanted = false;
  #running = false;
  #multiple = false;
  readonly #numberReader = new NumberReader();
  #recognitions = NONE;
  /** Null: the last one. */
  #selected: number | null = null;
  /** By the place of the digit. */
  #corrections = NO_CORRECTIONS;
  #correctable = false;
  #error: Error | null = null;
  #snapshot: RecognitionSnapshot | null = null;

  /** @param serviceFor gives the service for a model and backend; the page's shared one unless told */
  constructor(
    serviceFor: (options: InferenceServiceOptions) => RecognitionService = (options) =>
      InferenceService.shared(options),
  ) {
    this.#serviceFor = serviceFor;
    this.ink.subscribe(() => this.#inkChanged());
  }

  /** The present state. The same object until something changes. */
  get snapshot(): RecognitionSnapshot {
    const service = this.#service;
    if (this.#snapshot) return this.#snapshot;
    const error = this.#error ?? service?.error ?? null;
    const recognitions = this.#recognitions;
    const corrections = this.#corrections;
    const places = Math.max(recognitions.length, ...[...corrections.keys()].map((place) => place + 1));
    const selected = this.#place;
    this.#snapshot = {
      recognitions,
      selected,
      recognition: recognitions[selected] ?? null,
      correction: corrections.get(selected) ?? null,
      corrections,
      multiple: this.#multiple,
      digits: Array.from(
        { length: places },
        (_, place) => corrections.get(place)?.digit ?? recognitions[place]?.digit ?? null,
      ),
      correctable: this.#correctable,
      settled: (!this.#pending || corrections.size > 0) && !this.ink.snapshot.drawing,
      status: error ? 'error' : (service?.status ?? 'idle'),
      progress: service?.progress ?? { loaded: 0, total: 0 },
      backend: service?.backend ?? null,
      error,
      picture: 'pixels' in this.#subject ? this.#subject : null,
    };
    return this.#snapshot;
  }

  /** Settles when the answer for the present ink is there: null when there is no ink. Rejects when asking failed. */
  get complete(): Promise<Recognition | null> {
    if (!this.#pending) return Promise.resolve(this.snapshot.recognition);
    if (this.#error && !this.#running) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Runs the network, for those who ask more of it than what the ink is; null while disconnected. */
  get service(): RecognitionService | null {
    return this.#service;
  }

  /** How the newest answer's picture was made; null while there is none. */
  get steps(): NormalizationSteps | null {
    const { frame } = this.ink.snapshot;
    const sheet = frame ? { x: 0, y: 0, ...frame } : undefined;
    const { recognition } = this.snapshot;
    if (this.#multiple) return recognition && this.#numberReader.steps(recognition, sheet);
    return normalizeContent(contentOf(this.#answeredSubject)).steps?.(sheet) ?? null;
  }

  /** Whether several digits are read, side by side. The present ink is read anew. */
  set multiple(multiple: boolean) {
    if (multiple === this.#multiple) return;
    this.#multiple = multiple;
    this.#subject = { ...this.#subject };
    this.#renounce();
    this.#changed();
    void this.#answer();
  }

  /** The place of the digit that is looked at. */
  get #place(): number {
    const last = Math.max(0, this.#recognitions.length - 1);
    return Math.min(last, this.#selected ?? last);
  }

  /** Looks at another digit, by its place; null: at the last one, as while a person writes. */
  select(place: number | null): void {
    if (place === this.#selected) return;
    this.#selected = place;
    this.#changed();
  }

  /** Whether the person may correct the answer. What they have said already stays. */
  set correctable(correctable: boolean) {
    if (correctable === this.#correctable) return;
    this.#correctable = correctable;
    this.#changed();
  }

  get #pending(): boolean {
    return this.#answeredSubject !== this.#subject;
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Chooses model and backend. While connected, the present ink is read anew. */
  configure(options: InferenceServiceOptions): void {
    if (options.model === this.#options.model && options.backend === this.#options.backend) return;
    this.#options = options;
    if (!this.#connection) return;
    this.disconnect();
    this.#subject = { ...this.#subject };
    this.connect();
  }

  /** Takes hold of the service and reads what is there. The service is loaded by `load()`, or for the first ink. */
  connect(): void {
    if (this.#connection) return;
    const connection = new AbortController();
    const service = this.#serviceFor(this.#options);
    this.#connection = connection;
    this.#service = service;
    this.#error = null;
    service.retain();
    for (const type of ['statuschange', 'progress', 'backendchange']) {
      service.addEventListener(type, () => this.#changed(), { signal: connection.signal });
    }
    if (this.#wanted) this.load();
    this.#changed();
    void this.#answer();
  }

  /** Loads the service, now and whenever it is exchanged for another. */
  load(): void {
    this.#wanted = true;
    this.#service?.load().catch(() => {
      // The service's status and error tell; they are part of the snapshot.
    });
  }

  /** Lets the service go. The ink and its answer stay. */
  disconnect(): void {
    if (!this.#connection) return;
    this.#connection.abort();
    this.#connection = null;
    this.#service?.release();
    this.#service = null;
    this.#changed();
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#error = null;
    this.load();
    this.#changed();
    void this.#answer();
  }

  /**
   * Reads another source in place of the present ink. Strokes become the ink; for a picture the pad is wiped. Both can
   * be undone. Where something else is drawn or given while the source is decoded, that is read instead.
   *
   * @throws what `recognize()` throws; the ink stays as it was when the source cannot be read
   */
  async recognize(source: RecognitionSource): Promise<Recognition | null> {
    const asked = ++this.#asked;
    const started = performance.now();
    const content = await loadSource(source);
    if (!hasStrokes(content)) checkPixelSource(content);
    if (asked !== this.#asked) return this.complete;
    const prepare = performance.now() - started;
    if (hasStrokes(content)) {
      this.#replaceInk(content);
    } else {
      this.ink.clear();
      this.#subject = { pixels: content, name: nameOf(source), prepare };
      this.#renounce();
      this.retry();
    }
    return this.complete;
  }

  /** Takes away the ink, which can be undone, or the picture that is read in its place, and what the person has said. */
  clear({ history = false }: ClearOptions = {}): void {
    this.#asked += 1;
    this.restore(NO_CORRECTIONS);
    this.#replaceInk([]);
    if (history) this.ink.clear({ history });
  }

  /** The ink is read from now on, also where it is the same as before a picture was read in its place. */
  #replaceInk(strokes: Strokes): void {
    const { picture } = this.snapshot;
    this.ink.replace(strokes, null);
    if (!picture || this.snapshot.picture !== picture) return;
    this.#subject = { strokes: this.#inkStrokes };
    this.#renounce();
    this.#changed();
    void this.#answer();
  }

  /**
   * Takes the person's word for what the digit is. It holds until the ink changes; null, or picking the digit that was
   * recognized, takes it back.
   *
   * @throws {RangeError} when it is no digit
   */
  correct(digit: number | null, by: Correction['by'] = 'picked'): void {
    if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit <= 9)) {
      throw new RangeError(`A correction is a whole number from 0 to 9, or null; it was ${String(digit)}.`);
    }
    // What is typed on an empty pad goes on from what was typed before.
    const empty = this.#recognitions.length === 0 && isEmpty(this.#subject);
    const typed = this.#corrections.size;
    const place = !this.#multiple || !empty ? this.#place : digit === null ? typed - 1 : typed;
    const before = this.#corrections.get(place) ?? null;
    const agrees = by === 'picked' && digit === this.#recognitions[place]?.digit;
    const after = digit === null || agrees ? null : { digit, by };
    if (after?.digit === before?.digit && after?.by === before?.by) return;
    const corrections = new Map(this.#corrections);
    if (after) corrections.set(place, after);
    else corrections.delete(place);
    this.#corrections = corrections.size > 0 ? corrections : NO_CORRECTIONS;
    this.#changed();
  }

  /** Takes the person's word for several digits, by their places: what they had said before the page was left. */
  restore(corrections: ReadonlyMap<number, Correction>): void {
    if (corrections === this.#corrections) return;
    this.#corrections = corrections;
    this.#changed();
  }

  /** Takes back all that the person has said, and looks at the last digit. */
  #renounce(): void {
    this.#corrections = NO_CORRECTIONS;
    this.#selected = null;
  }

  #inkChanged(): void {
    const { strokes, drawing } = this.ink.snapshot;
    if (strokes !== this.#inkStrokes) {
      this.#inkStrokes = strokes;
      this.#asked += 1;
      this.#subject = { strokes };
      this.#renounce();
    }
    // A failed download is not tried again with every move of the pen, but when it lifts.
    if (!drawing && this.#pending) this.#error = null;
    this.#changed();
    void this.#answer();
  }

  async #answer(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    // Whoever changes the ink may be about to change it again.
    await Promise.resolve();
    while (this.#pending && !this.#error && (isEmpty(this.#subject) || this.#connection)) await this.#answerOnce();
    this.#running = false;
    this.#settleWaiters();
  }

  async #answerOnce(): Promise<void> {
    if (isEmpty(this.#subject)) {
      this.#accept(this.#subject, NONE);
      return;
    }
    const service = this.#service;
    const signal = this.#connection?.signal;
    if (!service || !signal) return;
    let subject = this.#subject;
    try {
      // Loading may take seconds; the ink is taken as it is when the network can read it.
      await settledOrAborted(service.load(), signal);
      subject = this.#subject;
      if (isEmpty(subject)) return;
      const recognitions = await this.#read(subject, service, signal);
      if (subject === this.#subject || continues(subject, this.#subject)) this.#accept(subject, recognitions);
    } catch (error) {
      if (signal.aborted) return;
      // Newer ink deserves a try of its own, but only where the service still stands.
      if (subject !== this.#subject && service.status !== 'error') return;
      this.#error = error instanceof Error ? error : new Error(String(error));
      this.#changed();
    }
  }

  async #read(subject: Subject, service: RecognitionService, signal: AbortSignal): Promise<readonly Recognition[]> {
    const started = performance.now();
    const content = contentOf(subject);
    const elapsed = (): number => performance.now() - started + ('prepare' in subject ? subject.prepare : 0);
    if (this.#multiple) {
      const segmentation = segmentContent(content);
      return this.#numberReader.read(segmentation, elapsed(), service, signal);
    }
    const image = normalizeContent(content);
    return [await readDigit(image, elapsed(), service, signal)];
  }

  #accept(subject: Subject, recognitions: readonly Recognition[]): void {
    this.#answeredSubject = subject;
    this.#recognitions = recognitions;
    this.#changed();
  }

  #settleWaiters(): void {
    const error = this.#error;
    if (this.#pending && !error) return;
    for (const { resolve, reject } of this.#waiters.splice(0)) {
      if (this.#pending && error) reject(error);
      else resolve(this.snapshot.recognition);
    }
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of [...this.#listeners]) listener();
  }
}

function contentOf(subject: Subject): SourceContent {
  return 'strokes' in subject ? subject.strokes : subject.pixels;
}

function nameOf(source: RecognitionSource): string {
  return typeof File === 'function' && source instanceof File ? source.name : '';
}

function isEmpty(subject: Subject): boolean {
  return 'strokes' in subject && subject.strokes.length === 0;
}

/** Waits for a promise, but no longer than until the signal is aborted; then rejects with its reason. */
function settledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
