import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Prediction } from '../recognition/index.js';
import { recognitionContext } from './contexts.js';
import { predictionsStyles } from './digit-predictions.styles.js';
import { LentStore } from './lent-store.js';
import { MessagesController } from './messages-controller.js';
import { themeStyles } from './theme.styles.js';

const DEFAULT_TOP = 3;

/** Whole per cent are enough to read; the last per mille are where certainty differs. */
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1, minimumFractionDigits: 1 });

/**
 * @summary The most probable digits, each with a bar and a percentage.
 *
 * Inside of a `<digit-recognizer>` it shows that element's answer; alone it shows its property `predictions`. A settled
 * answer is announced once, politely, to those who listen.
 *
 * @csspart list - The list.
 * @csspart not-sure - The words above the list when it may be no digit.
 * @csspart prediction - One line: digit, bar and percentage.
 * @csspart digit - The digit.
 * @csspart bar - The bar, an SVG.
 * @csspart percentage - The percentage.
 *
 * @cssproperty --digit-accent-color - Colour of the bars.
 * @cssproperty --digit-track-color - Colour behind the bars.
 */
export class DigitPredictions extends LitElement {
  static override styles = [themeStyles, predictionsStyles];

  /** How many digits are listed, 1 to 10. */
  @property({ type: Number }) top = DEFAULT_TOP;

  /** All ten, best first, as in `Recognition.predictions`; null for no answer. */
  @property({ attribute: false }) predictions: readonly Prediction[] | null = null;

  /** Whether the predictions are no more than the nearest guesses, since it may be no digit. */
  @property({ type: Boolean, reflect: true }) unsure = false;

  /** The last settled answer, in words. */
  @state() private announcement = '';

  readonly #messages = new MessagesController(this);
  readonly #recognition = new LentStore(this, recognitionContext, null);

  protected override willUpdate(): void {
    const snapshot = this.#recognition.store?.snapshot;
    if (!snapshot || snapshot.settled) this.announcement = this.#describe();
  }

  protected override render(): TemplateResult {
    const shown = this.#shown;
    const count = Math.min(10, Math.max(1, Math.round(this.top) || DEFAULT_TOP));
    return html`
      ${this.#unsure ? html`<p part="not-sure" class="not-sure">${this.#messages.table.notSure}</p>` : nothing}
      <ol part="list" class="list" aria-label=${this.#messages.table.predictionsLabel}>
        ${Array.from({ length: count }, (_, index) => this.#renderPrediction(shown?.[index]))}
      </ol>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  #renderPrediction(prediction: Prediction | undefined): TemplateResult {
    const percentage = prediction ? percent.format(prediction.probability) : '';
    return html`<li part="prediction" class="prediction ${prediction && !this.#unsure ? 'likely' : ''}">
      <span part="digit" class="digit">${prediction?.digit ?? '–'}</span>
      <svg part="bar" class="bar" aria-hidden="true" preserveAspectRatio="none">
        ${svg`<rect height="100%" width="${(prediction?.probability ?? 0) * 100}%" />`}
      </svg>
      <span part="percentage" class="percentage">${percentage}</span>
    </li>`;
  }

  #describe(): string {
    const store = this.#recognition.store;
    if (store?.snapshot.recognition?.reason === 'blank') return this.#messages.table.nothingRecognized;
    const best = this.#shown?.[0];
    if (!best) return '';
    return this.#unsure
      ? this.#messages.table.notSureAnswer(String(best.digit))
      : this.#messages.table.answer(String(best.digit), percent.format(best.probability));
  }

  get #shown(): readonly Prediction[] | null {
    const { store } = this.#recognition;
    if (!store) return this.predictions;
    const { recognition } = store.snapshot;
    return recognition && recognition.reason !== 'blank' ? recognition.predictions : null;
  }

  get #unsure(): boolean {
    const { store } = this.#recognition;
    return store ? store.snapshot.recognition?.reason === 'not-a-digit' : this.unsure;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-predictions': DigitPredictions;
  }
}
