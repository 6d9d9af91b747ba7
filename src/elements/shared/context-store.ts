import type { ReactiveController, ReactiveElement } from 'lit';
import { ensureContextRoot } from './contexts.js';
import { ContextConsumer } from './lit-context.js';
import { StoreController, type Store } from './store-controller.js';

/**
 * The store that the `<digit-recognizer>` around an element provides; null if there is none. Updates the element
 * whenever the store changes.
 */
export class ContextStore<S extends Store> implements ReactiveController {
  readonly #controller: StoreController<S>;

  /** @param onChange called after every change, in addition to the update */
  constructor(host: ReactiveElement, context: { readonly __context__: S }, onChange?: () => void) {
    // Added before the consumer, which requests another store in the same callback.
    host.addController(this);
    this.#controller = new StoreController<S>(host, onChange);
    new ContextConsumer(host, {
      context,
      subscribe: true,
      callback: (store) => {
        this.#controller.store = store;
      },
    });
  }

  get store(): S | null {
    return this.#controller.store;
  }

  /** The element may have been moved out of another recognizer. */
  hostConnected(): void {
    ensureContextRoot();
    this.#controller.store = null;
  }
}
