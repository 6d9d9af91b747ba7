import type { ReactiveController, ReactiveElement } from 'lit';
import { loadMessages, localeFor, subscribeToMessages, type Locale, type Messages } from '../../messages/index.js';
import type { HydrationController } from './hydration-controller.js';
import { languageOf, watchLanguage } from './page-language.js';

/**
 * An element's messages in the language of the page around it: English until they have been fetched. Updates the
 * element when language or messages change.
 */
export class LocaleController implements ReactiveController, Locale {
  readonly #host: ReactiveElement;
  readonly #hydration: HydrationController;
  #locale: Locale = localeFor('');
  #unsubscribe: (() => void)[] = [];

  constructor(host: ReactiveElement, hydration: HydrationController) {
    this.#host = host;
    this.#hydration = hydration;
    host.addController(this);
  }

  /** The messages. */
  get messages(): Messages {
    return this.#current.messages;
  }

  /** The language of messages and numbers: a BCP 47 tag. */
  get language(): string {
    return this.#current.language;
  }

  /** On a server, only the element's own language is known. */
  get #current(): Locale {
    return this.#hydration.pending ? localeFor(this.#host.getAttribute('lang') ?? '') : this.#locale;
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
    const locale = localeFor(language);
    if (locale.messages !== this.#locale.messages || locale.language !== this.#locale.language) {
      this.#locale = locale;
      this.#host.requestUpdate();
    }
    // If a table cannot be fetched, English stays; the next element that needs it retries.
    loadMessages(language).catch(() => {});
  }
}
