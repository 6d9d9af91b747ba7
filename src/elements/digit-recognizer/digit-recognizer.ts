import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ClearOptions, Strokes } from '../../drawing/index.js';
import type { Backend, BackendPreference } from '../../inference/index.js';
import type { WriterProfile } from '../../learning/index.js';
import {
  RecognitionStore,
  type Correction,
  type PlacedRecognition,
  type Recognition,
  type RecognitionSnapshot,
  type RecognitionSource,
} from '../../recognition/index.js';
import { buttonStyles } from '../shared/button.styles.js';
import {
  boxesContext,
  disabledContext,
  inkContext,
  multipleContext,
  readonlyContext,
  recognitionContext,
} from '../shared/contexts.js';
import { recognizerStyles } from './digit-recognizer.styles.js';
import { CorrectionEvent } from '../events/correction-event.js';
import { DigitErrorEvent } from '../events/digit-error-event.js';
import type { DigitTypedEvent } from '../events/digit-typed-event.js';
import { RecognitionEvent } from '../events/recognition-event.js';
import { StatusEvent } from '../events/status-event.js';
import { readFormState, writeFormState } from './form-state.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { inkValidity } from './ink-validity.js';
import { IntersectionController } from './intersection-controller.js';
import { ContextProvider } from '../shared/lit-context.js';
import { LearningController } from './learning-controller.js';
import { MessagesController } from '../shared/messages-controller.js';
import type { InkBox } from '../digit-pad/ink-box.js';
import { PictureController } from './picture-controller.js';
import { setState } from '../shared/set-state.js';
import { SlotsController } from './slots-controller.js';
import { StoreController } from '../shared/store-controller.js';
import { themeStyles } from '../shared/theme.styles.js';

/** Slots of the pad that a page may fill from outside of the recognizer. */
const FORWARDED_SLOTS = ['hint', 'undo-icon', 'redo-icon', 'clear-icon'] as const;

const NO_BOXES: readonly InkBox[] = [];

/** A slot that no page fills: it shows what the element brings along. */
const OWN_PARTS = 'own-parts';

/**
 * @summary Reads a handwritten digit: a pad, the picture that the network saw, and its predictions.
 *
 * A form control: its value is the digit that was read. Nothing that is drawn leaves the page.
 *
 * @slot - What it is made of, in any order and place: `<digit-pad>`, `<digit-preview>` and `<digit-predictions>`.
 *   All three when nothing is given.
 * @slot hint - The words on an empty pad.
 * @slot undo-icon - The picture on the button that undoes.
 * @slot redo-icon - The picture on the button that redoes.
 * @slot clear-icon - The picture on the button that clears.
 * @slot loading - Shown while the recognizer is loaded, in place of the words and the bar.
 * @slot error - Shown when something failed, above what failed and the button that tries again.
 *
 * @fires {Event} input - The value has changed, perhaps while the pen still draws. Bubbles, composed.
 * @fires {Event} change - The pen has lifted and a new value is settled. Bubbles.
 * @fires {RecognitionEvent} digit-recognition - There is an answer; `event.recognition`. Bubbles.
 * @fires {CorrectionEvent} digit-correction - The person has said what the digit is, or has taken that back;
 *   `event.digit`, `event.predicted`, `event.strokes`, `event.image`. Bubbles.
 * @fires {LearnedEvent} digit-learned - A correction has been learned; `event.digit`, `event.predicted`. Bubbles.
 * @fires {StatusEvent} digit-status - Loading, ready or failed; `event.status`. Bubbles.
 * @fires {DigitErrorEvent} digit-error - Something failed; `event.error`. The ink is kept. Bubbles.
 *
 * @csspart parts - The pad and the answer side by side.
 * @csspart answer - The preview and the predictions.
 * @csspart notice - The line below: loading, backend or error.
 * @csspart progress - The bar while the recognizer is loaded.
 * @csspart error - The message when something failed.
 * @csspart retry - The button that tries again.
 * @csspart pictures - The row of what follows, where `pictures` are taken.
 * @csspart choose - The button that lets a picture be chosen.
 * @csspart picture - The small copy of the picture that is read, and the name of its file.
 * @csspart remove - The button that takes it away.
 *
 * @cssproperty [--digit-pad-size=280px] - Width and height of the pad.
 * @cssproperty [--digit-preview-size=112px] - Width and height of the preview.
 * @cssproperty [--digit-preview-narrow-size=84px] - The same where the element is narrow.
 * @cssproperty --digit-ink-color - Colour of the ink.
 * @cssproperty --digit-paper-color - Colour of the pad.
 * @cssproperty --digit-text-color - Colour of the text.
 * @cssproperty --digit-muted-color - Colour of what matters less.
 * @cssproperty --digit-border-color - Colour of the borders.
 * @cssproperty --digit-track-color - Colour behind the bars.
 * @cssproperty --digit-accent-color - Colour of bars, focus and buttons.
 * @cssproperty --digit-on-accent-color - Colour of text on the accent.
 * @cssproperty --digit-danger-color - Colour of errors.
 * @cssproperty [--digit-radius=12px] - Roundness of the corners.
 * @cssproperty [--digit-font=inherit] - Font, as the shorthand.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate loading - The recognizer is being loaded.
 * @cssstate ready - The recognizer answers.
 * @cssstate error - Something failed.
 * @cssstate dropping - A file is held over it, where `pictures` are taken.
 * @cssstate invalid - The form was held back by it, and it is still not valid.
 */
export class DigitRecognizer extends LitElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, buttonStyles, recognizerStyles];

  /** Which network reads: `compact` (default), `reference`, or the URL of an ONNX model. */
  @property() model = 'compact';

  /** Where it runs: `auto` (default) answers on WASM at once, and changes to WebGPU where a real GPU is quick enough. */
  @property() backend: BackendPreference = 'auto';

  /**
   * When the network is fetched: `eager` (default) at once, `lazy` when the element comes near the visible part of the
   * page; in any case when drawing begins.
   */
  @property() loading: 'eager' | 'lazy' = 'eager';

  /** Whether a whole number is read: several digits side by side. The value is then such as '2026'. */
  @property({ type: Boolean, reflect: true }) multiple = false;

  /** How many predictions are listed, 1 to 10. */
  @property({ type: Number }) top = 3;

  /** Name of the form value. */
  @property({ reflect: true }) name = '';

  /** Whether the form asks for a digit. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Whether the control can be used. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Whether the ink is shown but cannot be changed. */
  @property({ type: Boolean, reflect: true, attribute: 'readonly' }) readOnly = false;

  /** Whether the person may pick another digit than the one that was read, in `<digit-predictions>`. */
  @property({ type: Boolean, reflect: true }) correctable = false;

  /**
   * Learns the hand that uses it from what its user corrects: once a correction stands, and the pad is cleared or the form
   * sent, drawings like it are read so. The empty attribute learns while the page lives, for all recognizers of the page;
   * a name keeps what is learned under it on this device. Null: learns nothing.
   */
  @property({ reflect: true }) learn: string | null = null;

  /**
   * Whether a picture can be given in place of ink: chosen, dropped on the element, or pasted while it has the focus.
   * Without it the element leaves files to the page.
   */
  @property({ type: Boolean, reflect: true }) pictures = false;

  /** What is asked for, for those who cannot see the pad. A `<label>` serves as well. */
  @property() label = '';

  readonly #internals = this.attachInternals();
  readonly #hydration = new HydrationController(this);
  readonly #messages = new MessagesController(this, this.#hydration);
  readonly #store = new RecognitionStore();
  readonly #near = new IntersectionController(this, () => this.#store.load());
  readonly #disabledProvider = new ContextProvider(this, { context: disabledContext, initialValue: false });
  readonly #readonlyProvider = new ContextProvider(this, { context: readonlyContext, initialValue: false });
  readonly #multipleProvider = new ContextProvider(this, { context: multipleContext, initialValue: false });
  readonly #boxesProvider = new ContextProvider(this, { context: boxesContext, initialValue: NO_BOXES });
  readonly #slots = new SlotsController(this);
  readonly #pictures = new PictureController(this, {
    store: this.#store,
    internals: this.#internals,
    pictures: () => (!this.pictures ? 'off' : this.#isDisabled || this.readOnly ? 'refused' : 'on'),
  });
  readonly #learning = new LearningController(this, this.#store);
  #formDisabled = false;
  #customValidity = '';
  /** The settled ink, and the person's own word, as the browser keeps them. */
  #keptStrokes: Strokes = this.#store.ink.snapshot.strokes;
  #keptCorrections: RecognitionSnapshot['corrections'] = this.#store.snapshot.corrections;
  #formState: string | null = null;
  #seen: RecognitionSnapshot = this.#store.snapshot;
  #settledValue = '';

  constructor() {
    super();
    new ContextProvider(this, { context: inkContext, initialValue: this.#store.ink });
    new ContextProvider(this, { context: recognitionContext, initialValue: this.#store });
    const shown = new StoreController<RecognitionStore>(this, () => this.#report());
    shown.store = this.#store;
    this.addEventListener('invalid', () => setState(this.#internals, 'invalid', true));
  }

  /** The digit that was read, or that the person has picked or typed instead; '' while there is none. What the form gets. */
  get value(): string {
    return this.#store.snapshot.value;
  }

  /** All newest answers from left to right, where `multiple` digits are read; else the one, or none. */
  get recognitions(): readonly Recognition[] {
    return this.#store.snapshot.recognitions;
  }

  /** What the person says that the digit is, in place of what was read; null while they say nothing else. */
  get correction(): Correction | null {
    return this.#store.snapshot.correction;
  }

  /**
   * The ink, in CSS pixels of the pad as it was when the drawing was begun. Can be set.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink stays as it was
   */
  @property({ attribute: false, noAccessor: true })
  get strokes(): Strokes {
    return this.#store.ink.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    this.#store.replaceInk(strokes, null);
  }

  /**
   * What has been learned of the user's hand, as a page may keep it itself. Null while `learn` has not fetched it, and
   * without. A `new WriterProfile()` starts over; null goes back to the one that `learn` names.
   */
  @property({ attribute: false, noAccessor: true })
  get profile(): WriterProfile | null {
    return this.#learning.profile;
  }

  set profile(profile: WriterProfile | null) {
    this.#learning.profile = profile;
  }

  /** The newest answer; null while there is none. */
  get recognition(): Recognition | null {
    return this.#store.snapshot.recognition;
  }

  /** Whether the recognizer is loaded: `idle`, `loading`, `ready` or `error`. */
  get status(): RecognitionSnapshot['status'] {
    return this.#store.snapshot.status;
  }

  /** What failed, with a `code`; null when nothing did. */
  get error(): Error | null {
    return this.#store.snapshot.error;
  }

  /** Where the network runs; null until that is known. */
  get activeBackend(): Backend | null {
    return this.#store.snapshot.backend;
  }

  /** Settles when the answer for the present ink is there: null when nothing is drawn. Rejects when reading failed. */
  get recognitionComplete(): Promise<Recognition | null> {
    return this.#store.complete;
  }

  /** The form it belongs to. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Why the value is not valid. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }

  /** What the person is told when the value is not valid, '' when it is. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  /** Whether the form asks about its validity: not while it is disabled or readonly. */
  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  /** The `<label>` elements that name it. */
  get labels(): NodeList {
    return this.#internals.labels;
  }

  /** Makes the value invalid for a reason of the page's own, until it is called with ''. */
  setCustomValidity(message: string): void {
    this.#customValidity = message;
    this.#updateValidity();
  }

  /** Whether the value is valid. */
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  /** Whether the value is valid; tells the person when it is not. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /**
   * Wipes the pad, which can be undone, and takes back a picture and what the user has picked or typed.
   *
   * @param options `history: true` forgets all that was ever drawn besides: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.#store.clear('page', options);
    this.#pictures.dismiss();
  }

  /** Takes the last change back. */
  undo(): void {
    this.#store.undo();
  }

  /** Does again what was undone last. */
  redo(): void {
    this.#store.redo();
  }

  /**
   * Reads something else than what was drawn on the pad: strokes, which become the ink, or a picture.
   *
   * @throws {RecognitionError} when the source cannot be read; ink and answer stay as they were
   * @throws {InferenceError} when the network cannot be loaded or run
   */
  recognize(source: RecognitionSource): Promise<Recognition | null> {
    return this.#store.recognize(source);
  }

  /** Tries again what failed. */
  retry(): void {
    this.#store.retry();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#store.configure({ model: this.model, backend: this.backend });
    this.#store.connect();
    this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#store.disconnect();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.#store.reset();
    this.#pictures.dismiss();
    setState(this.#internals, 'invalid', false);
  }

  /** The person comes back to a page that the browser has put away. What a browser would fill in is not theirs. */
  formStateRestoreCallback(state: string | File | FormData | null, mode: 'restore' | 'autocomplete'): void {
    const kept = mode === 'restore' && typeof state === 'string' ? readFormState(state) : null;
    if (!kept) return;
    this.#store.restore(kept.strokes, kept.frame, kept.corrections, null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model') || changed.has('backend')) {
      this.#store.configure({ model: this.model, backend: this.backend });
    }
    if (this.hasUpdated && changed.has('loading')) this.#load();
    this.#disabledProvider.setValue(this.#isDisabled);
    this.#readonlyProvider.setValue(this.readOnly);
    this.#multipleProvider.setValue(this.multiple);
    this.#store.multiple = this.multiple;
    this.#boxesProvider.setValue(boxesOf(this.#store.snapshot));
    this.#store.lend({ correctable: this.correctable && !this.readOnly && !this.#isDisabled });
    const { status } = this.#store.snapshot;
    setState(this.#internals, 'empty', this.strokes.length === 0);
    for (const each of ['loading', 'ready', 'error'] as const) setState(this.#internals, each, status === each);
  }

  protected override updated(): void {
    this.#updateForm();
  }

  protected override render(): TemplateResult {
    return html`
      <slot name=${this.#slots.has('') ? nothing : OWN_PARTS} @digit-typed=${this.#onTyped} @keydown=${this.#onKeyDown}>
        <div part="parts" class="parts">
          <digit-pad
            lang=${this.lang || nothing}
            label=${this.label || this.#labelText || nothing}
            exportparts="surface, hint, cursor, toolbar, button, box, box-selected, box-label"
          >
            ${FORWARDED_SLOTS.filter((name) => this.#slots.has(name)).map(
              (name) => html`<slot name=${name} slot=${name}></slot>`,
            )}
          </digit-pad>
          <div part="answer" class="answer">
            <digit-preview
              lang=${this.lang || nothing}
              exportparts="picture, pixels, pixel, views, view, panel, steps, step, saliency, sentence, layer, note"
            ></digit-preview>
            <digit-predictions
              lang=${this.lang || nothing}
              .top=${this.top}
              exportparts="list, not-sure, correction, learned, prediction, digit, bar, percentage, choice, second-best, digits, number-digit"
            ></digit-predictions>
          </div>
        </div>
      </slot>
      ${this.#pictures.render(this.#messages.table)}
      <div part="notice" class="notice">${this.#renderNotice(this.#store.snapshot)}</div>
    `;
  }

  readonly #onTyped = ({ digit }: DigitTypedEvent): void => this.#store.correct(digit, 'typed');

  /** Where there is no ink, Backspace takes back the digit typed last; it and Escape take back the rest at once. */
  readonly #onKeyDown = ({ key }: KeyboardEvent): void => {
    if (this.strokes.length > 0 || this.readOnly || this.#isDisabled) return;
    const { picture, corrections } = this.#store.snapshot;
    if (key === 'Backspace' && !picture && corrections.size > 0) this.#store.correct(null);
    else if (key === 'Escape' || key === 'Backspace') this.#store.clear('user');
  };

  /** Whether it is disabled, by itself or by what it lies in. */
  get #isDisabled(): boolean {
    return this.disabled || this.#formDisabled;
  }

  #load(): void {
    if (this.loading === 'lazy') this.#near.watch();
    else this.#store.load();
  }

  #renderNotice({ status, progress, backend, error }: RecognitionSnapshot): TemplateResult | typeof nothing {
    if (this.#hydration.pending) return nothing;
    const picture = this.#pictures.renderNotice(this.#messages.table, this.strokes.length > 0);
    if (picture) return picture;
    if (error) return this.#renderError(error);
    if (status === 'loading') {
      return html`<slot name="loading">
        <label class="loading">
          ${this.#messages.table.loading}
          <progress
            part="progress"
            max="1"
            value=${progress.total > 0 ? Math.min(1, progress.loaded / progress.total) : nothing}
          ></progress>
        </label>
      </slot>`;
    }
    return backend ? html`<p>${this.#messages.table.backend(backend)}</p>` : nothing;
  }

  #renderError(error: Error): TemplateResult {
    const { status } = this.#store.snapshot;
    const words = this.#messages.table;
    return html`<div part="error" class="error" role="alert">
      <slot name="error">
        <p>
          <strong> ${status === 'error' && !this.recognition ? words.loadingFailed : words.recognitionFailed} </strong>
          ${this.strokes.length > 0 ? words.inkKept : nothing}
        </p>
      </slot>
      <p class="details">${error.message}</p>
      <button part="retry" class="retry" type="button" @click=${() => this.retry()}>${words.retry}</button>
    </div>`;
  }

  /** The text of the labels that name it, for the pad that a person draws on. */
  get #labelText(): string {
    const labels = this.#hydration.pending ? [] : [...this.#internals.labels];
    return labels
      .flatMap((label) => [...label.childNodes].filter((node) => !node.contains(this)))
      .map((node) => node.textContent ?? '')
      .join(' ')
      .trim();
  }

  #updateForm(): void {
    const ink = this.#store.ink.snapshot;
    const { settled, corrections } = this.#store.snapshot;
    if (settled && (ink.strokes !== this.#keptStrokes || corrections !== this.#keptCorrections)) {
      this.#keptStrokes = ink.strokes;
      this.#keptCorrections = corrections;
      this.#formState = writeFormState({ ...ink, corrections });
    }
    this.#internals.setFormValue(this.value, this.#formState);
    this.#updateValidity();
  }

  #updateValidity(): void {
    const anchor = this.renderRoot?.querySelector<HTMLElement>('digit-pad') ?? this.querySelector('digit-pad');
    const { value, required, multiple } = this;
    const entry = { value, required, multiple, drawn: this.strokes.length > 0, snapshot: this.#store.snapshot };
    const { flags, message } = inkValidity(entry, this.#messages.table);
    const custom = this.#customValidity;
    this.#internals.setValidity(
      { ...flags, customError: custom !== '' },
      custom || message,
      ...(anchor ? [anchor] : []),
    );
    if (this.validity.valid) setState(this.#internals, 'invalid', false);
  }

  /** Tells the page what has changed since it was told last. */
  #report(): void {
    const before = this.#seen;
    const now = this.#store.snapshot;
    this.#seen = now;
    const { recognition, recognitions, corrections } = now;
    if (recognitions !== before.recognitions || corrections !== before.corrections) this.#updateForm();
    if (recognitions !== before.recognitions) this.dispatchEvent(new RecognitionEvent(recognition, recognitions));
    for (const place of new Set([...before.corrections.keys(), ...corrections.keys()])) {
      const correction = corrections.get(place) ?? null;
      if (correction === (before.corrections.get(place) ?? null)) continue;
      this.dispatchEvent(new CorrectionEvent(correction, recognitions[place] ?? null, this.strokes));
    }
    if (now.value !== before.value) this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    if (now.status !== before.status) this.dispatchEvent(new StatusEvent(now.status));
    if (now.error && now.error !== before.error) this.dispatchEvent(new DigitErrorEvent(now.error));
    if (now.settled && this.value !== this.#settledValue) {
      this.#settledValue = this.value;
      this.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}

/** What is shown over the ink: each of several digits, and which of them is looked at. */
function boxesOf({
  multiple,
  settled,
  recognitions,
  digits,
  selected,
  picture,
}: RecognitionSnapshot): readonly InkBox[] {
  if (!multiple || !settled || picture) return NO_BOXES;
  return recognitions.flatMap((recognition, place) =>
    'box' in recognition
      ? [
          {
            ...(recognition as PlacedRecognition).box,
            text: String(digits[place] ?? '?'),
            selected: place === selected && recognitions.length > 1,
          },
        ]
      : [],
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-recognizer': DigitRecognizer;
  }
}
