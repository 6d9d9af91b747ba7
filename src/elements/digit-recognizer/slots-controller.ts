import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The name of the slot that takes what names none. */
const DEFAULT_SLOT = '';

/**
 * Knows which slots a page has filled, and renders the host anew when that changes. White space fills nothing, unlike
 * for the browser, which would show an element that is closed on the next line as empty.
 *
 * Nothing is known before the host's first rendering, so that it is the same on a server, which sees no children.
 */
export class SlotsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #filled: ReadonlySet<string> = new Set([DEFAULT_SLOT]);
  #observer: MutationObserver | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the page has put something into a slot; '' is the slot without a name. */
  has(name: string): boolean {
    return this.#filled.has(name);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#look());
    this.#observer.observe(this.#host, { childList: true, subtree: true, attributeFilter: ['slot'] });
    void this.#host.updateComplete.then(() => this.#look());
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #look(): void {
    const filled = new Set<string>();
    for (const node of this.#host.childNodes) {
      if (node instanceof Element) filled.add(node.slot);
      else if (node instanceof Text && node.data.trim() !== '') filled.add(DEFAULT_SLOT);
    }
    if (filled.size === this.#filled.size && [...filled].every((name) => this.#filled.has(name))) return;
    this.#filled = filled;
    this.#host.requestUpdate();
  }
}
