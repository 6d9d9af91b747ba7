import { adoptStyles, type ReactiveController, type ReactiveElement } from 'lit';
import { onServer } from './on-server.js';

/** Global by which Lit's hydration support patches each copy of Lit that is loaded after it. */
const HYDRATION_SUPPORT = 'litElementHydrateSupport';

/**
 * Lets an element hydrate what a server rendered: while {@link pending}, it must render the same as the server, which
 * knows attributes but neither the page, nor the ink, nor any service. The host is updated right after.
 *
 * In a page without `@lit-labs/ssr-client/lit-element-hydrate-support.js`, Lit would render a second time next to the
 * server's content, which is removed instead.
 */
export class HydrationController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #hydrates: boolean;

  /** Must be called while the host is constructed. */
  constructor(host: ReactiveElement) {
    this.#host = host;
    // During construction, there is a shadow root only if the markup declared it.
    this.#hydrates = !onServer && host.shadowRoot !== null && HYDRATION_SUPPORT in globalThis;
    if (!onServer && !this.#hydrates) host.shadowRoot?.replaceChildren();
    host.addController(this);
  }

  /** Whether the host renders on a server, or for the first time over what a server rendered. */
  get pending(): boolean {
    return onServer || (this.#hydrates && !this.#host.hasUpdated);
  }

  hostConnected(): void {
    // A preview adopts more styles later, and keeps them when it is moved.
    if (!this.#hydrates || this.#host.hasUpdated || !(this.#host.renderRoot instanceof ShadowRoot)) return;
    // A strict policy forbids the style elements in a server's markup.
    adoptStyles(this.#host.renderRoot, (this.#host.constructor as typeof ReactiveElement).elementStyles);
  }

  hostUpdated(): void {
    if (this.pending) void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  }
}
