import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells its host, while that is in a page, that the device is online again. */
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
