import type { ReactiveController, ReactiveElement } from 'lit';
import {
  fitFrame,
  frameFor,
  penWidthFor,
  unproject,
  type Corners,
  type InkStore,
  type PictureOptions,
  type Position,
  type Size,
  type Strokes,
} from '../../drawing/index.js';

/** Assumed size of a pad that is not displayed, in CSS pixels. */
export const DEFAULT_SIZE: Size = { width: 280, height: 280 };

/** What a pad's surface needs from the pad. */
export interface PadSurfaceHost {
  store(): InkStore;
  /** Whether the pad is neither disabled nor read-only. */
  enabled(): boolean;
  /** Called when the surface was resized. */
  resized(): void;
}

/** Size of the laid-out sheet, and the mapping from viewport positions to positions on it. */
interface Projection {
  readonly sheet: Size;
  readonly toSheet: (position: Position) => Position;
}

/** A pad's sheet as laid out: its size, its position on the screen, and how ink looks on it. */
export class PadSurface implements ReactiveController {
  readonly #element: ReactiveElement;
  readonly #host: PadSurfaceHost;
  /** The frame computed for strokes that have none. */
  #frameless: { readonly strokes: Strokes; readonly displayed: boolean; readonly frame: Size } | null = null;
  #observer: ResizeObserver | null = null;
  /** Its size at the last layout that the browser reported. */
  #layoutSize: Size | null = null;
  /** Where the sheet was on the screen when it was measured last. */
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
    this.#observer = this.#layoutSize = this.#projection = null;
  }

  get store(): InkStore {
    return this.#host.store();
  }

  /** Whether it can be drawn on, and is displayed. */
  get writable(): boolean {
    return this.#host.enabled() && (this.#layoutSize ?? this.size) !== null;
  }

  /** The current inner size, which may force a layout; null while not displayed. */
  get size(): Size | null {
    const { clientWidth: width, clientHeight: height } = this.#find('.surface') ?? { clientWidth: 0, clientHeight: 0 };
    return width > 0 && height > 0 ? { width, height } : null;
  }

  /** Its size at the last layout, so that rendering forces none. */
  get shownSize(): Size {
    return this.#layoutSize ?? DEFAULT_SIZE;
  }

  /** The ink's frame; the current size if the pad is empty. */
  get frame(): Size {
    return this.store.snapshot.strokes.length === 0 ? (this.size ?? DEFAULT_SIZE) : this.shownFrame;
  }

  /** Like {@link frame}, but with the size at the last layout, so that rendering forces none. */
  get shownFrame(): Size {
    const { strokes, frame } = this.store.snapshot;
    const size = this.shownSize;
    if (strokes.length === 0) return size;
    if (frame) return frame;
    const displayed = this.#layoutSize !== null;
    // A pad that is hidden, moved or resized later keeps its frame.
    if (this.#frameless?.strokes !== strokes || (displayed && !this.#frameless.displayed)) {
      this.#frameless = { strokes, displayed, frame: frameFor(strokes, size) };
    }
    return this.#frameless.frame;
  }

  /** The current pen width, in the frame's units. */
  get penWidth(): number {
    const strokes = this.#find('.strokes');
    return strokes ? parseFloat(getComputedStyle(strokes).strokeWidth) : penWidthFor(this.frame);
  }

  /** Focuses the sheet. */
  focus(): void {
    this.#find('.surface')?.focus({ preventScroll: true });
  }

  /** Forgets where the sheet was on the screen, since a stroke starts. */
  reset(): void {
    this.#projection = null;
  }

  /**
   * Returns a function that maps viewport positions, as in pointer events, to the frame: as measured when the stroke
   * started, or when the sheet was resized since. A stroke is the movement of the hand. A page that moves under the pen,
   * as when predictions above the pad grow, must not deform it. And each measurement would force a layout.
   */
  locator(): (position: Position) => Position {
    const { sheet, toSheet } = (this.#projection ??= this.#project());
    const toFrame = fitFrame(this.store.snapshot.strokes.length === 0 ? sheet : this.shownFrame, sheet);
    return (position) => toFrame(toSheet(position));
  }

  #project(): Projection {
    const sheet = this.size ?? DEFAULT_SIZE;
    const corner = (name: string): Position => this.#find(`.${name}`)!.getBoundingClientRect();
    const corners: Corners = [corner('corner'), corner('right'), corner('right.bottom'), corner('bottom')];
    return { sheet, toSheet: unproject(corners, sheet) };
  }

  /** Returns how the ink looks, for pictures of it. */
  pictureOptions(transparent: boolean): PictureOptions {
    const { frame, penWidth } = this;
    const [sheet, strokes] = [this.#find('.surface'), this.#find('.strokes')];
    if (!sheet || !strokes) return { frame, penWidth };
    const paper = transparent ? null : getComputedStyle(sheet).backgroundColor;
    return { frame, penWidth, ink: getComputedStyle(strokes).stroke, paper };
  }

  #observe(): void {
    const sheet = this.#find('.surface');
    // DOMs for unit tests have no layout.
    if (this.#observer || !sheet || !this.#element.isConnected || !('ResizeObserver' in globalThis)) return;
    this.#observer = new ResizeObserver(() => {
      this.#layoutSize = this.size;
      this.#projection = null;
      this.#host.resized();
    });
    this.#observer.observe(sheet);
  }

  #find(selector: string): HTMLElement | null {
    // There is no render root before the first update, or on a server.
    return this.#element.renderRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
