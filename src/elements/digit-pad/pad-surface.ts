import type { ReactiveController, ReactiveElement } from 'lit';
import {
  fitFrame,
  frameFor,
  penWidthFor,
  unproject,
  type Corners,
  type InkStore,
  type PictureOptions,
  type Place,
  type Size,
  type Strokes,
} from '../../drawing/index.js';

/** What a pad is taken for until it is shown. */
export const USUAL_SIZE: Size = { width: 280, height: 280 };

/** What a pad's surface needs of the pad. */
export interface PadSurfaceHost {
  store(): InkStore;
  /** Whether the pad is neither disabled nor read-only. */
  enabled(): boolean;
  /** Called when it has got another size. */
  resized(): void;
}

/** The size of a sheet as it is laid out, and the way from places of the viewport to places of the sheet. */
interface Projection {
  readonly sheet: Size;
  readonly toSheet: (place: Place) => Place;
}

/** The sheet of a pad as it is laid out: its size, where it is on the screen, and how ink looks on it. */
export class PadSurface implements ReactiveController {
  readonly #element: ReactiveElement;
  readonly #host: PadSurfaceHost;
  /** The frame of strokes that came without one. */
  #frameless: { readonly strokes: Strokes; readonly shown: boolean; readonly frame: Size } | null = null;
  #observer: ResizeObserver | null = null;
  /** Its size in the last frame of the page that was laid out. */
  #laidOut: Size | null = null;
  /** Where the sheet is on the screen, until the page is rendered again. */
  #projection: Projection | null = null;

  constructor(element: ReactiveElement, host: PadSurfaceHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  hostConnected(): void {
    this.#observe();
  }

  hostUpdated(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = this.#laidOut = this.#projection = null;
  }

  get store(): InkStore {
    return this.#host.store();
  }

  /** Whether it may be drawn on, and is shown. */
  get writable(): boolean {
    return this.#host.enabled() && (this.#laidOut ?? this.size) !== null;
  }

  /** Its inner size now, for which the browser may have to lay the page out; null while it is not shown. */
  get size(): Size | null {
    const { clientWidth: width, clientHeight: height } = this.#find('.surface') ?? { clientWidth: 0, clientHeight: 0 };
    return width > 0 && height > 0 ? { width, height } : null;
  }

  /** The frame of what is drawn; of an empty pad, its size now. */
  get frame(): Size {
    return this.store.snapshot.strokes.length === 0 ? (this.size ?? USUAL_SIZE) : this.shownFrame;
  }

  /** The same as it was laid out last: to render it, the page need not be laid out in between. */
  get shownFrame(): Size {
    const { strokes, frame } = this.store.snapshot;
    const size = this.#laidOut;
    if (strokes.length === 0) return size ?? USUAL_SIZE;
    if (frame) return frame;
    const shown = size !== null;
    if (this.#frameless?.strokes !== strokes || this.#frameless.shown !== shown) {
      this.#frameless = { strokes, shown, frame: frameFor(strokes, size ?? USUAL_SIZE) };
    }
    return this.#frameless.frame;
  }

  /** In the frame's units. */
  get penWidth(): number {
    const strokes = this.#find('.strokes');
    return strokes ? parseFloat(getComputedStyle(strokes).strokeWidth) : penWidthFor(this.frame);
  }

  /** Takes the keyboard. */
  focus(): void {
    this.#find('.surface')?.focus({ preventScroll: true });
  }

  /** From places of the viewport, as pointer events have them, to places of the frame. Right until the layout changes. */
  locator(): (place: Place) => Place {
    const { sheet, toSheet } = (this.#projection ??= this.#project());
    const toFrame = fitFrame(this.store.snapshot.strokes.length === 0 ? sheet : this.shownFrame, sheet);
    return (place) => toFrame(toSheet(place));
  }

  /**
   * Measures the sheet once per frame of the page, however many events of pointers there are in one: the browser would
   * lay the page out anew for each, since the ink has changed in between. They belong to what is on the screen anyway.
   */
  #project(): Projection {
    const sheet = this.size ?? USUAL_SIZE;
    const corner = (name: string): Place => this.#find(`.${name}`)!.getBoundingClientRect();
    const corners: Corners = [corner('top-left'), corner('top-right'), corner('bottom-right'), corner('bottom-left')];
    requestAnimationFrame(() => (this.#projection = null));
    return { sheet, toSheet: unproject(corners, sheet) };
  }

  /** How the ink looks, for pictures of it. */
  pictureOptions(transparent: boolean): PictureOptions {
    const { frame, penWidth } = this;
    const [sheet, strokes] = [this.#find('.surface'), this.#find('.strokes')];
    if (!sheet || !strokes) return { frame, penWidth };
    const paper = transparent ? null : getComputedStyle(sheet).backgroundColor;
    return { frame, penWidth, ink: getComputedStyle(strokes).stroke, paper };
  }

  #observe(): void {
    const sheet = this.#find('.surface');
    // A DOM for tests has no layout.
    if (this.#observer || !sheet || !this.#element.isConnected || !('ResizeObserver' in globalThis)) return;
    this.#observer = new ResizeObserver(() => {
      this.#laidOut = this.size;
      this.#projection = null;
      this.#host.resized();
    });
    this.#observer.observe(sheet);
  }

  #find(selector: string): HTMLElement | null {
    // There is no root before the first rendering, and none on a server.
    return this.#element.renderRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
