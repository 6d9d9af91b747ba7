import type { ReactiveController, ReactiveElement } from 'lit';
import { loadMessages, subscribeToMessages, wordingFor, type Messages, type Wording } from '../../messages/index.js';
import type { HydrationController } from './hydration-controller.js';
import { followLanguage, languageOf } from './page-language.js';

/**
 * The words of an element in the language of the page where it stands: English until those have been fetched. Renders
 * the element anew when language or words change.
 */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #hydration: HydrationController;
  #wording: Wording = wordingFor('');
  #release: (() => void)[] = [];

  constructor(host: ReactiveElement, hydration: HydrationController) {
    this.#host = host;
    this.#hydration = hydration;
    host.addController(this);
  }

  /** The words. */
  get table(): Messages {
    return this.#present.table;
  }

  /** The language that they are in, and numbers are written in: a BCP 47 tag. */
  get language(): string {
    return this.#present.language;
  }

  /** A server knows nothing of the page, only the element's own language. */
  get #present(): Wording {
    return this.#hydration.pending ? wordingFor(this.#host.getAttribute('lang') ?? '') : this.#wording;
  }

  hostConnected(): void {
    const follow = (): void => this.#follow();
    this.#release = [followLanguage(this.#host, follow), subscribeToMessages(follow)];
    follow();
  }

  hostDisconnected(): void {
    for (const release of this.#release.splice(0)) release();
  }

  #follow(): void {
    const language = languageOf(this.#host);
    const wording = wordingFor(language);
    if (wording.table !== this.#wording.table || wording.language !== this.#wording.language) {
      this.#wording = wording;
      this.#host.requestUpdate();
    }
    // English stays where a table cannot be fetched; the next element that wants it tries again.
    loadMessages(language).catch(() => {});
  }
}
