import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What an element can show: something that notifies of its changes. */
export interface Store {
  subscribe(listener: () => void): () => void;
}

/** Updates its host whenever the store changes, while the host is connected. */
export class StoreController<S extends Store> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onChange: () => void;
  #store: S | null = null;
  #unsubscribe: (() => void) | null = null;
  #connected = false;

  /** @param onChange called after every change, in addition to the update */
  constructor(host: ReactiveControllerHost, onChange: () => void = () => {}) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  get store(): S | null {
    return this.#store;
  }

  set store(store: S | null) {
    if (store === this.#store) return;
    this.#release();
    this.#store = store;
    if (this.#connected) this.#listen();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#listen();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#release();
  }

  #listen(): void {
    this.#unsubscribe ??=
      this.#store?.subscribe(() => {
        this.#onChange();
        this.#host.requestUpdate();
      }) ?? null;
  }

  #release(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }
}
