import type { PropertyDeclaration, PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { givenStrokes, type ClearOptions, type Strokes } from '../../drawing/index.js';
import type { Backend, BackendPreference, InferenceStatus } from '../../inference/index.js';
import type { Correction, Recognition, RecognitionSnapshot, RecognitionSource } from '../../recognition/index.js';
import { checked, textOr } from '../shared/checked.js';
import { CorrectionEvent } from '../events/correction-event.js';
import { isNetworkError } from '../shared/failure-text.js';
import { reportError } from '../shared/report-error.js';
import { RecognitionEvent } from '../events/recognition-event.js';
import { StatusEvent } from '../events/status-event.js';
import { attributeFault } from './attributes.js';
import { DigitFormControl } from './digit-form-control.js';
import { OnlineController } from './online-controller.js';
import { IntersectionController } from './intersection-controller.js';

/** A form control that reads digits: its configuration, its answers, and its API for pages. */
export abstract class DigitReader extends DigitFormControl {
  /** The network: `compact` (default), `reference`, or the URL of an ONNX model. */
  @checked(textOr('compact'))
  @property()
  model = 'compact';

  /** Where the network runs: `auto` (default) starts on WASM and switches to WebGPU if a real GPU is fast enough. */
  @checked(textOr('auto'))
  @property()
  backend: BackendPreference = 'auto';

  /**
   * When the network is fetched: `eager` (default), at once; `lazy`, when the element nears the viewport; in any case
   * when drawing starts.
   */
  @checked(textOr('eager'))
  @property()
  loading: 'eager' | 'lazy' = 'eager';

  /** Whether to read a whole number: several digits side by side. The value is then like `'2026'`. */
  @property({ type: Boolean, reflect: true }) multiple = false;

  /** Whether any ink gets its best guess, even if the network rejects it as a non-digit. A blank pad gets none. */
  @property({ type: Boolean, reflect: true, attribute: 'always-answer' }) alwaysAnswer = false;

  /** The corrections when the pen was last up. */
  #corrections = this.store.snapshot.corrections;
  readonly #near = new IntersectionController(this, () => this.store.load());
  // It registers itself with its host.
  /** @internal */
  protected readonly online = new OnlineController(this, () => {
    const { error, fault } = this.store.snapshot;
    if (isNetworkError(error) || isNetworkError(fault)) this.retry();
  });

  /** All latest answers from left to right with `multiple`; else the one, or none. */
  get recognitions(): readonly Recognition[] {
    return this.store.snapshot.recognitions;
  }

  /** The user's correction of the answer; null if there is none. */
  get correction(): Correction | null {
    return this.store.snapshot.correction;
  }

  /**
   * The ink, in CSS pixels of the pad at its size when the drawing was started; frozen. A value that is set is copied;
   * setting the current one has no effect, and undefined counts as no strokes.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink is left unchanged
   */
  @checked(givenStrokes)
  @property({ attribute: false, noAccessor: true })
  get strokes(): Strokes {
    return this.store.ink.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    if (strokes !== this.strokes) this.store.replaceInk(strokes, null);
  }

  /** The latest answer; null while there is none. */
  get recognition(): Recognition | null {
    return this.store.snapshot.recognition;
  }

  /** Loading state of the recognizer: `idle`, `loading`, `ready` or `error`. */
  get status(): InferenceStatus {
    return this.store.snapshot.status;
  }

  /** What failed, with a `code`; null if nothing did. */
  get error(): Error | null {
    return this.store.snapshot.error;
  }

  /** Where the network runs; null until known. */
  get activeBackend(): Backend | null {
    return this.store.snapshot.backend;
  }

  /** Resolves to the answer for the current ink or picture; null if there is neither. Rejects if reading failed. */
  get recognitionComplete(): Promise<Recognition | null> {
    this.configure();
    return this.store.complete;
  }

  /**
   * Clears the pad, which can be undone, and discards a picture and the user's corrections.
   *
   * @param options `history: true` also forgets all earlier ink: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.store.clear('page', options);
  }

  /** Undoes the last change, if any. */
  undo(): void {
    this.store.undo();
  }

  /** Redoes the last undone change, if any. */
  redo(): void {
    this.store.redo();
  }

  /**
   * Reads something other than the current ink: strokes, which replace the ink, or a picture.
   *
   * @throws {DrawingError} `invalid-drawing` for an array that holds anything but strokes
   * @throws {RecognitionError} if any other source cannot be read; ink and answer are left unchanged
   * @throws {InferenceError} if the network cannot be loaded or run
   */
  recognize(source: RecognitionSource): Promise<Recognition | null> {
    this.configure();
    return this.store.recognize(source);
  }

  /** Retries what failed. */
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

  /** @internal */
  protected override configure(): void {
    const { model, backend, alwaysAnswer } = this;
    this.store.multiple = this.multiple;
    this.store.configure({ model, backend, alwaysAnswer }, attributeFault(this));
  }

  /** Also follows `multiple` synchronously, on which the form's validity depends. */
  override requestUpdate(name?: PropertyKey, ...rest: [unknown?, PropertyDeclaration?, boolean?, unknown?]): void {
    super.requestUpdate(name, ...rest);
    if (name === 'multiple' && this.hasUpdated) this.configure();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.configure();
    if (this.hasUpdated && changed.has('loading')) this.#load();
  }

  /** @internal */
  protected override report(before: RecognitionSnapshot, now: RecognitionSnapshot): void {
    const { recognition, recognitions } = now;
    if (recognitions !== before.recognitions) this.dispatchEvent(new RecognitionEvent(recognition, recognitions));
    // A stroke may be discarded, and then gives the corrections back.
    if (!this.store.ink.snapshot.drawing) this.#reportCorrections(now);
    if (now.status !== before.status) this.dispatchEvent(new StatusEvent(now.status));
    for (const kind of ['error', 'fault'] as const) {
      if (now[kind] && now[kind] !== before[kind]) reportError(this, now[kind]);
    }
  }

  #reportCorrections({ author, corrections, recognitions }: RecognitionSnapshot): void {
    const before = this.#corrections;
    this.#corrections = corrections;
    for (const index of new Set([...before.keys(), ...corrections.keys()])) {
      const correction = corrections.get(index) ?? null;
      if (author === 'page' || correction === (before.get(index) ?? null)) continue;
      this.dispatchEvent(new CorrectionEvent(correction, recognitions[index] ?? null, this.strokes));
    }
  }

  #load(): void {
    if (this.loading === 'lazy') this.#near.watch();
    else this.store.load();
  }
}
