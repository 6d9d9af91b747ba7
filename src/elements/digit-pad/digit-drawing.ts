import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import {
  copyDrawing,
  copyStrokes,
  describeValue,
  DrawingError,
  frameFor,
  moveIntoView,
  readOptions,
  strokesToPNG,
  strokesToSVG,
  type ClearOptions,
  type InkSnapshot,
  type Strokes,
} from '../../drawing/index.js';
import { checked, element, text } from '../shared/checked.js';
import { InkEvent } from '../events/ink-event.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { ShownRecognition } from '../shared/shown-recognition.js';
import { StoreController } from '../shared/store-controller.js';
import { LonePadStore, type PadStore } from './pad-store.js';
import { PadSurface } from './pad-surface.js';
import { Replay } from './replay.js';

/** A drawing in a page: whose it is, and what a page can do with it. How it is drawn and looks is the pad's. */
export abstract class DigitDrawing extends LitElement {
  /** Id of the `<digit-recognizer>` whose ink is drawn, in the same document or shadow tree. */
  @checked(text)
  @property({ attribute: 'for' })
  htmlFor = '';

  /** The `<digit-recognizer>` whose ink is drawn; goes before `for`. */
  @checked(element)
  @property({ attribute: false })
  recognizer: Element | null = null;

  protected readonly hydration = new HydrationController(this);
  protected readonly surface = new PadSurface(this, {
    store: () => this.store.ink,
    enabled: () => this.enabled,
    resized: () => this.resized(),
  });
  protected readonly player = new Replay(this);
  readonly #own = new LonePadStore();
  readonly #recognition = new ShownRecognition(this, this.hydration, () => this.#tellOfInk());
  /** The ink that was told of last, and the store that it is in. */
  #told: { readonly store: PadStore; readonly ink: InkSnapshot } = { store: this.#own, ink: this.#own.ink.snapshot };

  constructor() {
    super();
    new StoreController<PadStore>(this, () => this.#tellOfInk()).store = this.#own;
    this.addEventListener('focusout', ({ relatedTarget }) => this.store.left?.(relatedTarget));
  }

  /**
   * What is drawn, in CSS pixels of the pad as it was when the drawing was begun; frozen. Can be set, and is copied then.
   *
   * @throws {DrawingError} `invalid-drawing` for anything but strokes; the ink stays as it was
   */
  @property({ attribute: false, noAccessor: true })
  get strokes(): Strokes {
    return this.store.ink.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    const { size } = this.surface;
    const placed = moveIntoView(copyStrokes(strokes));
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
   * Wipes the pad. Can be undone.
   *
   * @param options `history: true` forgets all that was ever drawn besides: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.store.clear('page', options);
  }

  /** Takes the last change back. */
  undo(): void {
    this.store.undo();
  }

  /** Does again what was undone last. */
  redo(): void {
    this.store.redo();
  }

  /** The drawing as data: the strokes, and the size of the pad that their coordinates belong to, in CSS pixels. */
  toJSON(): { width: number; height: number; strokes: Strokes } {
    const { width, height } = this.surface.frame;
    return { width, height, strokes: this.strokes };
  }

  /**
   * Takes a drawing that `toJSON()` gave, perhaps on a pad of another size. Can be undone.
   *
   * @throws {DrawingError} `invalid-drawing` for anything else; the ink stays as it was
   */
  fromJSON(drawing: { width: number; height: number; strokes: Strokes }): void {
    const { width, height, strokes } = copyDrawing(drawing);
    this.store.replaceInk(strokes, { width, height });
  }

  /**
   * The ink as the text of an SVG document, in the colors and the width that are shown.
   *
   * @param options `transparent` leaves the paper out
   * @throws {DrawingError} `invalid-option` for options that are none
   */
  toSVG(options?: { transparent?: boolean }): string {
    const { transparent = false } = readOptions(options, ['transparent'], DrawingError, 'invalid-option');
    return strokesToSVG(this.strokes, this.surface.pictureOptions(transparent));
  }

  /**
   * The ink as a PNG picture, in the colors and the width that are shown. Drawn anew, so that it is crisp at any size.
   *
   * @param options `size` of the longer side in pixels, 1 to 8192; 1024 by default. `transparent` leaves the paper out
   * @throws {DrawingError} `invalid-option` for another size, `no-picture` when the browser cannot make the picture
   */
  async toPNG(options?: { size?: number; transparent?: boolean }): Promise<Blob> {
    const names = ['size', 'transparent'] as const;
    const { size = 1024, transparent = false } = readOptions(options, names, DrawingError, 'invalid-option');
    const { strokes } = this;
    const looks = this.surface.pictureOptions(transparent);
    return strokesToPNG(strokes, { ...looks, size });
  }

  /**
   * Plays the strokes as they were drawn: in their own time where their points have it, else at the speed of a usual
   * hand; pauses between strokes last a second at most. New ink interrupts it. Who wants less motion sees all at once.
   *
   * @param options `speed` is a multiple of the strokes' own
   * @returns settles at the end, or when it was interrupted
   * @throws {DrawingError} `invalid-option` for a speed that is not a positive number, `network` when the code that
   *   plays could not be fetched
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
    this.#told.store.pads?.delete(this);
  }

  /** Whether it can be drawn on. */
  protected abstract get enabled(): boolean;

  /** The sheet has got another size. */
  protected abstract resized(): void;

  /** Ends the stroke that is being drawn. */
  protected abstract lift(): void;

  /** What is drawn on. */
  protected get store(): PadStore {
    return this.#recognition.store ?? this.#own;
  }

  /** Finds out what is drawn on; to be called with each `willUpdate` in a page. */
  protected takeStore(): void {
    this.#recognition.refer(this.htmlFor, this.recognizer);
    const { store } = this;
    store.pads?.add(this);
    if (store === this.#told.store) return;
    this.lift();
    this.#told.store.pads?.delete(this);
    this.#told = { store, ink: store.ink.snapshot };
  }

  /** Fires `digit-ink` for each change of the ink that is drawn on. */
  #tellOfInk(): void {
    const { store } = this;
    const ink = store.ink.snapshot;
    if (store !== this.#told.store || ink === this.#told.ink) return;
    this.#told = { store, ink };
    this.player.stop();
    this.dispatchEvent(new InkEvent(ink.strokes, ink.drawing));
  }
}
