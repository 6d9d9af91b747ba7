import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Notifies its host, while connected, when the device comes back online. */
export class OnlineController implements ReactiveController {
  readonly #onOnline: () => void;

  constructor(host: ReactiveControllerHost, onOnline: () => void) {
    this.#onOnline = onOnline;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#onOnline);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#onOnline);
  }
}
