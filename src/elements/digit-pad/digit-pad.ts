import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import {
  checkDrawing,
  checkStrokes,
  DrawingError,
  frameFor,
  InkStore,
  moveIntoView,
  penWidthFor,
  strokeRuns,
  strokesToSVG,
  StrokeTracer,
  type ClearOptions,
  type InkSnapshot,
  type Point,
  type Size,
  type Stroke,
  type StrokeRun,
  type Strokes,
} from '../../drawing/index.js';
import { buttonStyles } from '../shared/button.styles.js';
import { boxesContext, disabledContext, inkContext, multipleContext, readonlyContext } from '../shared/contexts.js';
import { cssProperties } from '../shared/css-properties.js';
import { padStyles } from './digit-pad.styles.js';
import { DigitTypedEvent } from '../events/digit-typed-event.js';
import { InkEvent } from '../events/ink-event.js';
import { HydrationController } from '../shared/hydration-controller.js';
import { clearIcon, redoIcon, undoIcon } from '../shared/icons.js';
import { LentStore } from '../shared/lent-store.js';
import { ContextConsumer } from '../shared/lit-context.js';
import { MessagesController } from '../shared/messages-controller.js';
import { formatWhole } from '../shared/number-formats.js';
import { renderBoxes, type InkBox } from './ink-box.js';
import { KeyboardPen } from './keyboard-pen.js';
import { PadSurface, USUAL_SIZE } from './pad-surface.js';
import { PointerPen } from './pointer-pen.js';
import { Replay } from './replay.js';
import { typedDigit } from './typed-digit.js';
import { setState } from '../shared/set-state.js';
import { themeStyles } from '../shared/theme.styles.js';

const BLANK: InkSnapshot = new InkStore().snapshot;

/** Of how many curves a path of the stroke under the pen is at most: only the last path changes. */
const CURVES_PER_PATH = 64;

/** Of how many runs of a stroke it is looked at once whether they have changed. */
const RUNS_PER_BATCH = 32;

const NOWHERE: readonly Point[] = [];

/**
 * @summary A pad to draw on with mouse, pen, finger or keyboard. Keeps what is drawn as strokes.
 *
 * Inside of a `<digit-recognizer>` it draws that element's ink; alone it has its own.
 *
 * The pressure of a pen varies the width of the line; its eraser takes away the strokes that it touches. While a pen
 * draws, fingers are ignored as parts of the hand. Two fingers scroll what is around the pad.
 *
 * Keys: the arrows move a cursor, with Shift in small steps; Space puts the pen down and lifts it; digits are passed on
 * as typed; Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) does again; Escape lifts the pen, or clears.
 *
 * @slot hint - The words on an empty pad.
 * @slot undo-icon - The picture on the undo button.
 * @slot redo-icon - The picture on the redo button.
 * @slot clear-icon - The picture on the clear button.
 *
 * @fires {InkEvent} digit-ink - The ink has changed. Bubbles.
 * @fires {DigitTypedEvent} digit-typed - A digit was typed on the pad; `event.digit`. Bubbles, can be cancelled.
 *
 * @csspart surface - The sheet that is drawn on.
 * @csspart hint - The words on an empty pad.
 * @csspart cursor - The cursor, while the keyboard is used.
 * @csspart box - The frame of each of `boxes`.
 * @csspart box-selected - Besides, where it is selected.
 * @csspart box-label - The text of each of `boxes`.
 * @csspart toolbar - The row of buttons.
 * @csspart button - Each button: undo, redo and clear.
 *
 * @cssproperty [--digit-pad-size=280px] - Width of the pad; `100%` fills what is around it.
 * @cssproperty [--digit-pad-aspect-ratio=1] - Width of the surface by its height. `3 / 1` suits several digits.
 * @cssproperty [--digit-pen-width=5.5% of the pad's shorter side] - Width of the line, in CSS pixels of the pad.
 * @cssproperty --digit-ink-color - Colour of the ink.
 * @cssproperty --digit-paper-color - Colour of the surface.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate drawing - The pen is down.
 * @cssstate replaying - The strokes are played.
 * @cssstate multiple - It is in a recognizer of several digits, and wider.
 * @cssstate readonly - The pad shows its ink, but cannot be drawn on.
 * @cssstate disabled - The pad cannot be drawn on, nor reached by keyboard.
 */
export class DigitPad extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, buttonStyles, padStyles];

  /** Whether the pad refuses to be drawn on, and is passed over by the keyboard. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Whether the pad only shows its ink. */
  @property({ type: Boolean, reflect: true, attribute: 'readonly' }) readOnly = false;

  /** What the pad is called, for those who cannot see it. */
  @property() label = '';

  /** Frames with a label over the ink, in the strokes' coordinates. For the eye only: they are hidden from assistive technology. */
  @property({ attribute: false }) boxes: readonly InkBox[] = [];

  /** What is said to those who use the keyboard. */
  @state() private announcement = '';

  readonly #internals = this.attachInternals();
  readonly #hydration = new HydrationController(this);
  readonly #messages = new MessagesController(this, this.#hydration);
  readonly #ink = new LentStore(this, inkContext, new InkStore(), () => this.#inkChanged());
  readonly #lentDisabled = new ContextConsumer(this, { context: disabledContext, subscribe: true });
  readonly #lentReadonly = new ContextConsumer(this, { context: readonlyContext, subscribe: true });
  readonly #lentBoxes = new ContextConsumer(this, { context: boxesContext, subscribe: true });
  readonly #lentMultiple = new ContextConsumer(this, { context: multipleContext, subscribe: true });
  readonly #surface = new PadSurface(this, {
    store: () => this.#ink.store,
    enabled: () => !this.#disabled && !this.#readonly,
  });
  readonly #pointerPen = new PointerPen(this, this.#surface);
  readonly #keyboardPen = new KeyboardPen(this.#surface, {
    messages: this.#messages,
    announce: (text) => (this.announcement = text),
  });
  readonly #replay = new Replay(this);
  readonly #tracer = new StrokeTracer(CURVES_PER_PATH);

  /**
   * What is drawn, in CSS pixels of the pad as it was when the drawing was begun. Can be set.
   *
   * @throws {DrawingError} `invalid-drawing` for what are no strokes; the ink stays as it was
   */
  get strokes(): Strokes {
    return this.#store.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    checkStrokes(strokes);
    const { size } = this.#surface;
    const placed = moveIntoView(strokes);
    this.#store.replace(placed, size && frameFor(placed, size));
  }

  /** Whether there is something to undo. */
  get canUndo(): boolean {
    return this.#store.snapshot.canUndo;
  }

  /** Whether there is something to redo. */
  get canRedo(): boolean {
    return this.#store.snapshot.canRedo;
  }

  /**
   * Wipes the pad. Can be undone.
   *
   * @param options `history: true` forgets all that was ever drawn besides: nothing can be undone or redone
   */
  clear(options?: ClearOptions): void {
    this.#store.clear(options);
  }

  /** Takes the last change back. */
  undo(): void {
    this.#store.undo();
  }

  /** Does again what was undone last. */
  redo(): void {
    this.#store.redo();
  }

  /** The drawing as data: the strokes, and the size of the pad that their coordinates belong to, in CSS pixels. */
  toJSON(): { width: number; height: number; strokes: Strokes } {
    const { width, height } = this.#surface.frame;
    return { width, height, strokes: this.strokes };
  }

  /**
   * Takes a drawing that `toJSON()` gave, perhaps on a pad of another size. Can be undone.
   *
   * @throws {DrawingError} `invalid-drawing` for anything else; the ink stays as it was
   */
  fromJSON(drawing: { width: number; height: number; strokes: Strokes }): void {
    checkDrawing(drawing);
    const { width, height, strokes } = drawing;
    this.#store.replace(strokes, { width, height });
  }

  /**
   * The ink as the text of an SVG document, in the colours and the width that are shown.
   *
   * @param options `transparent` leaves the paper out
   */
  toSVG({ transparent = false }: { transparent?: boolean } = {}): string {
    return strokesToSVG(this.strokes, this.#surface.pictureOptions(transparent));
  }

  /**
   * The ink as a PNG picture, in the colours and the width that are shown. Drawn anew, so that it is crisp at any size.
   *
   * @param options `size` of the longer side in pixels, 1 to 8192; 1024 unless told. `transparent` leaves the paper out
   * @throws {DrawingError} `invalid-option` for another size, `no-picture` when the browser cannot make the picture
   */
  async toPNG({ size = 1024, transparent = false }: { size?: number; transparent?: boolean } = {}): Promise<Blob> {
    const { strokes } = this;
    const options = this.#surface.pictureOptions(transparent);
    const { strokesToPNG } = await import('../../drawing/strokes-to-png.js');
    return strokesToPNG(strokes, { ...options, size });
  }

  /**
   * Plays the strokes as they were drawn: in their own time where their points have it, else at the speed of a usual
   * hand; pauses between strokes last a second at most. New ink interrupts it. Who wants less motion sees all at once.
   *
   * @param options `speed` is a multiple of the strokes' own
   * @returns settles at the end, or when it was interrupted
   * @throws {DrawingError} `invalid-option` for a speed that is not a positive number
   */
  async replay({ speed = 1 }: { speed?: number } = {}): Promise<void> {
    if (!(speed > 0)) {
      throw new DrawingError('invalid-option', `Strokes cannot be played at speed ${speed}. Give a number above 0.`);
    }
    if (!this.isConnected || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#pointerPen.lift();
    this.#keyboardPen.leave();
    await this.#replay.play(this.strokes, this.#surface.frame, speed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keyboardPen.leave();
  }

  protected override willUpdate(): void {
    const { strokes, drawing } = this.#store.snapshot;
    setState(this.#internals, 'empty', strokes.length === 0);
    setState(this.#internals, 'drawing', drawing);
    setState(this.#internals, 'replaying', this.#replay.moment !== null);
    setState(this.#internals, 'readonly', this.#readonly);
    setState(this.#internals, 'multiple', this.#multiple);
    setState(this.#internals, 'disabled', this.#disabled);
    if (this.#disabled || this.#readonly) this.#leave();
  }

  protected override render(): TemplateResult {
    const { strokes, canUndo, canRedo } = this.#snapshot;
    const { table } = this.#messages;
    const keys = this.#readonly ? nothing : 'Control+Z Control+Shift+Z Control+Y Meta+Z Meta+Shift+Z Escape';
    return html`
      <div
        part="surface"
        class="surface"
        role=${this.#readonly ? 'img' : 'application'}
        tabindex=${this.#disabled ? -1 : 0}
        aria-label=${this.label || (this.#multiple ? table.padLabelMultiple : table.padLabel)}
        aria-describedby=${this.#readonly ? nothing : 'instructions'}
        aria-disabled=${this.#disabled ? 'true' : nothing}
        aria-keyshortcuts=${keys}
        @keydown=${this.#handleKeyDown}
        @focusout=${this.#leave}
        @pointerdown=${this.#pointerDownListener}
      >
        ${this.#renderInk()}
        ${['top-left', 'top-right', 'bottom-right', 'bottom-left'].map((name) => html`<i class="corner ${name}"></i>`)}
        ${
          strokes.length === 0 && !this.#disabled && !this.#readonly
            ? html`<div part="hint" class="hint" aria-hidden="true">
                <slot name="hint">${this.#multiple ? table.padHintMultiple : table.padHint}</slot>
              </div>`
            : nothing
        }
      </div>
      <div part="toolbar" class="toolbar" role="group" aria-label=${table.padTools} @keydown=${this.#handleShortcut}>
        ${this.#renderTool('undo', undoIcon, canUndo, this.#announceUndo)}
        ${this.#renderTool('redo', redoIcon, canRedo, this.#announceRedo)}
        ${this.#renderTool('clear', clearIcon, strokes.length > 0, this.#announceClear)}
      </div>
      <p id="instructions" hidden>${table.padInstructions}</p>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override firstUpdated(): void {
    // Strokes that came before the pad was laid out are in pixels of a size that is known only now.
    if (this.strokes.length > 0) void this.updateComplete.then(() => this.requestUpdate());
  }

  protected override updated(): void {
    // A button that has done its work for good, as "Clear", would take the keyboard with it.
    const focused = this.shadowRoot?.activeElement;
    if (focused instanceof HTMLButtonElement && focused.disabled) this.#surface.focus();
  }

  #renderInk(): TemplateResult {
    const frame = this.#hydration.pending ? USUAL_SIZE : this.#surface.frame;
    const { strokes, pen } = this.#replay.moment ?? { strokes: this.#snapshot.strokes, pen: null };
    const growing = this.#replay.moment !== null || this.#snapshot.drawing;
    const ahead = pen ? [pen] : this.#pointerPen.ahead;
    const last = strokes.length - 1;
    return html`<svg
      class="ink"
      aria-hidden="true"
      viewBox="0 0 ${frame.width} ${frame.height}"
      @pointerdown=${this.#pointerPen}
      @pointermove=${this.#pointerPen}
      @pointerup=${this.#pointerPen}
      @pointercancel=${this.#pointerPen}
      @lostpointercapture=${this.#pointerPen}
      @contextmenu=${this.#pointerPen}
      @touchmove=${this.#pointerPen}
      ${cssProperties({ '--pen-width': `${penWidthFor(frame)}px` })}
    >
      <g class="strokes" stroke-width=${penWidthFor(frame)}>
        ${strokes.map((stroke, index) => {
          const grows = growing && index === last;
          return this.#renderStroke(stroke, grows, grows ? ahead : NOWHERE);
        })}
      </g>
      ${renderBoxes(this.#boxes, frame)} ${this.#renderCursor(frame)}
    </svg>`;
  }

  /** Strokes that are complete are rendered once; of the one that grows, its last path. */
  #renderStroke(stroke: Stroke, grows: boolean, ahead: readonly Point[]): unknown {
    return guard([stroke, grows, ahead], () => {
      const runs = grows ? this.#tracer.trace(stroke.points, ahead) : strokeRuns(stroke.points);
      return svg`<g class="stroke">${inBatches(runs).map(renderBatch)}</g>`;
    });
  }

  #renderCursor(frame: Size): SVGTemplateResult | typeof nothing {
    const cursor = this.#keyboardPen.cursor;
    if (!cursor) return nothing;
    const arm = penWidthFor(frame) * 1.5;
    const cross = `M${cursor.x - arm} ${cursor.y}h${2 * arm}M${cursor.x} ${cursor.y - arm}v${2 * arm}`;
    return svg`<g part="cursor" class="cursor ${this.#keyboardPen.down ? 'down' : ''}">
      <path class="halo" d=${cross} /><path d=${cross} />
      <circle class="halo" cx=${cursor.x} cy=${cursor.y} r=${arm / 2} />
      <circle cx=${cursor.x} cy=${cursor.y} r=${arm / 2} />
    </g>`;
  }

  #renderTool(
    name: 'undo' | 'redo' | 'clear',
    icon: SVGTemplateResult,
    enabled: boolean,
    act: () => void,
  ): TemplateResult {
    const text = this.#messages.table[name];
    return html`<button
      part="button"
      class="button tool"
      type="button"
      aria-label=${text}
      title=${text}
      ?disabled=${!enabled || this.#disabled || this.#readonly}
      @click=${act}
    >
      <slot name="${name}-icon"><svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg></slot>
    </button>`;
  }

  get #store(): InkStore {
    return this.#ink.store;
  }

  /** The drawing as it is shown; a server shows none. */
  get #snapshot(): InkSnapshot {
    return this.#hydration.pending ? BLANK : this.#store.snapshot;
  }

  get #disabled(): boolean {
    return this.disabled || this.#lends(this.#lentDisabled.value);
  }

  get #readonly(): boolean {
    return this.readOnly || this.#lends(this.#lentReadonly.value);
  }

  /** Those of the recognizer are of the ink as it was answered: while the pen draws they would be in the way. */
  get #boxes(): readonly InkBox[] {
    if (this.boxes.length > 0 || this.#snapshot.drawing || this.#replay.moment) return this.boxes;
    return this.#lentBoxes.value ?? [];
  }

  get #multiple(): boolean {
    return this.#lends(this.#lentMultiple.value);
  }

  /** A server does not know what a recognizer lends. */
  #lends(value: boolean | undefined): boolean {
    return value === true && !this.#hydration.pending;
  }

  /** Before the pen gets it: what was begun by keyboard is complete, and the keys are for this pad from now on. */
  readonly #pointerDownListener = {
    capture: true,
    handleEvent: (): void => {
      this.#keyboardPen.leave();
      if (this.#surface.writable) this.#surface.focus();
      this.requestUpdate();
    },
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    if (this.#disabled || this.#readonly || event.defaultPrevented) return;
    if (this.#handleShortcut(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#press(event)) event.preventDefault();
    this.requestUpdate();
  };

  /** Whether the key did something. */
  #press(event: KeyboardEvent): boolean {
    if (this.#pointerPen.active) {
      if (event.key === 'Escape') this.#pointerPen.lift();
      return event.key === 'Escape';
    }
    if (this.#keyboardPen.press(event)) return true;
    if (event.key === 'Escape' && this.strokes.length > 0) {
      this.#announceClear();
      return true;
    }
    const digit = typedDigit(event.key);
    return digit !== null && this.dispatchEvent(new DigitTypedEvent(digit));
  }

  readonly #handleShortcut = (event: KeyboardEvent): boolean => {
    if (this.#disabled || this.#readonly || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) this.#announceRedo();
    else if (key === 'z') this.#announceUndo();
    else return false;
    event.preventDefault();
    return true;
  };

  readonly #announceUndo = (): void => {
    if (!this.canUndo) return;
    this.undo();
    this.announcement = this.#messages.table.undone(this.#strokeCount);
  };

  readonly #announceRedo = (): void => {
    if (!this.canRedo) return;
    this.redo();
    this.announcement = this.#messages.table.redone(this.#strokeCount);
  };

  readonly #announceClear = (): void => {
    this.clear();
    this.announcement = this.#messages.table.cleared;
  };

  get #strokeCount(): string {
    return formatWhole(this.#messages.language, this.strokes.length);
  }

  /** Whatever took the keyboard away, as a dialog that opens, takes the pen out of the hand as well. */
  readonly #leave = (): void => {
    this.#pointerPen.lift();
    this.#keyboardPen.leave();
    this.requestUpdate();
  };

  #inkChanged(): void {
    this.#replay.stop();
    const { strokes, drawing } = this.#store.snapshot;
    this.dispatchEvent(new InkEvent(strokes, drawing));
  }
}

function inBatches(runs: readonly StrokeRun[]): readonly (readonly StrokeRun[])[] {
  const count = Math.ceil(runs.length / RUNS_PER_BATCH);
  return Array.from({ length: count }, (_, index) => runs.slice(index * RUNS_PER_BATCH, (index + 1) * RUNS_PER_BATCH));
}

/** Runs are only added, and only the last one changes. */
function renderBatch(runs: readonly StrokeRun[]): unknown {
  return guard([runs.length, runs[runs.length - 1]], () => runs.map(renderRun));
}

function renderRun({ path, width }: StrokeRun): SVGTemplateResult {
  return width === 1
    ? svg`<path d=${path} />`
    : svg`<path d=${path} ${cssProperties({ '--pressure': String(width) })} />`;
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-pad': DigitPad;
  }
}
