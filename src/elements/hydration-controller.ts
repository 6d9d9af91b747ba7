import { isServer, type ReactiveController, type ReactiveElement } from 'lit';

/**
 * Lets an element that a server has rendered be taken over as it stands: while {@link pending}, what is rendered must be
 * what the server rendered, which knows attributes but neither the page, nor what was drawn, nor any service. The host
 * is rendered anew right after.
 */
export class HydrationController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #declared: boolean;

  /** To be made while the host is constructed. */
  constructor(host: ReactiveElement) {
    this.#host = host;
    // An element that is only now constructed has a shadow root already where the markup declared it.
    this.#declared = !isServer && host.shadowRoot !== null;
    host.addController(this);
  }

  /** Whether the host renders on a server, or for the first time over what a server rendered. */
  get pending(): boolean {
    return isServer || (this.#declared && !this.#host.hasUpdated);
  }

  hostUpdated(): void {
    if (this.pending) void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  }
}
