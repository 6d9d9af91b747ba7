import { type ReactiveController, type ReactiveElement } from 'lit';
import type { RecognitionStore } from '../../recognition/index.js';
import { onServer } from './on-server.js';
import { recognitionContext } from './contexts.js';
import type { HydrationController } from './hydration-controller.js';
import { ContextStore } from './context-store.js';
import { ContextEvent } from './lit-context.js';
import { observeIds } from './observe-ids.js';
import { StoreController } from './store-controller.js';

/**
 * The answers that an element shows: those of the recognizer given as an element or by id, else of the one around it. A
 * referenced recognizer may be added or defined later, replaced or removed.
 */
export class ShownRecognition implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #hydration: HydrationController;
  readonly #around: ContextStore<RecognitionStore>;
  readonly #named: StoreController<RecognitionStore>;
  #id = '';
  #given: Element | null = null;
  #recognizer: Element | null = null;
  #stopObserving: (() => void) | null = null;

  /** @param onChange called after every change, in addition to the update */
  constructor(host: ReactiveElement, hydration: HydrationController, onChange?: () => void) {
    this.#host = host;
    this.#hydration = hydration;
    this.#around = new ContextStore(host, recognitionContext, onChange);
    this.#named = new StoreController<RecognitionStore>(host, onChange);
    host.addController(this);
  }

  /** Null if the element has no recognizer, or nothing has the given id; and during hydration. */
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

  /**
   * Sets the recognizer to show; called in each `willUpdate`.
   * @param id null if the attribute was removed
   */
  refer(id: string | null, recognizer: Element | null): void {
    if (onServer || ((id ?? '') === this.#id && recognizer === this.#given)) return;
    this.#id = id ?? '';
    this.#given = recognizer;
    this.#watch();
  }

  #watch(): void {
    this.#stopObserving?.();
    const root = this.#host.getRootNode();
    const usesId = this.#given === null && this.#id !== '';
    this.#stopObserving = usesId && this.#host.isConnected ? observeIds(root, () => this.#find()) : null;
    this.#find();
  }

  #find(): void {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    this.#setRecognizer(this.#given ?? (this.#id ? (root.getElementById?.(this.#id) ?? null) : null));
  }

  #setRecognizer(recognizer: Element | null): void {
    if (recognizer === this.#recognizer) return;
    this.#recognizer = recognizer;
    this.#named.store = null;
    if (recognizer) this.#requestStore(recognizer);
  }

  /** Requests the store as an element inside the recognizer would; a recognizer not defined yet answers once it is. */
  #requestStore(recognizer: Element): void {
    let answered = false;
    const answer = (store: RecognitionStore): void => {
      answered = true;
      this.#named.store = store;
    };
    recognizer.dispatchEvent(new ContextEvent(recognitionContext, this.#host, answer, false));
    const { localName } = recognizer;
    if (answered || !localName.includes('-') || customElements.get(localName)) return;
    void customElements.whenDefined(localName).then(() => {
      if (recognizer === this.#recognizer) this.#requestStore(recognizer);
    });
  }
}
