import { describeValue } from '../utils/index.js';
import { copyStrokes, InkStore, type ClearOptions, type Size, type Strokes } from '../drawing/index.js';
import type { NormalizationSteps } from '../imaging/index.js';
import { InferenceService, type InferenceServiceOptions } from '../inference/index.js';
import { hasStrokes, isA, loadSource, RecognitionError, type RecognitionSource } from '../sources/index.js';
import { ReadingLoop, type ReadingOptions, type RecognitionService } from './reading-loop.js';
import type { Correction, Recognition } from './recognition.js';
import { snapshotOf, type PartSettings, type RecognitionSnapshot } from './snapshot.js';
import {
  initialState,
  isDecoding,
  isPending,
  reduce,
  type Author,
  type Corrections,
  type Offer,
  type RecognitionAction,
  type RecognitionState,
} from './state.js';
import { Teaching, type Learner } from './teaching.js';
import { Waiters } from './waiters.js';

const NO_SETTINGS: PartSettings = { disabled: false, readOnly: false, correctable: false, label: '', invalid: false };

/**
 * Holds the state of a recognizer and keeps its answer up to date. Each request of a user or page is one method here,
 * regardless of its origin.
 *
 * Answers to ink that has been replaced are dropped. A failure keeps the ink; the next change, or {@link retry}, tries
 * again.
 */
export class RecognitionStore {
  /** The drawing to read. Direct changes to it count as the user's. */
  readonly ink = new InkStore();

  readonly #loop: ReadingLoop;
  readonly #listeners = new Set<() => void>();
  readonly #waiters = new Waiters();
  #state = initialState(this.ink.snapshot.strokes);
  #settings = NO_SETTINGS;
  /** The ink when no pen was down last. */
  #drawn = this.ink.snapshot.strokes;
  #connected = false;
  /** Who is changing the ink. */
  #author: Author = 'user';
  /** Whether more changes follow, and listeners are to be called once for all of them. */
  #quiet = false;
  #snapshot: RecognitionSnapshot | null = null;
  readonly #teaching = new Teaching();

  /** @param serviceFor returns the service for a model and backend, or throws; the page's shared one by default */
  constructor(
    serviceFor: (options: InferenceServiceOptions) => RecognitionService = (options) =>
      InferenceService.shared(options),
  ) {
    this.#loop = new ReadingLoop({
      state: () => this.#state,
      frame: () => this.ink.snapshot.frame,
      dispatch: (action) => this.#dispatch(action),
      changed: () => {
        if (!this.#quiet) this.#changed();
      },
      serviceFor,
    });
    this.ink.subscribe(() => {
      const { strokes, canRedo } = this.ink.snapshot;
      // Undone ink can be redone, and a discarded stroke counts as never started, so nothing is settled.
      if (strokes.length === 0 && !canRedo && strokes !== this.#drawn) this.settle();
      // A listener may have changed it meanwhile.
      const { strokes: now, drawing } = this.ink.snapshot;
      if (!drawing) this.#drawn = now;
      this.#dispatch({ type: 'ink', strokes: now, drawing, author: this.#author });
    });
  }

  /** The current state, as elements show it. The same object until something changes. */
  get snapshot(): RecognitionSnapshot {
    this.#snapshot ??= snapshotOf(this.#state, this.#settings, this.#loop.service);
    return this.#snapshot;
  }

  /**
   * Settles when the current source has been read; resolves to null if there is none, and rejects if reading failed.
   * Connects to a service in the meantime if necessary.
   */
  get complete(): Promise<Recognition | null> {
    const answer = this.#waiters.wait();
    this.#waiters.settle(this.#state, () => this.snapshot.recognition);
    this.#connect();
    return answer;
  }

  /** The service that runs the network, for other requests to it; null while disconnected. */
  get service(): RecognitionService | null {
    return this.#loop.service;
  }

  /** The steps that led to the image of the latest answer; null if there is none. */
  get steps(): NormalizationSteps | null {
    const { recognition } = this.snapshot;
    return recognition && this.#loop.steps(recognition, this.ink.snapshot.frame);
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sets how the parts behave, and their label. */
  setPartSettings(settings: Partial<PartSettings>): void {
    const changed = { ...this.#settings, ...settings };
    if ((Object.keys(changed) as (keyof PartSettings)[]).every((key) => Object.is(changed[key], this.#settings[key])))
      return;
    this.#settings = changed;
    this.#changed();
  }

  /** Sets whether several digits are read. Rereads the source. */
  set multiple(multiple: boolean) {
    this.#dispatch({ type: 'multiple', multiple });
    this.#loop.prepare();
  }

  /**
   * Sets the model, the backend and how to read. Rereads the source.
   *
   * @param refusal why nothing can be read with these options; null if it can
   */
  configure(options: ReadingOptions, refusal: Error | null = null): void {
    this.#together(() => this.#loop.configure(options, refusal));
  }

  /** Sets the learner of the user's corrections, or null. Rereads the source. */
  set learner(learner: Learner | null) {
    this.#teaching.learner = learner;
    this.#loop.profile = learner;
  }

  /**
   * Has the learner learn the corrections of the current source. Called when the source is replaced; must be called
   * when its value is used. Corrections that are undone, taken back or drawn over before that are not learned.
   */
  settle(): void {
    this.#teaching.settle(this.#state);
  }

  /** Retains the service and reads the source. The service is loaded by `load()`, or for the first ink. */
  connect(): void {
    this.#connected = true;
    this.#dispatch({ type: 'retry' });
    this.#connect();
  }

  /** Releases the service, unless someone still waits for an answer. Ink and answer are kept. */
  disconnect(): void {
    this.#connected = false;
    this.#connect();
  }

  /** Loads the service, now and after each change of service. */
  load(): void {
    this.#loop.load();
  }

  /** Tries again after a failure. */
  retry(): void {
    const { offer } = this.#state;
    if (offer?.fault) void this.recognize(offer.source, offer.author).catch(() => {});
    this.#dispatch({ type: 'retry' });
    this.load();
    this.#changed();
  }

  /**
   * Reads another source instead of the current one. Strokes become the ink; for a picture, the pad is cleared. Undoing
   * restores the ink before. Nothing is settled while the source is decoded; if other ink or another source arrives in
   * the meantime, that is read instead.
   *
   * @throws the errors of `recognize()`; if the source cannot be read, the ink is left unchanged
   */
  async recognize(source: RecognitionSource, author: Author = 'page'): Promise<Recognition | null> {
    const offer: Offer = { source, author, fallback: fallbackOf(this.#state, author), fault: null };
    this.#dispatch({ type: 'offer', offer });
    const started = performance.now();
    const content = await loadSource(source).catch((fault: Error) => {
      this.#dispatch({ type: 'offer-failed', offer, fault });
      throw fault;
    });
    if (offer !== this.#state.offer) {
      this.#dispatch({ type: 'offer-replaced', offer });
      return this.complete;
    }
    const prepare = performance.now() - started;
    if (hasStrokes(content)) {
      this.replaceInk(content, null, author);
    } else {
      this.settle();
      const picture = { pixels: content, name: nameOf(source), prepare };
      this.#changeInk(author, () => this.ink.clear(), { type: 'picture', picture, author });
      this.retry();
    }
    return this.complete;
  }

  /**
   * Replaces the ink, a picture, corrections and a set value by strokes. Can be undone. The current ink has no effect, as
   * when a page mirrors it.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink is left unchanged
   */
  replaceInk(strokes: Strokes, frame: Size | null, author: Author = 'page'): void {
    const copy = copyStrokes(strokes);
    if (copy === this.#state.ink && !this.#state.picture && !isDecoding(this.#state)) return;
    this.settle();
    this.#changeInk(author, () => this.ink.replace(copy, frame), { type: 'clear', author });
  }

  /**
   * Clears the ink, which can be undone, or the picture that is read instead, and corrections and a set value.
   *
   * @param options `history: true` also discards the history of the ink
   */
  clear(author: Author = 'page', options: ClearOptions = {}): void {
    this.settle();
    this.#changeInk(author, () => this.ink.clear(options), { type: 'clear', author });
  }

  /** Clears everything, including the history, and restores the initial value. */
  reset(): void {
    this.settle();
    this.#changeInk('page', () => this.ink.clear({ history: true }), { type: 'reset' });
  }

  /** Undoes the last change of the ink. */
  undo(author: Author = 'page'): void {
    this.#changeInk(author, () => this.ink.undo());
  }

  /** Redoes the last undone change. */
  redo(author: Author = 'page'): void {
    this.#changeInk(author, () => this.ink.redo());
  }

  /**
   * Corrects the selected digit until the ink changes; null, or picking the recognized digit, removes the correction.
   *
   * @throws {RecognitionError} `invalid-option` if it is not a digit
   */
  correct(digit: number | null, by: Correction['by'] = 'picked', author: Author = 'user'): void {
    if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit <= 9)) {
      const message = `A correction is ${describeValue(digit)}; it can be a whole number from 0 to 9, or null.`;
      throw new RecognitionError('invalid-option', message);
    }
    this.#dispatch({ type: 'correct', digit, by, author });
  }

  /** Sets the whole value, until something is drawn or corrected. The ink is kept. */
  set(digits: readonly number[]): void {
    this.#dispatch({ type: 'set', digits });
  }

  /** Sets the value before any change, and after a reset. */
  set initial(digits: readonly number[]) {
    this.#dispatch({ type: 'initial', digits });
  }

  /** Restores the ink, corrections and set value from before the page was left. */
  restore(strokes: Strokes, frame: Size | null, corrections: Corrections, given: readonly number[] | null): void {
    this.replaceInk(strokes, frame);
    this.#dispatch({ type: 'restore', corrections, given });
  }

  /** Selects a digit by its index. */
  select(index: number): void {
    this.#dispatch({ type: 'select', index });
  }

  /** Changes the ink and, optionally, other state; listeners are called once for both. */
  #changeInk(author: Author, change: () => void, action?: RecognitionAction): void {
    this.#together(() => {
      const before = this.#author;
      this.#author = author;
      try {
        change();
        if (action) this.#dispatch(action);
      } finally {
        this.#author = before;
      }
    });
  }

  /** Makes several changes, none of which is to be seen without the others; listeners are called once for all. */
  #together(change: () => void): void {
    const before = { state: this.#state, quiet: this.#quiet };
    this.#quiet = true;
    try {
      change();
    } finally {
      this.#quiet = before.quiet;
    }
    if (this.#state !== before.state && !this.#quiet) this.#changed();
  }

  #dispatch(action: RecognitionAction): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state !== before) this.#snapshot = null;
    if (this.#state !== before && !this.#quiet) this.#changed();
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of [...this.#listeners]) listener();
    if (this.#waiters.settle(this.#state, () => this.snapshot.recognition)) this.#connect();
    this.#loop.wake();
  }

  /** Holds a service while the elements are connected, and while someone waits for an answer. */
  #connect(): void {
    this.#loop.need(this.#connected || this.#waiters.any);
  }
}

/** Returns who is responsible for the value if another source turns out to be unreadable. */
function fallbackOf(state: RecognitionState, author: Author): Author {
  if (isDecoding(state)) return state.offer!.fallback;
  return isPending(state) ? state.author : author;
}

function nameOf(source: RecognitionSource): string {
  return isA(source, 'File') ? (source as File).name : '';
}
