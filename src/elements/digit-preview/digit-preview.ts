import '../shared/stand-in-begin.js';
import { adoptStyles, html, nothing, svg, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { IMAGE_LENGTH, IMAGE_SIDE } from '../../model/index.js';
import type { Plane } from '../../imaging/index.js';
import { importOnce } from '../../utils/index.js';
import { RecognitionError, type Recognition } from '../../recognition/index.js';
import { checked, CheckedElement, data, element, text } from '../shared/checked.js';
import { onServer } from '../shared/on-server.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { LocaleController } from '../shared/locale-controller.js';
import { paint } from '../shared/paint.js';
import { logError } from '../shared/report-error.js';
import { ShownRecognition } from '../shared/shown-recognition.js';
import { themeStyles } from '../shared/theme.styles.js';
import type { TemplateTools } from './template-tools.js';
import { previewStyles } from './digit-preview.styles.js';
import { grayPicture } from './pictures.js';
import type { PixelInspector } from './pixel-inspector.js';
import { views, type PreviewView } from './preview-view.js';
import type { ExplainingView, Explanation } from './preview-views.js';
import '../shared/stand-in-end.js';

const importViews = importOnce(() => import('./preview-views.js'), 'explains an answer', RecognitionError);

type Extras = Awaited<ReturnType<typeof importViews>>;

const tools: TemplateTools = { html, svg, paint };

/** Shown without an answer. Not painted, since the canvas is black by default. */
const blankInput = {
  plane: { data: new Float32Array(IMAGE_LENGTH), width: IMAGE_SIDE, height: IMAGE_SIDE },
  picture: null,
};

export type { PreviewView };

const isView = (view: string): view is PreviewView => (views as readonly string[]).includes(view);

/** What an explanation is made from: any change to it requires a new one. */
interface Subject {
  readonly view: ExplainingView;
  readonly recognition: Recognition;
  readonly digit: number;
}

const picture = data(
  (given: Float32Array) => given.length === IMAGE_SIDE ** 2 && typeof given[0] === 'number',
  `${IMAGE_SIDE ** 2} numbers, or null`,
);

/**
 * @summary What the network saw, and how it reached its answer: 28x28 pixels, white ink on black.
 *
 * Inside a `<digit-recognizer>` it shows that element's picture; with `for`, that of the recognizer with this id, in the
 * same document or shadow tree; otherwise its property `image`. The other views explain a recognizer's answer: the steps
 * from ink to picture, which ink counted for the digit, and the feature maps of the network's first layer.
 *
 * @csspart picture - The picture itself, a canvas.
 * @csspart pixels - The picture with a pixel cursor, with `inspect`.
 * @csspart pixel - The text below it: row, column and value.
 * @csspart views - The tabs of the views, with `controls`.
 * @csspart view - One of the tabs.
 * @csspart panel - The current view.
 * @csspart steps - The list of steps.
 * @csspart step - A step: picture and caption.
 * @csspart saliency - The saliency map and its legend.
 * @csspart sentence - The text that names the part of the ink that counted most.
 * @csspart layer - The feature maps of the first layer.
 * @csspart note - The text shown instead of an unavailable view.
 *
 * @cssproperty [--digit-preview-size=112px] - Width and height of the picture.
 * @cssproperty [--digit-preview-wide-size=352px] - Width of the other views, and of all with `controls`.
 * @cssproperty --digit-text-color - Color of the text.
 * @cssproperty --digit-muted-color - Color of secondary text.
 * @cssproperty --digit-border-color - Color of the pictures' borders.
 * @cssproperty --digit-accent-color - Color of the selected tab's border, and of focus outlines.
 * @cssproperty [--digit-radius=12px] - Corner radius.
 * @cssproperty [--digit-font=inherit] - Font, as in the `font` shorthand.
 */
export class DigitPreview extends CheckedElement {
  static override styles = [themeStyles, previewStyles];

  /** 784 values, row-major, 0 (paper) to 1 (ink), as in `Recognition.image`; null for no picture. */
  @checked(picture)
  @property({ attribute: false })
  image: Float32Array | null = null;

  /**
   * What is shown: `input` (default), the picture itself; `steps`, from ink to picture; `saliency`, which ink counted;
   * `layer`, the feature maps of the network's first layer.
   */
  @checked(text)
  @property({ reflect: true })
  view: PreviewView = 'input';

  /** Whether the user can choose the view. */
  @property({ type: Boolean, reflect: true }) controls = false;

  /** Whether pointer and arrow keys show the values of the picture's pixels. */
  @property({ type: Boolean, reflect: true }) inspect = false;

  /** Id of the `<digit-recognizer>` whose answer is shown, in the same document or shadow tree. */
  @checked(text)
  @property({ attribute: 'for' })
  htmlFor = '';

  /** The `<digit-recognizer>` whose answer is shown; takes precedence over `for`. */
  @checked(element)
  @property({ attribute: false })
  recognizer: Element | null = null;

  /** The current explanation; null while there is none. */
  @state() private explanation: Explanation | null = null;

  /** Whether making it failed. */
  @state() private failed = false;

  /** Aborts the explanation that is being made; null while none is. */
  @state() private explaining: AbortController | null = null;

  /** The code for `controls`, `inspect` and the other views; null until fetched. */
  @state() private extras: Extras | null = null;

  readonly #hydration = new HydrationController(this);
  readonly #locale = new LocaleController(this, this.#hydration);
  readonly #recognition = new ShownRecognition(this, this.#hydration);
  #subject: Subject | null = null;
  #inspector: PixelInspector | null = null;
  #fetching: Promise<void> | null = null;
  /** The picture for which it was last fetched. */
  #fetchedFor: Float32Array | null | undefined = undefined;
  #painted: {
    readonly image: Float32Array;
    readonly plane: Plane;
    readonly picture: ReturnType<typeof grayPicture>;
  } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clearExplanation();
  }

  protected override willUpdate(): void {
    this.#recognition.refer(this.htmlFor, this.recognizer);
    if (onServer || !this.isConnected) return;
    if ((this.controls || this.inspect) && !this.extras && !this.#fetching && this.#fetchedFor !== this.#shown) {
      this.#fetchedFor = this.#shown;
      this.#fetching = this.#fetch();
    }
    this.#updateExplanation();
  }

  protected override render(): TemplateResult {
    const shown = this.#renderView();
    return this.controls && this.extras
      ? this.extras.renderTabs(this.#view, shown, this.#locale.messages, (view) => (this.view = view), tools)
      : shown;
  }

  /** Also waits for the code of `controls` and `inspect`. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const settled = await super.getUpdateComplete();
    if (!this.#fetching) return settled;
    await this.#fetching;
    return super.getUpdateComplete();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view') && this.shadowRoot?.activeElement?.role === 'tab') {
      this.renderRoot.querySelector<HTMLElement>(`#${this.#view}`)?.focus();
    }
  }

  #renderView(): TemplateResult {
    if (this.#view === 'input') return this.#renderInput();
    if (this.explanation) return this.explanation(this.#locale);
    const { messages } = this.#locale;
    return this.failed
      ? html`<p part="note" class="note" role="alert">${messages.viewFailed}</p>`
      : html`<p part="note" class="note">${this.explaining ? nothing : messages.viewEmpty}</p>`;
  }

  #renderInput(): TemplateResult {
    const image = this.#shown;
    const { plane, picture } = image ? this.#paint(image) : blankInput;
    const canvas = html`<canvas
      part="picture"
      class="picture"
      width=${IMAGE_SIDE}
      height=${IMAGE_SIDE}
      role="img"
      aria-label=${image ? this.#locale.messages.previewLabel : this.#locale.messages.previewEmpty}
      ${paint(picture)}
    ></canvas>`;
    return this.inspect && this.#inspector ? this.#inspector.render(plane, canvas) : canvas;
  }

  #paint(image: Float32Array): { readonly plane: Plane; readonly picture: ReturnType<typeof grayPicture> } {
    if (this.#painted?.image === image) return this.#painted;
    const plane = { data: image, width: IMAGE_SIDE, height: IMAGE_SIDE };
    this.#painted = { image, plane, picture: grayPicture(plane) };
    return this.#painted;
  }

  /** Fetches the code of `controls` and `inspect`. */
  async #fetch(): Promise<void> {
    try {
      await this.#load();
    } catch (error) {
      // The picture is shown without them; the next answer retries.
      logError(this, error as Error);
    }
    this.#fetching = null;
  }

  /** @throws {RecognitionError} `network` if the code could not be fetched */
  async #load(): Promise<Extras> {
    const extras = await importViews();
    if (this.extras) return extras;
    this.#inspector = new extras.PixelInspector(this, this.#locale, tools);
    const { elementStyles } = this.constructor as typeof DigitPreview;
    adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, unsafeCSS(extras.viewStyles)]);
    return (this.extras = extras);
  }

  /** Starts a new explanation if its subject has changed. An older one never replaces a newer one. */
  #updateExplanation(): void {
    const subject = this.#nextSubject();
    if (!subject) {
      // During a stroke, the last answer's explanation stays.
      if (this.#view !== this.#subject?.view || !this.#recognition.store?.snapshot.recognition)
        this.#clearExplanation();
      return;
    }
    const { view, recognition, digit } = subject;
    const before = this.#subject;
    if (view === before?.view && recognition === before.recognition && digit === before.digit) return;
    this.explaining?.abort();
    const explaining = new AbortController();
    this.explaining = explaining;
    this.#subject = subject;
    if (view !== before?.view) this.explanation = null;
    this.failed = false;
    void this.#explain(subject, explaining.signal);
  }

  #nextSubject(): Subject | null {
    const view = this.#view;
    const snapshot = this.#recognition.store?.snapshot;
    const recognition = snapshot?.recognition;
    if (view === 'input' || !snapshot?.settled || !recognition || recognition.reason === 'blank') return null;
    const digit = snapshot.correction?.digit ?? recognition.predictions[0].digit;
    return { view, recognition, digit };
  }

  async #explain({ view, recognition, digit }: Subject, signal: AbortSignal): Promise<void> {
    const { store } = this.#recognition;
    if (!store) return;
    try {
      const { explain } = await this.#load();
      const explanation = await explain(view, digit, recognition, store, signal, tools);
      if (signal.aborted) return;
      this.explaining = null;
      this.explanation = explanation;
    } catch (error) {
      if (signal.aborted) return;
      this.explaining = this.explanation = null;
      this.failed = true;
      logError(this, error as Error);
    }
  }

  #clearExplanation(): void {
    this.explaining?.abort();
    this.explaining = null;
    this.#subject = null;
    this.explanation = null;
    this.failed = false;
  }

  get #view(): PreviewView {
    return isView(this.view) ? this.view : 'input';
  }

  get #shown(): Float32Array | null {
    const { store } = this.#recognition;
    return store ? (store.snapshot.recognition?.image ?? null) : this.image;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-preview': DigitPreview;
  }
}
