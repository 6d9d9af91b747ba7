import { copyStrokes, describeValue, InkStore, type ClearOptions, type Size, type Strokes } from '../drawing/index.js';
import type { NormalizationSteps } from '../imaging/index.js';
import { InferenceService, type InferenceServiceOptions } from '../inference/index.js';
import { RecognitionError } from '../sources/recognition-error.js';
import { hasStrokes, loadSource, type RecognitionSource } from '../sources/source.js';
import { ReadingLoop, type ReadingOptions, type RecognitionService } from './reading-loop.js';
import type { Correction, Recognition } from './recognition.js';
import { snapshotOf, type PartSettings, type RecognitionSnapshot } from './snapshot.js';
import { initialState, reduce, type Author, type Corrections, type Offer, type RecognitionAction } from './state.js';
import { Teaching, type Learner } from './teaching.js';
import { Waiters } from './waiters.js';

const NO_SETTINGS: PartSettings = { disabled: false, readOnly: false, correctable: false, label: '', invalid: false };

/**
 * Holds the one state of a recognizer, and keeps its answer up to date: each request of a user or a page is one method
 * here, from wherever it comes.
 *
 * An answer to ink that has been replaced since is dropped. A failure keeps the ink; the next change, or {@link retry},
 * tries again.
 */
export class RecognitionStore {
  /** The drawing that is read. What is done to it directly is the user's doing. */
  readonly ink = new InkStore();

  readonly #loop: ReadingLoop;
  readonly #listeners = new Set<() => void>();
  readonly #waiters = new Waiters();
  #state = initialState(this.ink.snapshot.strokes);
  #settings = NO_SETTINGS;
  #connected = false;
  /** Who changes the ink. */
  #author: Author = 'user';
  /** Whether more is about to change, of which listeners are to hear as well. */
  #quiet = false;
  #snapshot: RecognitionSnapshot | null = null;
  readonly #teaching = new Teaching();

  /** @param serviceFor gives the service for a model and backend, or throws; the page's shared one by default */
  constructor(
    serviceFor: (options: InferenceServiceOptions) => RecognitionService = (options) =>
      InferenceService.shared(options),
  ) {
    this.#loop = new ReadingLoop({
      state: () => this.#state,
      dispatch: (action) => this.#dispatch(action),
      changed: () => this.#changed(),
      serviceFor,
    });
    this.ink.subscribe(() => {
      const { strokes, drawing, canRedo } = this.ink.snapshot;
      // What can be done again was undone: that settles nothing.
      if (strokes.length === 0 && !canRedo) this.settle();
      this.#dispatch({ type: 'ink', strokes, drawing, author: this.#author });
    });
  }

  /** The present state, as it is shown. The same object until something changes. */
  get snapshot(): RecognitionSnapshot {
    this.#snapshot ??= snapshotOf(this.#state, this.#settings, this.#loop.service);
    return this.#snapshot;
  }

  /**
   * Settles when the answer for what is to be read now is there: null when that is nothing. Rejects when reading failed.
   * Without a connection, one is made for it.
   */
  get complete(): Promise<Recognition | null> {
    const answer = this.#waiters.wait();
    this.#waiters.settle(this.#state, () => this.snapshot.recognition);
    this.#connect();
    return answer;
  }

  /** The service that runs the network, for callers that need more than the answer; null while disconnected. */
  get service(): RecognitionService | null {
    return this.#loop.service;
  }

  /** How the newest answer's picture was made; null while there is none. */
  get steps(): NormalizationSteps | null {
    const { recognition } = this.snapshot;
    return recognition && this.#loop.steps(recognition, this.ink.snapshot.frame);
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says how the parts behave and what they are called. */
  lend(settings: Partial<PartSettings>): void {
    const lent = { ...this.#settings, ...settings };
    if ((Object.keys(lent) as (keyof PartSettings)[]).every((key) => lent[key] === this.#settings[key])) return;
    this.#settings = lent;
    this.#changed();
  }

  /** Says whether several digits are read, side by side. What is there is read anew. */
  set multiple(multiple: boolean) {
    this.#dispatch({ type: 'multiple', multiple });
    this.#loop.prepare();
  }

  /**
   * Says who reads. What is there is read anew.
   *
   * @param refusal why nothing can be read with what the page asks for; null when nothing speaks against it
   */
  configure(options: ReadingOptions, refusal: Error | null = null): void {
    this.#loop.configure(options, refusal);
  }

  /** Says who learns from what the user corrects; null: nobody. What is there is read anew. */
  set learner(learner: Learner | null) {
    this.#teaching.learner = learner;
    this.#loop.profile = learner;
  }

  /**
   * Has the learner learn what the user has corrected of the present source. Called when the source is left behind, and
   * to be called when its value is used; what is undone, taken back or drawn on before that is not learned.
   */
  settle(): void {
    this.#teaching.settle(this.#state);
  }

  /** Takes hold of the service and reads what is there. The service is loaded by `load()`, or for the first ink. */
  connect(): void {
    this.#connected = true;
    this.#dispatch({ type: 'retry' });
    this.#connect();
  }

  /** Releases the service, unless somebody still waits for an answer. Ink and answer stay. */
  disconnect(): void {
    this.#connected = false;
    this.#connect();
  }

  /** Loads the service, now and whenever it is exchanged for another. */
  load(): void {
    this.#loop.load();
  }

  /** Tries again after a failure. */
  retry(): void {
    this.#dispatch({ type: 'retry' });
    this.load();
    this.#changed();
  }

  /**
   * Reads another source in place of the present ink. Strokes become the ink; for a picture the pad is wiped. Both can
   * be undone. While the source is decoded nothing is settled; where something else is drawn or given meanwhile, that is
   * read instead.
   *
   * @throws what `recognize()` throws; the ink stays as it was when the source cannot be read
   */
  async recognize(source: RecognitionSource, author: Author = 'page'): Promise<Recognition | null> {
    const offer: Offer = { author, fault: null };
    this.#dispatch({ type: 'offer', offer });
    const started = performance.now();
    const content = await loadSource(source).catch((fault: Error) => {
      this.#dispatch({ type: 'decline', offer, fault });
      throw fault;
    });
    if (offer !== this.#state.offer) return this.complete;
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
   * Puts strokes in place of the ink, a picture and what was said. Can be undone.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink stays as it was
   */
  replaceInk(strokes: Strokes, frame: Size | null, author: Author = 'page'): void {
    const copy = copyStrokes(strokes);
    this.settle();
    this.#changeInk(author, () => this.ink.replace(copy, frame), { type: 'clear', author });
  }

  /**
   * Takes away the ink, which can be undone, or the picture that is read in its place, and what was said.
   *
   * @param options `history: true` forgets all that was ever drawn besides
   */
  clear(author: Author = 'page', options: ClearOptions = {}): void {
    this.settle();
    this.#changeInk(author, () => this.ink.clear(options), { type: 'clear', author });
  }

  /** Takes everything away for good, and goes back to the initial value. */
  reset(): void {
    this.#changeInk('page', () => this.ink.clear({ history: true }), { type: 'reset' });
  }

  /** Takes the last change of the ink back. */
  undo(author: Author = 'page'): void {
    this.#changeInk(author, () => this.ink.undo());
  }

  /** Does again what was undone last. */
  redo(author: Author = 'page'): void {
    this.#changeInk(author, () => this.ink.redo());
  }

  /**
   * Takes the user's word for what the digit is. It holds until the ink changes; null, or picking the digit that was
   * recognized, takes it back.
   *
   * @throws {RecognitionError} `invalid-option` when it is not a digit
   */
  correct(digit: number | null, by: Correction['by'] = 'picked', author: Author = 'user'): void {
    if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit <= 9)) {
      const message = `A correction is ${describeValue(digit)}; it can be a whole number from 0 to 9, or null.`;
      throw new RecognitionError('invalid-option', message);
    }
    this.#dispatch({ type: 'correct', digit, by, author });
  }

  /** Takes the page's word for the whole value, until something else is drawn or said. The ink stays. */
  set(digits: readonly number[]): void {
    this.#dispatch({ type: 'set', digits });
  }

  /** Says what the value is before anybody changes anything, and after a reset. */
  set initial(digits: readonly number[]) {
    this.#dispatch({ type: 'initial', digits });
  }

  /** Brings back what was on the pad, and what was said of it, before the page was left. */
  restore(strokes: Strokes, frame: Size | null, corrections: Corrections, given: readonly number[] | null): void {
    this.replaceInk(strokes, frame);
    this.#dispatch({ type: 'restore', corrections, given });
  }

  /** Looks at another digit, by its index; null: at the last one, as while a user writes. */
  select(index: number | null): void {
    this.#dispatch({ type: 'select', index });
  }

  /** Changes the ink, and what else goes with it: whoever listens hears of both at once. */
  #changeInk(author: Author, change: () => void, action?: RecognitionAction): void {
    const before = { author: this.#author, state: this.#state, quiet: this.#quiet };
    this.#author = author;
    this.#quiet = true;
    try {
      change();
      if (action) this.#dispatch(action);
    } finally {
      this.#author = before.author;
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

  /** Holds a service while the elements are in a page, and while somebody waits for an answer. */
  #connect(): void {
    this.#loop.need(this.#connected || this.#waiters.any);
  }
}

function nameOf(source: RecognitionSource): string {
  return typeof File === 'function' && source instanceof File ? source.name : '';
}
