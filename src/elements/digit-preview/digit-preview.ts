import '../shared/stand-in-begin.js';
import { checked, data, element, text } from '../shared/checked.js';
import { IMAGE_LENGTH, IMAGE_SIDE } from '../../model/shapes.js';
import { adoptStyles, html, LitElement, nothing, svg, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { onServer } from '../shared/on-server.js';
import { property, state } from 'lit/decorators.js';
import type { Plane } from '../../imaging/index.js';
import type { TemplateTools } from './template-tools.js';
import { importOnce } from '../../model/import-once.js';
import { RecognitionError, type Recognition } from '../../recognition/index.js';
import { previewStyles } from './digit-preview.styles.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { MessagesController } from '../shared/messages-controller.js';
import { paint } from '../shared/paint.js';
import { greyPicture } from './pictures.js';
import type { PixelInspector } from './pixel-inspector.js';
import { views, type PreviewView } from './preview-view.js';
import type { Explanation, ExplainingView } from './preview-views.js';
import { logError } from '../shared/report-error.js';
import { ShownRecognition } from '../shared/shown-recognition.js';
import { themeStyles } from '../shared/theme.styles.js';
import '../shared/stand-in-end.js';

const importViews = importOnce(() => import('./preview-views.js'), 'explains an answer', RecognitionError);

type Extras = Awaited<ReturnType<typeof importViews>>;

const tools: TemplateTools = { html, svg, paint };

/** Without an answer: its picture is not painted, since the canvas is black by its style. */
const nothingSeen = {
  plane: { data: new Float32Array(IMAGE_LENGTH), width: IMAGE_SIDE, height: IMAGE_SIDE },
  picture: null,
};

export type { PreviewView };

const isView = (view: string): view is PreviewView => (views as readonly string[]).includes(view);

/** What an explanation was made from: when something of it changes, it is made anew. */
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
 * @summary What the network saw, and how it came to its answer: 28x28 pixels, ink white on black.
 *
 * Inside of a `<digit-recognizer>` it shows that element's picture, and anywhere on the page that of the recognizer that
 * `for` names; alone it shows its property `image`. The other views are of a recognizer's answer: the steps from ink to
 * picture, which ink counted for the digit, and what the network's first layer makes of it.
 *
 * @csspart picture - The picture itself, a canvas.
 * @csspart pixels - The picture whose pixels can be visited, with `inspect`.
 * @csspart pixel - The words below it: row, column and value.
 * @csspart views - The choice between the views, with `controls`.
 * @csspart view - One of the views' names.
 * @csspart panel - The view.
 * @csspart steps - The list of the steps.
 * @csspart step - One step: a picture and its name.
 * @csspart saliency - The picture of what counted, and its legend.
 * @csspart sentence - Which part of the ink counted most.
 * @csspart layer - The pictures of the first layer.
 * @csspart note - The words in place of a view that is not there.
 *
 * @cssproperty [--digit-preview-size=112px] - Width and height of the picture.
 * @cssproperty [--digit-preview-wide-size=352px] - Width of the other views, and of all with `controls`.
 * @cssproperty --digit-text-color - Color of the text.
 * @cssproperty --digit-muted-color - Color of what matters less.
 * @cssproperty --digit-border-color - Color of the pictures' borders.
 * @cssproperty --digit-accent-color - Color of the chosen view's name and of the box around the ink.
 * @cssproperty [--digit-radius=12px] - Roundness of the corners.
 * @cssproperty [--digit-font=inherit] - Font, as the shorthand.
 */
export class DigitPreview extends LitElement {
  static override styles = [themeStyles, previewStyles];

  /** 784 values, row-major, 0 (paper) to 1 (ink), as in `Recognition.image`; null for no picture. */
  @checked(picture)
  @property({ attribute: false })
  image: Float32Array | null = null;

  /**
   * What is shown: `input` (default), the picture itself; `steps`, from ink to picture; `saliency`, which ink counted;
   * `layer`, the pictures of the network's first layer.
   */
  @checked(text)
  @property({ reflect: true })
  view: PreviewView = 'input';

  /** Whether the user can choose the view. */
  @property({ type: Boolean, reflect: true }) controls = false;

  /** Whether pointer and arrow keys tell the values of the picture's pixels. */
  @property({ type: Boolean, reflect: true }) inspect = false;

  /** Id of the `<digit-recognizer>` whose answer is shown, in the same document or shadow tree. */
  @checked(text)
  @property({ attribute: 'for' })
  htmlFor = '';

  /** The `<digit-recognizer>` whose answer is shown; goes before `for`. */
  @checked(element)
  @property({ attribute: false })
  recognizer: Element | null = null;

  /** The view besides the picture; null while there is none. */
  @state() private explanation: Explanation | null = null;

  /** Why there is none, when making it failed. */
  @state() private failure: Error | null = null;

  /** What `controls`, `inspect` and the other views need; null until it is fetched. */
  @state() private extras: Extras | null = null;

  readonly #hydration = new HydrationController(this);
  readonly #messages = new MessagesController(this, this.#hydration);
  readonly #recognition = new ShownRecognition(this, this.#hydration);
  #subject: Subject | null = null;
  #explaining: AbortController | null = null;
  #inspector: PixelInspector | null = null;
  #fetching: Promise<void> | null = null;
  /** The answer that it was fetched for last. */
  #fetchedFor: Float32Array | null | undefined = undefined;
  #painted: {
    readonly image: Float32Array;
    readonly plane: Plane;
    readonly picture: ReturnType<typeof greyPicture>;
  } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(): void {
    this.#recognition.refer(this.htmlFor, this.recognizer);
    if (onServer || !this.isConnected) return;
    if ((this.controls || this.inspect) && !this.extras && !this.#fetching && this.#fetchedFor !== this.#shown) {
      this.#fetchedFor = this.#shown;
      this.#fetching = this.#fetch();
    }
    this.#explainWhatIsNew();
  }

  protected override render(): TemplateResult {
    const shown = this.#renderView();
    return this.controls && this.extras
      ? this.extras.renderChoice(this.#view, shown, this.#messages.table, (view) => (this.view = view), tools)
      : shown;
  }

  /** The elements for `controls` and `inspect` are fetched; whoever waits for an update waits for them as well. */
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
    const { table, language } = this.#messages;
    if (this.explanation) return this.explanation(table, language);
    return this.failure
      ? html`<p part="note" class="note" role="alert">${table.viewFailed}</p>`
      : html`<p part="note" class="note">${this.#subject ? nothing : table.viewEmpty}</p>`;
  }

  #renderInput(): TemplateResult {
    const image = this.#shown;
    const { plane, picture } = image ? this.#paint(image) : nothingSeen;
    const canvas = html`<canvas
      part="picture"
      class="picture"
      width=${IMAGE_SIDE}
      height=${IMAGE_SIDE}
      role="img"
      aria-label=${image ? this.#messages.table.previewLabel : this.#messages.table.previewEmpty}
      ${paint(picture)}
    ></canvas>`;
    return this.inspect && this.#inspector ? this.#inspector.render(plane, canvas) : canvas;
  }

  #paint(image: Float32Array): { readonly plane: Plane; readonly picture: ReturnType<typeof greyPicture> } {
    if (this.#painted?.image === image) return this.#painted;
    const plane = { data: image, width: IMAGE_SIDE, height: IMAGE_SIDE };
    this.#painted = { image, plane, picture: greyPicture(plane) };
    return this.#painted;
  }

  /** Fetches what `controls` and `inspect` need. */
  async #fetch(): Promise<void> {
    try {
      await this.#load();
    } catch (error) {
      // The picture is shown without; the next answer tries again.
      logError(this, error as Error);
    }
    this.#fetching = null;
  }

  /** @throws {RecognitionError} `network` when it could not be fetched */
  async #load(): Promise<Extras> {
    const extras = await importViews();
    if (this.extras) return extras;
    this.#inspector = new extras.PixelInspector(this, this.#messages, tools);
    const { elementStyles } = this.constructor as typeof DigitPreview;
    adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, unsafeCSS(extras.viewStyles)]);
    return (this.extras = extras);
  }

  /** Begins to make the view when what it shows has changed. An older one never comes after a newer one. */
  #explainWhatIsNew(): void {
    const subject = this.#nextSubject();
    if (!subject) {
      // While the pen draws, the last answer's view stays.
      if (this.#view !== this.#subject?.view || !this.#recognition.store?.snapshot.recognition) this.#forget();
      return;
    }
    const { view, recognition, digit } = subject;
    const before = this.#subject;
    if (view === before?.view && recognition === before.recognition && digit === before.digit) return;
    this.#explaining?.abort();
    const explaining = new AbortController();
    this.#explaining = explaining;
    this.#subject = subject;
    if (view !== before?.view) this.explanation = null;
    this.failure = null;
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
      if (!signal.aborted) this.explanation = explanation;
    } catch (error) {
      if (signal.aborted) return;
      this.explanation = null;
      this.failure = error instanceof Error ? error : new Error(String(error));
      logError(this, this.failure);
    }
  }

  #forget(): void {
    this.#explaining?.abort();
    this.#explaining = null;
    this.#subject = null;
    this.explanation = null;
    this.failure = null;
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
