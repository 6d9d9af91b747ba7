import type { ReactiveController, ReactiveElement } from 'lit';
import { loadMessages, subscribeToMessages, wordingFor, type Messages, type Wording } from '../../messages/index.js';
import type { HydrationController } from './hydration-controller.js';
import { languageOf, watchLanguage } from './page-language.js';

/**
 * An element's messages in the language of the page around it: English until they have been fetched. Updates the
 * element when language or messages change.
 */
export class MessagesController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #hydration: HydrationController;
  #wording: Wording = wordingFor('');
  #unsubscribe: (() => void)[] = [];

  constructor(host: ReactiveElement, hydration: HydrationController) {
    this.#host = host;
    this.#hydration = hydration;
    host.addController(this);
  }

  /** The messages. */
  get table(): Messages {
    return this.#current.table;
  }

  /** The language of messages and numbers: a BCP 47 tag. */
  get language(): string {
    return this.#current.language;
  }

  /** On a server, only the element's own language is known. */
  get #current(): Wording {
    return this.#hydration.pending ? wordingFor(this.#host.getAttribute('lang') ?? '') : this.#wording;
  }

  hostConnected(): void {
    const update = (): void => this.#update();
    this.#unsubscribe = [watchLanguage(this.#host, update), subscribeToMessages(update)];
    update();
  }

  hostDisconnected(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  #update(): void {
    const language = languageOf(this.#host);
    const wording = wordingFor(language);
    if (wording.table !== this.#wording.table || wording.language !== this.#wording.language) {
      this.#wording = wording;
      this.#host.requestUpdate();
    }
    // If a table cannot be fetched, English stays; the next element that needs it retries.
    loadMessages(language).catch(() => {});
  }
}
