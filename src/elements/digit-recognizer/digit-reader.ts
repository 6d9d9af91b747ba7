import { type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { checked, text } from '../shared/checked.js';
import type { ClearOptions, Strokes } from '../../drawing/index.js';
import type { Backend, BackendPreference, InferenceError } from '../../inference/index.js';
import type { Correction, Recognition, RecognitionSnapshot, RecognitionSource } from '../../recognition/index.js';
import { CorrectionEvent } from '../events/correction-event.js';
import { reportError } from '../shared/report-error.js';
import { RecognitionEvent } from '../events/recognition-event.js';
import { StatusEvent } from '../events/status-event.js';
import { attributeFault } from './attributes.js';
import { FormControl } from './digit-form-control.js';
import { OnlineController } from './online-controller.js';
import { IntersectionController } from './intersection-controller.js';

/** A form control that reads digits: how it reads, what it has read, and what a page can ask of it. */
export abstract class DigitReader extends FormControl {
  /** Which network reads: `compact` (default), `reference`, or the URL of an ONNX model. */
  @checked(text)
  @property()
  model = 'compact';

  /** Where it runs: `auto` (default) answers on WASM at once, and changes to WebGPU where a real GPU is quick enough. */
  @checked(text)
  @property()
  backend: BackendPreference = 'auto';

  /**
   * When the network is fetched: `eager` (default) at once, `lazy` when the element comes near the visible part of the
   * page; in any case when drawing begins.
   */
  @checked(text)
  @property()
  loading: 'eager' | 'lazy' = 'eager';

  /** Whether a whole number is read: several digits side by side. The value is then such as '2026'. */
  @property({ type: Boolean, reflect: true }) multiple = false;

  /** Whether any ink gets its best guess, also where the network takes it for a non-digit. A blank pad gets none. */
  @property({ type: Boolean, reflect: true, attribute: 'always-answer' }) alwaysAnswer = false;

  readonly #near = new IntersectionController(this, () => this.store.load());
  // It registers itself with its host.
  protected readonly online = new OnlineController(this, () => {
    if ((this.error as Partial<InferenceError> | null)?.code === 'network') this.retry();
  });

  /** All newest answers from left to right, where `multiple` digits are read; else the one, or none. */
  get recognitions(): readonly Recognition[] {
    return this.store.snapshot.recognitions;
  }

  /** What the user says that the digit is, in place of what was read; null while they say nothing else. */
  get correction(): Correction | null {
    return this.store.snapshot.correction;
  }

  /**
   * The ink, in CSS pixels of the pad as it was when the drawing was begun; frozen. Can be set, and is copied then.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink stays as it was
   */
  @property({ attribute: false, noAccessor: true })
  get strokes(): Strokes {
    return this.store.ink.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    this.store.replaceInk(strokes, null);
  }

  /** The newest answer; null while there is none. */
  get recognition(): Recognition | null {
    return this.store.snapshot.recognition;
  }

  /** Whether the recognizer is loaded: `idle`, `loading`, `ready` or `error`. */
  get status(): RecognitionSnapshot['status'] {
    return this.store.snapshot.status;
  }

  /** What failed, with a `code`; null when nothing did. */
  get error(): Error | null {
    return this.store.snapshot.error;
  }

  /** Where the network runs; null until that is known. */
  get activeBackend(): Backend | null {
    return this.store.snapshot.backend;
  }

  /** Settles when the answer for the ink, or picture, is there: null when there is neither. Rejects when reading failed. */
  get recognitionComplete(): Promise<Recognition | null> {
    this.configure();
    return this.store.complete;
  }

  /**
   * Wipes the pad, which can be undone, and takes back a picture and what the user has picked or typed.
   *
   * @param options `history: true` forgets all that was ever drawn besides: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.store.clear('page', options);
  }

  /** Takes the last change back. */
  undo(): void {
    this.store.undo();
  }

  /** Does again what was undone last. */
  redo(): void {
    this.store.redo();
  }

  /**
   * Reads something else than what was drawn on the pad: strokes, which become the ink, or a picture.
   *
   * @throws {DrawingError} `invalid-drawing` for an array that holds anything but strokes
   * @throws {RecognitionError} when any other source cannot be read; ink and answer stay as they were
   * @throws {InferenceError} when the network cannot be loaded or run
   */
  recognize(source: RecognitionSource): Promise<Recognition | null> {
    this.configure();
    return this.store.recognize(source);
  }

  /** Tries again what failed. */
  retry(): void {
    this.configure();
    this.store.retry();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.configure();
    this.store.connect();
    this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store.disconnect();
  }

  protected override configure(): void {
    const { model, backend, alwaysAnswer } = this;
    this.store.multiple = this.multiple;
    this.store.configure({ model, backend, alwaysAnswer }, attributeFault(this));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.configure();
    if (this.hasUpdated && changed.has('loading')) this.#load();
  }

  protected override report(before: RecognitionSnapshot, now: RecognitionSnapshot): void {
    const { recognition, recognitions, corrections } = now;
    if (recognitions !== before.recognitions) this.dispatchEvent(new RecognitionEvent(recognition, recognitions));
    for (const index of new Set([...before.corrections.keys(), ...corrections.keys()])) {
      const correction = corrections.get(index) ?? null;
      if (correction === (before.corrections.get(index) ?? null)) continue;
      this.dispatchEvent(new CorrectionEvent(correction, recognitions[index] ?? null, this.strokes));
    }
    if (now.status !== before.status) this.dispatchEvent(new StatusEvent(now.status));
    for (const kind of ['error', 'fault'] as const) {
      if (now[kind] && now[kind] !== before[kind]) reportError(this, now[kind]);
    }
  }

  #load(): void {
    if (this.loading === 'lazy') this.#near.watch();
    else this.store.load();
  }
}
