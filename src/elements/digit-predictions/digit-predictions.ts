import '../shared/stand-in-begin.js';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { DIGITS } from '../../model/index.js';
import type { Prediction, RecognitionSnapshot } from '../../recognition/index.js';
import { whenIdle } from '../../utils/index.js';
import { checked, CheckedElement, data, element, text } from '../shared/checked.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { LocaleController } from '../shared/locale-controller.js';
import { onServer } from '../shared/on-server.js';
import { formatPercentage } from '../shared/number-formats.js';
import type { RecognizerStore } from '../shared/recognizer-store.js';
import { ShownRecognition } from '../shared/shown-recognition.js';
import { themeStyles } from '../shared/theme.styles.js';
import { typedDigit } from '../shared/typed-digit.js';
import { announce, describeCorrection, describeSecond } from './announcement.js';
import { predictionsStyles } from './digit-predictions.styles.js';
import { arrangeRows, type Row } from './rows.js';
import '../shared/stand-in-end.js';

const DEFAULT_TOP = 3;

const noRows: readonly Row[] = [];
const tenDigits = Array.from({ length: DIGITS }, (_, digit) => digit);

const answer = data(
  (given: readonly Prediction[]) =>
    Array.isArray(given) &&
    new Set(given.map(({ digit }: Prediction) => digit)).size === given.length &&
    given.every(
      ({ digit, probability }: Prediction) => tenDigits.includes(digit) && probability >= 0 && probability <= 1,
    ) &&
    (given.length === 0 || given.some(({ probability }: Prediction) => probability > 0)),
  'predictions: [{ digit: 0 to 9, each at most once, probability: 0 to 1, not all 0 }, …], or null',
);

/**
 * @summary The most probable digits, each with a bar and a percentage.
 *
 * Inside a `<digit-recognizer>` it shows that element's answer; with `for`, that of the recognizer with this id, in the
 * same document or shadow tree; otherwise its property `predictions`. A settled answer is announced once, politely, to
 * screen readers.
 *
 * If the recognizer is `correctable`, any digit can be picked instead of the recognized one: with the pointer, or with
 * the arrow keys (or the digit's own key) and Space or Enter.
 *
 * @csspart list - The list.
 * @csspart not-sure - The heading if the drawing may be a non-digit, or no digit was found.
 * @csspart correction - The heading if the user has corrected the digit, or the page has set it.
 * @csspart learned - The heading if the answer was learned from the user's corrections.
 * @csspart prediction - A row: digit, bar and percentage.
 * @csspart digit - The digit.
 * @csspart bar - The bar, an SVG.
 * @csspart percentage - The percentage.
 * @csspart digits - The digits of a number, in a row.
 * @csspart number-digit - One of them, a button.
 * @csspart choice - A digit below the rows, if the answer can be corrected.
 * @csspart second-best - The text below the list that names the second-best digit, if only one is listed.
 *
 * @cssproperty --digit-text-color - Color of the best digit.
 * @cssproperty --digit-muted-color - Color of the others.
 * @cssproperty --digit-accent-color - Color of the bars and the picked digit.
 * @cssproperty --digit-on-accent-color - Color of text on the accent.
 * @cssproperty --digit-track-color - Color behind the bars.
 * @cssproperty --digit-border-color - Color of the borders of digits that can be picked.
 * @cssproperty [--digit-radius=12px] - Corner radius.
 * @cssproperty [--digit-font=inherit] - Font, as in the `font` shorthand.
 */
export class DigitPredictions extends CheckedElement {
  static override styles = [themeStyles, predictionsStyles];

  /**
   * How many digits are listed, 1 to 10.
   * @default 3
   */
  @checked(text)
  @property({ type: Number })
  top: number = DEFAULT_TOP;

  /** All ten, best first, as in `Recognition.predictions`; null for no answer. */
  @checked(answer)
  @property({ attribute: false })
  predictions: readonly Prediction[] | null = null;

  /** Whether the predictions are only best guesses, since the drawing may be a non-digit. */
  @property({ type: Boolean, reflect: true }) unsure = false;

  /** Id of the `<digit-recognizer>` whose answer is shown, in the same document or shadow tree. */
  @checked(text)
  @property({ attribute: 'for' })
  htmlFor = '';

  /** The `<digit-recognizer>` whose answer is shown; takes precedence over `for`. */
  @checked(element)
  @property({ attribute: false })
  recognizer: Element | null = null;

  /** Announcement of the last settled answer. */
  @state() private announcement = '';

  /** The digit that the keys have moved the focus to. */
  @state() private focusedDigit: number | null = null;

  readonly #hydration = new HydrationController(this);
  readonly #locale = new LocaleController(this, this.#hydration);
  readonly #recognition = new ShownRecognition(this, this.#hydration);
  /** The store whose answer was shown last. */
  #store: Partial<RecognizerStore> | null = null;
  #rows = noRows;
  /** Whether the focus is lost to rendering, not moved by the user. */
  #rendering = false;

  constructor() {
    super();
    if (onServer) return;
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.#rendering) this.#store?.focusLeft?.(relatedTarget);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#belongTo(null);
  }

  protected override willUpdate(): void {
    this.#recognition.refer(this.htmlFor, this.recognizer);
    if (this.isConnected) this.#belongTo(this.#recognition.store);
    this.#rows = this.#arrange();
    if (this.#settled) this.announcement = this.#describe();
    else if (this.#rows.length === 0) this.announcement = '';
  }

  #belongTo(store: Partial<RecognizerStore> | null): void {
    this.#store?.lists?.delete(this);
    this.#store = store;
    store?.lists?.add(this);
  }

  /** Restores the focus to an option that is replaced or moved while focused. */
  protected override update(changed: PropertyValues): void {
    const { activeElement } = this.renderRoot as ShadowRoot;
    const digit = (activeElement as HTMLElement | null)?.dataset.digit;
    this.#rendering = true;
    super.update(changed);
    this.#rendering = false;
    if (digit === undefined || activeElement === (this.renderRoot as ShadowRoot).activeElement) return;
    this.#option(Number(digit))?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const correctable = this.#snapshot?.correctable === true;
    const listed = this.#rows.slice(0, this.#count);
    const empty = listed.length === 0 && !correctable;
    const { messages } = this.#locale;
    return html`
      ${this.#renderDigits()} ${this.#renderHeading()}
      <ol
        part="list"
        class="list"
        role=${correctable ? 'listbox' : 'list'}
        aria-label=${correctable ? messages.correctLabel : messages.predictionsLabel}
        aria-hidden=${empty ? 'true' : nothing}
        @click=${correctable ? this.#onClick : nothing}
        @keydown=${correctable ? this.#onKeyDown : nothing}
        @focusout=${correctable ? this.#onFocusOut : nothing}
      >
        ${empty ? this.#renderEmptyRows() : repeat(listed, ({ digit }) => digit, this.#renderRow)}
        ${correctable ? repeat(this.#choices, (digit) => digit, this.#renderChoice) : nothing}
      </ol>
      ${this.#count === 1 && this.#second ? html`<p part="second-best" class="second-best">${this.#second}</p>` : nothing}
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override firstUpdated(): void {
    // Some languages need a number format, which takes as long as a frame to create: do so before the first answer.
    void whenIdle().then(() => formatPercentage(this.#locale.language, 0));
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('focusedDigit') && this.focusedDigit !== null) this.#option(this.focusedDigit)?.focus();
  }

  /** Renders the digits of a number, one of them selected. */
  #renderDigits(): TemplateResult | typeof nothing {
    const { store } = this.#recognition;
    if (!store || store.snapshot.digits.length < 2) return nothing;
    const { digits, selected } = store.snapshot;
    return html`<div part="digits" class="digits" role="group" aria-label=${this.#locale.messages.digitsLabel}>
      ${digits.map(
        (digit, index) =>
          html`<button
            part="number-digit"
            class="number-digit"
            type="button"
            aria-pressed=${index === selected ? 'true' : 'false'}
            aria-label=${digit === null ? this.#locale.messages.notSure : nothing}
            @click=${() => store.select(index)}
          >
            ${digit ?? '?'}
          </button>`,
      )}
    </div>`;
  }

  #renderHeading(): TemplateResult | typeof nothing {
    const { correction, given, recognition, empty } = this.#snapshot ?? {};
    const { messages } = this.#locale;
    if (correction) return html`<p part="correction" class="heading">${describeCorrection(correction, messages)}</p>`;
    if (given) return html`<p part="correction" class="heading">${given.join('')}</p>`;
    const nothingFound = this.#settled && empty === false && this.#rows.length === 0;
    if (this.#unsure || nothingFound) {
      const text = nothingFound ? messages.nothingRecognized : messages.notSure;
      return html`<p part="not-sure" class="heading not-sure">${text}</p>`;
    }
    return recognition?.learned ? html`<p part="learned" class="heading learned">${messages.learned}</p>` : nothing;
  }

  readonly #renderRow = ({ digit, probability, percentage }: Row, index: number): TemplateResult =>
    html`<li
      part="prediction"
      class="prediction ${index === 0 && !this.#unsure ? 'likely' : ''}"
      data-digit=${digit}
      role=${this.#role}
      tabindex=${this.#tabIndex(digit)}
      aria-selected=${this.#selection(digit)}
    >
      <span class="visually-hidden">${this.#locale.messages.prediction(String(digit), percentage)}</span>
      <span class="shown" aria-hidden="true">
        <span part="digit" class="digit">${digit}</span>
        <svg part="bar" class="bar" preserveAspectRatio="none">
          ${svg`<rect height="100%" width="${probability * 100}%" />`}
        </svg>
        <span part="percentage" class="percentage">${percentage}</span>
      </span>
    </li>`;

  #renderEmptyRows(): TemplateResult[] {
    return Array.from(
      { length: this.#count },
      () =>
        html`<li part="prediction" class="prediction">
          <span class="shown">
            <span part="digit" class="digit">–</span>
            <svg part="bar" class="bar" preserveAspectRatio="none">${svg`<rect height="100%" width="0%" />`}</svg>
            <span part="percentage" class="percentage"></span>
          </span>
        </li>`,
    );
  }

  readonly #renderChoice = (digit: number): TemplateResult => {
    const percentage = this.#rows.find((row) => row.digit === digit)?.percentage;
    return html`<li
      part="choice"
      class="choice"
      data-digit=${digit}
      role="option"
      tabindex=${this.#tabIndex(digit)}
      aria-selected=${this.#selection(digit)}
      aria-label=${percentage ? this.#locale.messages.prediction(String(digit), percentage) : nothing}
    >
      ${digit}
    </li>`;
  };

  get #count(): number {
    return Math.min(DIGITS, Math.max(1, Math.round(this.top) || DEFAULT_TOP));
  }

  /** The digits without a row, in ascending order. */
  get #choices(): number[] {
    const listed = this.#rows.slice(0, this.#count);
    return tenDigits.filter((digit) => !listed.some((row) => row.digit === digit));
  }

  get #role(): 'option' | typeof nothing {
    return this.#snapshot?.correctable ? 'option' : nothing;
  }

  #selection(digit: number): 'true' | 'false' | typeof nothing {
    return this.#role === nothing ? nothing : digit === this.#answer ? 'true' : 'false';
  }

  /** Roving tabindex: one digit can be reached with Tab, the others from there. */
  #tabIndex(digit: number): '0' | '-1' | typeof nothing {
    if (this.#role === nothing) return nothing;
    const first = this.#rows.at(0)?.digit ?? 0;
    return digit === (this.focusedDigit ?? this.#answer ?? first) ? '0' : '-1';
  }

  #option(digit: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-digit="${digit}"]`);
  }

  readonly #onClick = (event: Event): void => {
    const option = (event.target as Element).closest<HTMLElement>('[data-digit]');
    if (option) this.#pick(Number(option.dataset.digit));
  };

  readonly #onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (this.#rendering) return;
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) this.focusedDigit = null;
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-digit]')];
    const index = options.indexOf(event.target as HTMLElement);
    const toward =
      getComputedStyle(this).direction === 'rtl' ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowLeft: -1, ArrowRight: 1 };
    const typed = typedDigit(event.key);
    const steps: Readonly<Record<string, number>> = {
      ...toward,
      ArrowUp: -1,
      ArrowDown: 1,
      Home: -DIGITS,
      End: DIGITS,
    };
    if (event.key in steps) {
      const next = Math.min(options.length - 1, Math.max(0, index + steps[event.key]));
      this.focusedDigit = Number(options[next].dataset.digit);
    } else if (typed !== null) {
      this.focusedDigit = typed;
    } else if (event.key === ' ' || event.key === 'Enter') {
      this.#pick(Number(options[index].dataset.digit));
    } else {
      return;
    }
    event.preventDefault();
  };

  #pick(digit: number): void {
    this.focusedDigit = digit;
    this.#recognition.store?.correct(digit);
  }

  #arrange(): readonly Row[] {
    const predictions = this.#shown;
    return predictions ? arrangeRows(predictions, this.#settled ? null : this.#rows, this.#locale.language) : noRows;
  }

  #describe(): string {
    return announce(this.#rows, this.#unsure, this.#snapshot, this.#locale);
  }

  /** The text for the second-best digit; '' if there is none. */
  get #second(): string {
    return describeSecond(this.#rows, this.#locale.messages);
  }

  /** The recognizer's state; undefined without a recognizer. */
  get #snapshot(): RecognitionSnapshot | undefined {
    return this.#recognition.store?.snapshot;
  }

  get #settled(): boolean {
    return this.#snapshot?.settled ?? true;
  }

  /** The current digit; null if there is none. */
  get #answer(): number | null {
    const snapshot = this.#snapshot;
    return snapshot?.digits[snapshot.selected] ?? null;
  }

  get #shown(): readonly Prediction[] | null {
    const snapshot = this.#snapshot;
    if (!snapshot) return this.predictions;
    const { recognition } = snapshot;
    return recognition && recognition.reason !== 'blank' ? recognition.predictions : null;
  }

  get #unsure(): boolean {
    const snapshot = this.#snapshot;
    return snapshot ? snapshot.recognition?.reason === 'not-a-digit' : this.unsure;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-predictions': DigitPredictions;
  }
}
