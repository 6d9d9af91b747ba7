import { html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { recognitionContext } from './contexts.js';
import { previewStyles } from './digit-preview.styles.js';
import { LentStore } from './lent-store.js';
import { MessagesController } from './messages-controller.js';
import { themeStyles } from './theme.styles.js';

/** Width and height of the picture that the network takes. */
const SIDE = 28;

/**
 * @summary The picture that the network saw: 28x28 pixels, ink white on black.
 *
 * Inside of a `<digit-recognizer>` it shows that element's picture; alone it shows its property `image`.
 *
 * @csspart picture - The picture itself, a canvas.
 *
 * @cssproperty [--digit-preview-size=112px] - Width and height.
 */
export class DigitPreview extends LitElement {
  static override styles = [themeStyles, previewStyles];

  /** 784 values, row-major, 0 (paper) to 1 (ink), as in `Recognition.image`; null for no picture. */
  @property({ attribute: false }) image: Float32Array | null = null;

  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  readonly #messages = new MessagesController(this);
  readonly #recognition = new LentStore(this, recognitionContext, null);

  protected override render(): TemplateResult {
    return html`<canvas
      part="picture"
      class="picture"
      width=${SIDE}
      height=${SIDE}
      role="img"
      aria-label=${this.#shown ? this.#messages.table.previewLabel : this.#messages.table.previewEmpty}
    ></canvas>`;
  }

  protected override updated(): void {
    const context = this.canvas.getContext('2d')!;
    const picture = context.createImageData(SIDE, SIDE);
    const image = this.#shown;
    for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
      picture.data.fill((image?.[pixel] ?? 0) * 255, pixel * 4, pixel * 4 + 3);
      picture.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(picture, 0, 0);
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
