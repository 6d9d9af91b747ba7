import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How far from the visible part of the page an element counts as near. */
const MARGIN = '300px';

/** Notifies once when its host comes near the visible part of the page. */
export class IntersectionController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onNear: () => void;
  #observer: IntersectionObserver | null = null;

  constructor(host: ReactiveControllerHost & Element, onNear: () => void) {
    this.#host = host;
    this.#onNear = onNear;
    host.addController(this);
  }

  /** Watches from now on, until the host is near or leaves the page. */
  watch(): void {
    this.hostDisconnected();
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.hostDisconnected();
        this.#onNear();
      },
      { rootMargin: MARGIN },
    );
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
