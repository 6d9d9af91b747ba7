import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Messages } from '../../messages/index.js';
import type { ReadPicture, RecognitionStore } from '../../recognition/index.js';
import { isField } from '../shared/is-field.js';
import { pictureFailureText } from '../shared/failure-text.js';
import { paint } from '../shared/paint.js';
import { setState } from '../shared/set-state.js';
import { thumbnailOf } from './thumbnail.js';

/** What the controller asks of its host. */
export interface PictureHost {
  readonly store: RecognitionStore;
  readonly internals: ElementInternals;
  /** `off`: pictures are none of its business; `refused`: they would be, but it cannot be used now. */
  readonly pictures: () => 'on' | 'off' | 'refused';
}

/** The inner field's own events are not the control's. */
const stop = (event: Event): void => event.stopPropagation();

/** The file that is meant when several come at once: the first picture. */
function chosenFile(files: Iterable<File> | null | undefined): File | null {
  const all = [...(files ?? [])];
  return all.find(({ type }) => type.startsWith('image/')) ?? all[0] ?? null;
}

/**
 * Lets a user give a picture in place of ink: choose a file, drop one on the host, or paste one while the host has the
 * focus. While a file is held over the host it has the state `dropping`.
 */
export class PictureController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #from: PictureHost;

  constructor(host: ReactiveElement, from: PictureHost) {
    this.#host = host;
    this.#from = from;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      this.#host.addEventListener(type, this.#onDrag);
    }
    this.#host.addEventListener('focusin', this.#onFocus);
    this.#host.addEventListener('focusout', this.#onBlur);
  }

  hostDisconnected(): void {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      this.#host.removeEventListener(type, this.#onDrag);
    }
    this.#host.removeEventListener('focusin', this.#onFocus);
    this.#host.removeEventListener('focusout', this.#onBlur);
    this.#onBlur();
    setState(this.#from.internals, 'dropping', false);
  }

  /** The button to choose a picture, and the one that is read. */
  render(words: Messages): TemplateResult | typeof nothing {
    const pictures = this.#from.pictures();
    if (pictures === 'off') return nothing;
    const refused = pictures === 'refused';
    const { picture } = this.#from.store.snapshot;
    return html`<div part="pictures" class="pictures">
      <button part="choose" class="button choose" type="button" ?disabled=${refused} @click=${this.#onChoose}>
        ${words.choosePicture}
      </button>
      <input
        class="file"
        type="file"
        accept="image/*"
        hidden
        ?disabled=${refused}
        @input=${stop}
        @change=${this.#onChosen}
      />
      ${picture ? this.#renderPicture(picture, words, refused) : nothing}
      <div class="drop-hint" aria-hidden="true">${words.dropPicture}</div>
    </div>`;
  }

  /** What is said below while a picture is decoded, or could not be. */
  renderNotice(words: Messages, kept: boolean): TemplateResult | null {
    const { fault, decoding } = this.#from.store.snapshot;
    if (fault) {
      return html`<div part="error" class="error" role="alert">
        <p><strong>${pictureFailureText(fault, words)}</strong> ${kept ? words.inkKept : nothing}</p>
      </div>`;
    }
    return decoding ? html`<p role="status">${words.pictureReading}</p>` : null;
  }

  #renderPicture(picture: ReadPicture, words: Messages, refused: boolean): TemplateResult {
    const label = words.pictureLabel(picture.name);
    return html`<figure part="picture" class="picture">
      ${guard(
        [picture, label],
        () =>
          html`<canvas
            class="thumbnail"
            role="img"
            aria-label=${label}
            ${paint(thumbnailOf(picture.pixels))}
          ></canvas>`,
      )}
      <figcaption class="picture-name" aria-hidden="true">${picture.name || words.pictureLabel('')}</figcaption>
      <button
        part="remove"
        class="button remove"
        type="button"
        ?disabled=${refused}
        aria-label=${words.removePicture}
        @click=${this.#onRemove}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18" /></svg>
      </button>
    </figure>`;
  }

  readonly #onChoose = (): void => this.#host.renderRoot.querySelector<HTMLInputElement>('.file')?.click();

  readonly #onChosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    stop(event);
    this.#read(chosenFile(input.files));
    // So that the same file can be chosen again.
    input.value = '';
  };

  readonly #onRemove = (): void => {
    this.#from.store.clear('user');
    this.#host.renderRoot.querySelector<HTMLElement>('.choose')?.focus();
  };

  readonly #onDrag = (event: DragEvent): void => {
    const pictures = this.#from.pictures();
    const { dataTransfer } = event;
    if (pictures === 'off' || event.defaultPrevented || !dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser would leave the page to open the file.
    event.preventDefault();
    const over = event.type === 'dragenter' || event.type === 'dragover';
    const within = event.relatedTarget instanceof Node && this.#host.contains(event.relatedTarget);
    if (over) dataTransfer.dropEffect = pictures === 'on' ? 'copy' : 'none';
    setState(this.#from.internals, 'dropping', pictures === 'on' && (over || (event.type === 'dragleave' && within)));
    if (event.type === 'drop' && pictures === 'on') this.#read(chosenFile(dataTransfer.files));
  };

  /** Browsers do not agree on which element hears of a paste outside of text fields; the document always does. */
  readonly #onFocus = (): void => this.#host.ownerDocument.addEventListener('paste', this.#onPaste);

  readonly #onBlur = (): void => this.#host.ownerDocument.removeEventListener('paste', this.#onPaste);

  readonly #onPaste = (event: ClipboardEvent): void => {
    if (this.#from.pictures() !== 'on' || event.defaultPrevented || isField(event.composedPath()[0])) return;
    const file = chosenFile(event.clipboardData?.files);
    if (!file) return;
    event.preventDefault();
    this.#read(file);
  };

  #read(file: File | null): void {
    if (!file) return;
    this.#from.store.recognize(file, 'user').catch(() => {
      // The store's snapshot tells.
    });
  }
}
