import { type ReactiveController, type ReactiveElement } from 'lit';
import { onServer } from './on-server.js';
import type { RecognitionStore } from '../../recognition/index.js';
import { recognitionContext } from './contexts.js';
import type { HydrationController } from './hydration-controller.js';
import { LentStore } from './lent-store.js';
import { ContextEvent } from './lit-context.js';
import { observeIds } from './observe-ids.js';
import { StoreController } from './store-controller.js';

/**
 * The answers that an element shows: those of the recognizer that it is given as an element or names by id, else of the
 * one around it. A recognizer that is named may come later, be defined later, be replaced or go.
 */
export class ShownRecognition implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #hydration: HydrationController;
  readonly #around: LentStore<RecognitionStore>;
  readonly #named: StoreController<RecognitionStore>;
  #id = '';
  #given: Element | null = null;
  #recognizer: Element | null = null;
  #stopObserving: (() => void) | null = null;

  /** @param onChange is called after every change, besides the new rendering */
  constructor(host: ReactiveElement, hydration: HydrationController, onChange?: () => void) {
    this.#host = host;
    this.#hydration = hydration;
    this.#around = new LentStore(host, recognitionContext, onChange);
    this.#named = new StoreController<RecognitionStore>(host, onChange);
    host.addController(this);
  }

  /** Null where the element stands alone, or nothing has the id that it names; and while a server's rendering stands. */
  get store(): RecognitionStore | null {
    if (this.#hydration.pending) return null;
    return this.#isNamed ? this.#named.store : this.#around.store;
  }

  get #isNamed(): boolean {
    return this.#given !== null || this.#id !== '';
  }

  hostConnected(): void {
    this.#watch();
  }

  hostDisconnected(): void {
    this.#stopObserving?.();
    this.#stopObserving = null;
  }

  /** Says which recognizer is shown; called with each `willUpdate`. @param id null when the attribute was removed */
  refer(id: string | null, recognizer: Element | null): void {
    if (onServer || ((id ?? '') === this.#id && recognizer === this.#given)) return;
    this.#id = id ?? '';
    this.#given = recognizer;
    this.#watch();
  }

  #watch(): void {
    this.#stopObserving?.();
    const root = this.#host.getRootNode();
    const looksForId = this.#given === null && this.#id !== '';
    this.#stopObserving = looksForId && this.#host.isConnected ? observeIds(root, () => this.#find()) : null;
    this.#find();
  }

  #find(): void {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    this.#take(this.#given ?? (this.#id ? (root.getElementById?.(this.#id) ?? null) : null));
  }

  #take(recognizer: Element | null): void {
    if (recognizer === this.#recognizer) return;
    this.#recognizer = recognizer;
    this.#named.store = null;
    if (recognizer) this.#ask(recognizer);
  }

  /** Asks as an element inside of the recognizer would; one whose tag is not defined yet answers when it is. */
  #ask(recognizer: Element): void {
    let answered = false;
    const answer = (store: RecognitionStore): void => {
      answered = true;
      this.#named.store = store;
    };
    recognizer.dispatchEvent(new ContextEvent(recognitionContext, this.#host, answer, false));
    const { localName } = recognizer;
    if (answered || !localName.includes('-') || customElements.get(localName)) return;
    void customElements.whenDefined(localName).then(() => {
      if (recognizer === this.#recognizer) this.#ask(recognizer);
    });
  }
}
