import type { ReactiveController, ReactiveElement } from 'lit';
import { ensureContextRoot } from './contexts.js';
import { ContextConsumer } from './lit-context.js';
import { StoreController, type Store } from './store-controller.js';

/**
 * What the `<digit-recognizer>` around an element lends to it; null where it stands alone. Renders the element anew
 * whenever that store changes.
 */
export class LentStore<Lent extends Store> implements ReactiveController {
  readonly #shown: StoreController<Lent>;

  /** @param onChange is called after every change, besides the new rendering */
  constructor(host: ReactiveElement, context: { readonly __context__: Lent }, onChange?: () => void) {
    // Before the consumer, which asks for another store at the same occasion.
    host.addController(this);
    this.#shown = new StoreController<Lent>(host, onChange);
    new ContextConsumer(host, {
      context,
      subscribe: true,
      callback: (store) => {
        this.#shown.store = store;
      },
    });
  }

  get store(): Lent | null {
    return this.#shown.store;
  }

  /** The element may have come from inside of another recognizer. */
  hostConnected(): void {
    ensureContextRoot();
    this.#shown.store = null;
  }
}
