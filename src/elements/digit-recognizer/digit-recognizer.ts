import '../shared/stand-in-begin.js';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { WriterProfile } from '../../learning/index.js';
import { checked, data, text } from '../shared/checked.js';
import { DigitPad } from '../digit-pad/digit-pad.js';
import { buttonStyles } from '../shared/button.styles.js';
import { recognitionContext } from '../shared/contexts.js';
import { ContextProvider } from '../shared/lit-context.js';
import { setState } from '../shared/set-state.js';
import { themeStyles } from '../shared/theme.styles.js';
import type { DigitTypedEvent } from '../events/digit-typed-event.js';
import { recognizerStyles } from './digit-recognizer.styles.js';
import { DigitReader } from './digit-reader.js';
import { LearningController } from './learning-controller.js';
import { renderNotice } from './notice.js';
import { PictureController } from './picture-controller.js';
import { SlotsController } from './slots-controller.js';
import '../shared/stand-in-end.js';

/** Slots of the pad that a page can fill through the recognizer. */
const FORWARDED_SLOTS = ['hint', 'undo-icon', 'redo-icon', 'clear-icon'] as const;

/** A slot that no page fills, so that it shows the built-in parts. */
const BUILT_IN_PARTS = 'own-parts';

/** JSX sets `true` for an attribute without a value. */
const profileName = (given: unknown, property: string): unknown =>
  typeof given === 'boolean' ? (given ? '' : null) : text(given ?? null, property);

/**
 * @summary Reads a handwritten digit: a pad, the picture that the network saw, and its predictions.
 *
 * A form control like those of HTML: its value is the recognized digit. Nothing that is drawn leaves the page.
 *
 * @attr {string} [aria-label=''] - The accessible name of the pad.
 * @attr {string} [aria-invalid=''] - `true` marks the pad as invalid for assistive technology, `false` as valid.
 *
 * @slot - Its parts, in any order and layout: `<digit-pad>`, `<digit-preview>` and `<digit-predictions>`.
 *   All three by default.
 * @slot hint - The hint on an empty pad.
 * @slot undo-icon - The icon of the undo button.
 * @slot redo-icon - The icon of the redo button.
 * @slot clear-icon - The icon of the clear button.
 * @slot loading - Shown while the recognizer loads, instead of text and progress bar.
 * @slot error - Shown when loading or reading failed, instead of the message; not for pictures that cannot be read.
 *
 * @fires {Event} input - The user has changed the value, perhaps in mid-stroke. Bubbles, composed.
 * @fires {Event} change - The user has lifted the pen and a new value has settled. Bubbles.
 * @fires {RecognitionEvent} digit-recognition - There is a new answer, or the pad is empty again;
 *   `event.recognition`, `event.recognitions`. Bubbles.
 * @fires {CorrectionEvent} digit-correction - The user has corrected the digit, or the correction no longer counts;
 *   `event.digit`, `event.by`, `event.predicted`, `event.strokes`, `event.image`. Bubbles.
 * @fires {LearnedEvent} digit-learned - A correction has been learned; `event.digit`, `event.predicted`. Bubbles.
 * @fires {StatusEvent} digit-status - The status has changed; `event.status`: `idle`, `loading`, `ready` or `error`.
 *   Bubbles.
 * @fires {DigitErrorEvent} digit-error - Something failed; `event.error`. The ink is kept. Bubbles.
 *
 * @csspart parts - The pad and the answer side by side.
 * @csspart answer - The preview and the predictions.
 * @csspart notice - The line below: loading, backend or error.
 * @csspart progress - The progress bar while the recognizer loads.
 * @csspart error - The message when something failed.
 * @csspart retry - The retry button.
 * @csspart pictures - The row of picture controls, with `pictures`.
 * @csspart choose - The button for choosing a picture.
 * @csspart picture - The thumbnail of the picture that is read, and its file name.
 * @csspart remove - The button for removing it.
 *
 * @cssproperty [--digit-pad-size=280px] - Width of the pad; `100%` fills its container.
 * @cssproperty [--digit-pad-aspect-ratio=1] - Aspect ratio of the pad. `3 / 1` suits several digits.
 * @cssproperty [--digit-preview-size=112px] - Width and height of the preview.
 * @cssproperty [--digit-preview-narrow-size=84px] - The same if the element is narrow.
 * @cssproperty [--digit-preview-wide-size=352px] - Width of the preview's other views, and of all with `controls`.
 * @cssproperty [--digit-pen-width=5.5% of the pad's shorter side] - Width of the pen, in CSS pixels of the pad.
 * @cssproperty --digit-ink-color - Color of the ink.
 * @cssproperty --digit-paper-color - Color of the pad.
 * @cssproperty --digit-text-color - Color of the text.
 * @cssproperty --digit-muted-color - Color of secondary text.
 * @cssproperty --digit-border-color - Color of the borders.
 * @cssproperty --digit-track-color - Color behind the bars.
 * @cssproperty --digit-accent-color - Color of bars, focus and buttons.
 * @cssproperty --digit-on-accent-color - Color of text on the accent.
 * @cssproperty --digit-danger-color - Color of errors.
 * @cssproperty [--digit-radius=12px] - Corner radius.
 * @cssproperty [--digit-font=inherit] - Font, as in the `font` shorthand.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate loading - The recognizer is loading.
 * @cssstate ready - The recognizer is ready.
 * @cssstate error - Something failed.
 * @cssstate dropping - A file is dragged over it, with `pictures`.
 * @cssstate invalid - It has blocked the form, and is still invalid.
 * @cssstate user-invalid - It is invalid after the user has changed it and moved on, or tried to submit the form.
 */
export class DigitRecognizer extends DigitReader {
  static override shadowRootOptions: ShadowRootInit = { ...DigitReader.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, buttonStyles, recognizerStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'aria-label', 'aria-invalid'];
  }

  /** How many predictions are listed, 1 to 10. */
  @checked(text)
  @property({ type: Number })
  top = 3;

  /** Whether the user may pick a digit other than the recognized one, in `<digit-predictions>`. */
  @property({ type: Boolean, reflect: true }) correctable = false;

  /**
   * Learns its user's handwriting from corrections: once a correction is final (the pad is cleared, something else is
   * read, or the form is submitted or reset), similar drawings are read that way. The empty attribute learns for the
   * lifetime of the page, for all of its recognizers; a name also stores what is learned under it on this device. Null
   * learns nothing.
   */
  @checked(profileName)
  @property({ reflect: true })
  learn: string | null = null;

  /**
   * Whether a picture can be provided instead of ink: chosen, dropped on the element, or pasted while it has the focus.
   * Without it, the element leaves files to the page.
   */
  @property({ type: Boolean, reflect: true }) pictures = false;

  /** The accessible name of the pad. A `<label>` or `aria-label` works too. */
  @checked(text)
  @property()
  label = '';

  readonly #slots = new SlotsController(this);
  readonly #learning = new LearningController(this, this.store);
  readonly #pictures = new PictureController(this, {
    store: this.store,
    internals: this.internals,
    pictures: () => (!this.pictures ? 'off' : this.isDisabled || this.readOnly ? 'disabled' : 'on'),
  });

  constructor() {
    super();
    new ContextProvider(this, { context: recognitionContext, initialValue: this.store });
    // Nothing tells that the text of a label has changed.
    this.addEventListener('focusin', () => this.requestUpdate());
  }

  /**
   * What has been learned of the user's handwriting, for instance to store it elsewhere. Null without `learn`, or until
   * `learn` has fetched it. Set a `new WriterProfile()` to start over; null returns to the profile that `learn` names.
   */
  @checked(data((given: WriterProfile) => !!given.learn, 'a WriterProfile or null'))
  @property({ attribute: false, noAccessor: true })
  get profile(): WriterProfile | null {
    return this.#learning.profile;
  }

  set profile(profile: WriterProfile | null) {
    this.#learning.profile = profile;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.store.setPartSettings({
      correctable: this.correctable && !this.readOnly && !this.isDisabled,
      label: this.label || this.getAttribute('aria-label') || this.#labelText,
    });
    const { status } = this.store.snapshot;
    setState(this.internals, 'empty', this.strokes.length === 0);
    for (const name of ['loading', 'ready', 'error'] as const) setState(this.internals, name, status === name);
  }

  protected override render(): TemplateResult {
    const filled = this.#slots.has('');
    return html`
      ${filled ? html`<span class="focus-proxy" tabindex="-1" @focus=${this.#onProxyFocus}></span>` : nothing}
      <slot name=${filled ? nothing : BUILT_IN_PARTS} @digit-typed=${this.#onTyped}>
        <div part="parts" class="parts">
          <digit-pad
            lang=${this.lang || nothing}
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
      ${this.#pictures.render(this.locale.messages)}
      <div part="notice" class="notice">${this.#renderNotice()}</div>
    `;
  }

  #renderNotice(): TemplateResult | typeof nothing {
    if (this.hydration.pending) return nothing;
    const kept = this.strokes.length > 0;
    const { messages } = this.locale;
    return (
      this.#pictures.renderNotice(messages, kept, this.#onRetry) ??
      renderNotice(this.store.snapshot, kept, messages, this.#onRetry)
    );
  }

  /** The button disappears, and with it the focus. */
  readonly #onRetry = (): void => {
    this.pad?.focus({ preventScroll: true });
    this.retry();
  };

  /** Handles a digit typed on something other than a pad, such as the page's own keys. */
  readonly #onTyped = (event: DigitTypedEvent): void => {
    if (event.defaultPrevented || this.isDisabled || this.readOnly) return;
    // A pad has passed it on already, to its own recognizer, which may be another one.
    if (event.composedPath()[0] instanceof DigitPad) return;
    this.store.correct(event.digit, 'typed');
  };

  /** The browser does not look for focusable elements in a pad that the page has provided, here or elsewhere. */
  readonly #onProxyFocus = (): void => this.pad?.focus();

  /** The text of its labels, which names the pad that a user draws on. */
  get #labelText(): string {
    const labels = this.hydration.pending ? [] : [...this.internals.labels];
    const textAround = (node: Node): string =>
      node.contains(this) ? (node === this ? '' : [...node.childNodes].map(textAround).join(' ')) : node.textContent!;
    return labels.map(textAround).join(' ').trim();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-recognizer': DigitRecognizer;
  }
}
