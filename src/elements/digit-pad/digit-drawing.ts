import { property } from 'lit/decorators.js';
import { describeValue, readOptions } from '../../utils/index.js';
import {
  copyDrawing,
  DrawingError,
  frameFor,
  givenStrokes,
  moveIntoView,
  strokesToPNG,
  strokesToSVG,
  type ClearOptions,
  type InkSnapshot,
  type Strokes,
} from '../../drawing/index.js';
import { checked, CheckedElement, element, text } from '../shared/checked.js';
import { InkEvent } from '../events/ink-event.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { ShownRecognition } from '../shared/shown-recognition.js';
import { StoreController } from '../shared/store-controller.js';
import { StandalonePadStore, type PadStore } from './pad-store.js';
import { PadSurface } from './pad-surface.js';
import { Replay } from './replay.js';

/** Base class of a pad: which ink it edits, and its API for drawings. Input and rendering are up to the subclass. */
export abstract class DigitDrawing extends CheckedElement {
  /** Id of the `<digit-recognizer>` whose ink is edited, in the same document or shadow tree. */
  @checked(text)
  @property({ attribute: 'for' })
  htmlFor = '';

  /** The `<digit-recognizer>` whose ink is edited; takes precedence over `for`. */
  @checked(element)
  @property({ attribute: false })
  recognizer: Element | null = null;

  /** @internal */
  protected readonly hydration = new HydrationController(this);
  /** @internal */
  protected readonly surface = new PadSurface(this, {
    store: () => this.store.ink,
    enabled: () => this.enabled,
    resized: () => this.resized(),
  });
  /** @internal */
  protected readonly player = new Replay(this);
  readonly #own = new StandalonePadStore();
  readonly #recognition = new ShownRecognition(this, this.hydration, () => this.#reportInk());
  /** The last reported ink, and its store. */
  #reported: { readonly store: PadStore; readonly ink: InkSnapshot } = {
    store: this.#own,
    ink: this.#own.ink.snapshot,
  };

  constructor() {
    super();
    new StoreController<PadStore>(this, () => this.#reportInk()).store = this.#own;
    this.addEventListener('focusout', ({ relatedTarget }) => this.store.focusLeft?.(relatedTarget));
  }

  /**
   * The ink, in CSS pixels of the pad at its size when the drawing was started; frozen. A value that is set is copied;
   * setting the current one has no effect, and undefined counts as no strokes.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink is left unchanged
   */
  @checked(givenStrokes)
  @property({ attribute: false, noAccessor: true })
  get strokes(): Strokes {
    return this.store.ink.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    if (strokes === this.strokes) return;
    const { size } = this.surface;
    const placed = moveIntoView(strokes);
    this.store.replaceInk(placed, size && frameFor(placed, size));
  }

  /** Whether there is something to undo. */
  get canUndo(): boolean {
    return this.store.ink.snapshot.canUndo;
  }

  /** Whether there is something to redo. */
  get canRedo(): boolean {
    return this.store.ink.snapshot.canRedo;
  }

  /**
   * Clears the pad. Can be undone.
   *
   * @param options `history: true` also forgets all earlier ink: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.store.clear('page', options);
  }

  /** Undoes the last change, if any. */
  undo(): void {
    this.store.undo();
  }

  /** Redoes the last undone change, if any. */
  redo(): void {
    this.store.redo();
  }

  /**
   * Returns the drawing as data: the strokes, and the size in CSS pixels of the pad that their coordinates belong to.
   */
  toJSON(): { width: number; height: number; strokes: Strokes } {
    const { width, height } = this.surface.frame;
    return { width, height, strokes: this.strokes };
  }

  /**
   * Restores a drawing that `toJSON()` returned, perhaps on a pad of another size. Can be undone.
   *
   * @throws {DrawingError} `invalid-drawing` for anything else; the ink is left unchanged
   */
  fromJSON(drawing: { width: number; height: number; strokes: Strokes }): void {
    const { width, height, strokes } = copyDrawing(drawing);
    this.store.replaceInk(strokes, { width, height });
  }

  /**
   * Returns the ink as the source of an SVG document, in the displayed colors and pen width.
   *
   * @param options `transparent` omits the background
   * @throws {DrawingError} `invalid-option` for invalid options
   */
  toSVG(options?: { transparent?: boolean }): string {
    const { transparent = false } = readOptions(options, ['transparent'], DrawingError, 'invalid-option');
    return strokesToSVG(this.strokes, this.surface.pictureOptions(transparent));
  }

  /**
   * Resolves to the ink as a PNG picture, in the displayed colors and pen width. Rendered from the strokes, so it is
   * crisp at any size.
   *
   * @param options `size` of the longer side in pixels, 1 to 8192; 1024 by default. `transparent` omits the background
   * @throws {DrawingError} `invalid-option` for another size, `no-picture` if the browser cannot make the picture
   */
  async toPNG(options?: { size?: number; transparent?: boolean }): Promise<Blob> {
    const names = ['size', 'transparent'] as const;
    const { size = 1024, transparent = false } = readOptions(options, names, DrawingError, 'invalid-option');
    const { strokes } = this;
    const looks = this.surface.pictureOptions(transparent);
    return strokesToPNG(strokes, { ...looks, size });
  }

  /**
   * Replays the strokes: with their own timing if their points have it, else at a usual writing speed; pauses between
   * strokes last a second at most. New ink interrupts it. If reduced motion is preferred, all ink is shown at once.
   *
   * @param options `speed` is a multiple of the strokes' own
   * @returns resolves at the end, or when interrupted
   * @throws {DrawingError} `invalid-option` for a speed that is not a positive number, `network` if the code that
   *   replays could not be fetched
   */
  async replay(options?: { speed?: number }): Promise<void> {
    const { speed = 1 } = readOptions(options, ['speed'], DrawingError, 'invalid-option');
    if (!(typeof speed === 'number' && speed > 0)) {
      const message = `Strokes cannot be played at speed ${describeValue(speed)}. Give a number above 0.`;
      throw new DrawingError('invalid-option', message);
    }
    if (!this.isConnected || globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return;
    this.lift();
    await this.player.play(this.strokes, this.surface.frame, speed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reported.store.pads?.delete(this);
  }

  /**
   * Whether the pad can be drawn on.
   * @internal
   */
  protected abstract get enabled(): boolean;

  /**
   * Called when the surface was resized.
   * @internal
   */
  protected abstract resized(): void;

  /**
   * Ends the current stroke.
   * @internal
   */
  protected abstract lift(): void;

  /**
   * The store that is drawn on.
   * @internal
   */
  protected get store(): PadStore {
    return this.#recognition.store ?? this.#own;
  }

  /**
   * Updates the store that is drawn on; called in each `willUpdate`, except on servers.
   * @internal
   */
  protected takeStore(): void {
    this.#recognition.refer(this.htmlFor, this.recognizer);
    const { store } = this;
    store.pads?.add(this);
    if (store === this.#reported.store) return;
    this.lift();
    this.#reported.store.pads?.delete(this);
    this.#reported = { store, ink: store.ink.snapshot };
    this.#handOver(store);
  }

  /** Gives an untouched recognizer the pad's own ink, which frameworks set before they insert the pad. */
  #handOver(store: PadStore): void {
    const { strokes, frame } = this.#own.ink.snapshot;
    if (store === this.#own || strokes.length === 0 || !store.snapshot.empty || store.ink.snapshot.canUndo) return;
    this.#own.clear('page', { history: true });
    store.replaceInk(strokes, frame);
  }

  /** Fires `digit-ink` for each change of the ink that is drawn on. */
  #reportInk(): void {
    const { store } = this;
    const ink = store.ink.snapshot;
    if (store !== this.#reported.store || ink === this.#reported.ink) return;
    this.#reported = { store, ink };
    this.player.stop();
    this.dispatchEvent(new InkEvent(ink.strokes, ink.drawing));
  }
}
