import { html, nothing, svg, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PixelSource } from '../../imaging/index.js';
import type { Messages } from '../../messages/index.js';
import type { ReadPicture, RecognitionStore } from '../../recognition/index.js';
import { boxesOf } from '../digit-pad/ink-box.js';
import { isField } from '../shared/is-field.js';
import { isNetworkError, pictureFailureText } from '../shared/failure-text.js';
import { paint } from '../shared/paint.js';
import { setState } from '../shared/set-state.js';
import { renderError } from './notice.js';
import { thumbnailOf } from './thumbnail.js';

/** What the controller needs from its host. */
export interface PictureHost {
  readonly store: RecognitionStore;
  readonly internals: ElementInternals;
  /** `off`: pictures are left to the page; `disabled`: they are not, but cannot be given now. */
  readonly pictures: () => 'on' | 'off' | 'disabled';
}

const EVENTS = ['dragenter', 'dragover', 'dragleave', 'drop', 'focusin', 'focusout'] as const;

/** Keeps the file input's own events inside the control. */
const stop = (event: Event): void => event.stopPropagation();

/** Returns the first picture of several files; the first file if there is none. */
function chosenFile(files: Iterable<File> | null | undefined): File | null {
  const all = [...(files ?? [])];
  return all.find(({ type }) => type.startsWith('image/')) ?? all[0] ?? null;
}

/**
 * Lets a user provide a picture instead of ink: choose a file, drop one on the host, or paste one while the host has
 * the focus. While a file is dragged over the host, it has the state `dropping`.
 */
export class PictureController implements ReactiveController, EventListenerObject {
  readonly #host: ReactiveElement;
  readonly #control: PictureHost;
  /** The document that is listened to: the host may have been moved to another one meanwhile. */
  #document: Document | null = null;

  constructor(host: ReactiveElement, control: PictureHost) {
    this.#host = host;
    this.#control = control;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of EVENTS) this.#host.addEventListener(type, this);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) this.#host.removeEventListener(type, this);
    this.#listenForPaste(false);
    setState(this.#control.internals, 'dropping', false);
  }

  handleEvent(event: DragEvent | FocusEvent): void {
    const focused = event.type === 'focusin';
    if (focused || event.type === 'focusout') this.#listenForPaste(focused);
    else this.#drag(event as DragEvent);
  }

  /** Renders the button for choosing a picture, and the picture that is read. */
  render(messages: Messages): TemplateResult | typeof nothing {
    const pictures = this.#control.pictures();
    if (pictures === 'off') return nothing;
    const disabled = pictures === 'disabled';
    const { picture } = this.#control.store.snapshot;
    return html`<div part="pictures" class="pictures">
      <button part="choose" class="button choose" type="button" ?disabled=${disabled} @click=${this.#onChoose}>
        ${messages.choosePicture}
      </button>
      <input
        class="file"
        type="file"
        accept="image/*"
        hidden
        ?disabled=${disabled}
        @input=${stop}
        @change=${this.#onChosen}
      />
      ${picture ? this.#renderPicture(picture, messages, disabled) : nothing}
      <div class="drop-hint" aria-hidden="true">${messages.dropPicture}</div>
    </div>`;
  }

  /** Renders the line below while a picture is decoded, or if it could not be. */
  renderNotice(messages: Messages, kept: boolean, retry: () => void): TemplateResult | null {
    const { fault, decoding } = this.#control.store.snapshot;
    if (fault) {
      const content = html`<p>
        <strong>${pictureFailureText(fault, messages)}</strong> ${kept ? messages.inkKept : nothing}
      </p>`;
      return renderError(content, messages, isNetworkError(fault) ? retry : null);
    }
    return decoding ? html`<p role="status">${messages.pictureReading}</p>` : null;
  }

  #renderPicture(picture: ReadPicture, messages: Messages, disabled: boolean): TemplateResult {
    const label = messages.pictureLabel(picture.name);
    return html`<figure part="picture" class="picture">
      <div class="thumbnail">
        ${guard(
          [picture, label],
          () => html`<canvas role="img" aria-label=${label} ${paint(thumbnailOf(picture.pixels))}></canvas>`,
        )}
        ${this.#renderBoxes(picture.pixels)}
      </div>
      <figcaption class="picture-name" aria-hidden="true">${picture.name || messages.pictureLabel('')}</figcaption>
      <button
        part="remove"
        class="button remove"
        type="button"
        ?disabled=${disabled}
        aria-label=${messages.removePicture}
        @click=${this.#onRemove}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18" /></svg>
      </button>
    </figure>`;
  }

  /** Renders where the digits of a number are, and which one is selected. */
  #renderBoxes(picture: PixelSource): TemplateResult | typeof nothing {
    const { width, height } = picture.original ?? picture;
    const boxes = boxesOf(this.#control.store.snapshot);
    if (boxes.length === 0) return nothing;
    return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
      ${boxes.map(
        (box) =>
          svg`<rect class=${box.selected ? 'selected' : ''} x=${box.x} y=${box.y} width=${box.width} height=${box.height} />`,
      )}
    </svg>`;
  }

  readonly #onChoose = (): void => this.#host.renderRoot.querySelector<HTMLInputElement>('.file')?.click();

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    stop(event);
    // The dialog may have been open for long.
    if (this.#control.pictures() === 'on') this.#read(chosenFile(input.files));
    // Allows choosing the same file again.
    input.value = '';
  };

  readonly #onRemove = (): void => {
    this.#control.store.clear('user');
    this.#host.renderRoot.querySelector<HTMLElement>('.choose')?.focus();
  };

  #drag(event: DragEvent): void {
    const pictures = this.#control.pictures();
    const { dataTransfer } = event;
    if (pictures === 'off' || event.defaultPrevented || !dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser would navigate to the file.
    event.preventDefault();
    const over = event.type === 'dragenter' || event.type === 'dragover';
    const within = event.relatedTarget instanceof Node && this.#host.contains(event.relatedTarget);
    if (over) dataTransfer.dropEffect = pictures === 'on' ? 'copy' : 'none';
    setState(
      this.#control.internals,
      'dropping',
      pictures === 'on' && (over || (event.type === 'dragleave' && within)),
    );
    if (event.type === 'drop' && pictures === 'on') this.#read(chosenFile(dataTransfer.files));
  }

  /** Browsers disagree on the target of a paste outside text fields; the document always receives it. */
  #listenForPaste(focused: boolean): void {
    this.#document?.removeEventListener('paste', this.#onPaste);
    this.#document = focused ? this.#host.ownerDocument : null;
    this.#document?.addEventListener('paste', this.#onPaste);
  }

  readonly #onPaste = (event: ClipboardEvent): void => {
    if (this.#control.pictures() !== 'on' || event.defaultPrevented || isField(event.composedPath()[0])) return;
    const file = chosenFile(event.clipboardData?.files);
    if (!file) return;
    event.preventDefault();
    this.#read(file);
  };

  #read(file: File | null): void {
    if (!file) return;
    this.#control.store.recognize(file, 'user').catch(() => {
      // The store's snapshot holds the failure.
    });
  }
}
