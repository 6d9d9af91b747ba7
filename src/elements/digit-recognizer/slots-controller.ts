import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Name of the default slot. */
const DEFAULT_SLOT = '';

/**
 * Tracks which slots a page has filled, and updates the host when that changes. Whitespace fills nothing, unlike for
 * the browser, which would show an element with its end tag on the next line as empty.
 *
 * The result is constant until the host's first update, so that it is the same on a server, which sees no children.
 */
export class SlotsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #filled: ReadonlySet<string> = new Set([DEFAULT_SLOT]);
  #observer: MutationObserver | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the page has filled a slot; '' is the default slot. */
  has(name: string): boolean {
    return this.#filled.has(name);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#update());
    this.#observer.observe(this.#host, { childList: true, subtree: true, attributeFilter: ['slot'] });
    void this.#host.updateComplete.then(() => this.#update());
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #update(): void {
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
