import { adoptStyles, type ReactiveController, type ReactiveElement } from 'lit';
import { onServer } from './on-server.js';

/** Lit's hydration support leaves itself here for each copy of Lit that is loaded after it. */
const HYDRATION_SUPPORT = 'litElementHydrateSupport';

/**
 * Lets an element that a server has rendered be taken over as it stands: while {@link pending}, what is rendered must be
 * what the server rendered, which knows attributes but neither the page, nor what was drawn, nor any service. The host
 * is rendered anew right after.
 *
 * In a page without `@lit-labs/ssr-client/lit-element-hydrate-support.js`, Lit would render a second time beside what the
 * server rendered: there the server's work is replaced.
 */
export class HydrationController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #declared: boolean;

  /** To be made while the host is constructed. */
  constructor(host: ReactiveElement) {
    this.#host = host;
    // An element that is only now constructed has a shadow root already where the markup declared it.
    this.#declared = !onServer && host.shadowRoot !== null && HYDRATION_SUPPORT in globalThis;
    if (!onServer && !this.#declared) host.shadowRoot?.replaceChildren();
    host.addController(this);
  }

  /** Whether the host renders on a server, or for the first time over what a server rendered. */
  get pending(): boolean {
    return onServer || (this.#declared && !this.#host.hasUpdated);
  }

  hostConnected(): void {
    if (!this.#declared || !(this.#host.renderRoot instanceof ShadowRoot)) return;
    // A strict policy forbids the style elements that a server puts into the markup.
    adoptStyles(this.#host.renderRoot, (this.#host.constructor as typeof ReactiveElement).elementStyles);
  }

  hostUpdated(): void {
    if (this.pending) void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  }
}
