import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { InkStore, strokePath, type InkSnapshot, type Point, type Size, type Strokes } from '../drawing/index.js';
import { disabledContext, inkContext } from './contexts.js';
import { padStyles } from './digit-pad.styles.js';
import { InkEvent } from './events/ink-event.js';
import { clearIcon, redoIcon, undoIcon } from './icons.js';
import { LentStore } from './lent-store.js';
import { MessagesController } from './messages-controller.js';
import { setState } from './set-state.js';
import { themeStyles } from './theme.styles.js';

/** Width of the pen as a share of the pad's shorter side. */
const PEN_WIDTH = 0.055;

/**
 * @summary A pad to draw on with mouse, pen or finger. Keeps what is drawn as strokes.
 *
 * Inside of a `<digit-recognizer>` it draws that element's ink; alone it has its own.
 *
 * @fires {InkEvent} digit-ink - The ink has changed. Bubbles.
 *
 * Keys: Ctrl/Cmd+Z takes back, with Shift does again, Escape clears.
 *
 * @csspart surface - The sheet that is drawn on.
 * @csspart hint - The words on an empty pad.
 * @csspart toolbar - The row of buttons.
 * @csspart button - Each button: undo, redo and clear.
 *
 * @cssproperty [--digit-pad-size=280px] - Width and height of the surface.
 * @cssproperty [--digit-pen-width=5.5% of the pad] - Width of the line, in CSS pixels of the pad.
 * @cssproperty --digit-ink-color - Colour of the ink.
 * @cssproperty --digit-paper-color - Colour of the surface.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate drawing - The pen is down.
 * @cssstate disabled - The pad cannot be drawn on.
 */
export class DigitPad extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, padStyles];

  /** Whether the pad refuses to be drawn on. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** What the pad is called, for those who cannot see it. */
  @property() label = '';

  readonly #internals = this.attachInternals();
  readonly #messages = new MessagesController(this);
  readonly #ink = new LentStore(this, inkContext, new InkStore(), () => this.#inkChanged());
  readonly #lentDisabled = new ContextConsumer(this, { context: disabledContext, subscribe: true });
  /** The pointer that draws; null while none does. */
  #pointer: number | null = null;

  /** What is drawn, in CSS pixels of the pad as it was when the drawing was begun. Can be set. */
  get strokes(): Strokes {
    return this.#store.snapshot.strokes;
  }

  set strokes(strokes: Strokes) {
    this.#store.replace(strokes, this.#size());
  }

  /** Whether there is something to undo. */
  get canUndo(): boolean {
    return this.#store.snapshot.canUndo;
  }

  /** Whether there is something to redo. */
  get canRedo(): boolean {
    return this.#store.snapshot.canRedo;
  }

  /** Wipes the pad. Can be undone. */
  clear(): void {
    this.#store.clear();
  }

  /** Takes the last change back. */
  undo(): void {
    this.#store.undo();
  }

  /** Does again what was undone last. */
  redo(): void {
    this.#store.redo();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#lift();
  }

  protected override willUpdate(): void {
    const { strokes, drawing } = this.#store.snapshot;
    setState(this.#internals, 'empty', strokes.length === 0);
    setState(this.#internals, 'drawing', drawing);
    setState(this.#internals, 'disabled', this.#disabled);
    if (this.#disabled) this.#lift();
  }

  protected override render(): TemplateResult {
    const snapshot = this.#store.snapshot;
    return html`
      <div
        part="surface"
        class="surface"
        role="group"
        tabindex=${this.#disabled ? -1 : 0}
        aria-label=${this.label || this.#messages.table.padLabel}
        aria-disabled=${this.#disabled}
        aria-keyshortcuts="Control+Z Control+Shift+Z Meta+Z Meta+Shift+Z Escape"
        @keydown=${this.#handleKeyDown}
      >
        ${this.#renderInk(snapshot)}
        ${
          snapshot.strokes.length === 0 && !this.#disabled
            ? html`<div part="hint" class="hint" aria-hidden="true">
                <slot name="hint">${this.#messages.table.padHint}</slot>
              </div>`
            : nothing
        }
      </div>
      <div part="toolbar" class="toolbar" role="toolbar" aria-label=${this.#messages.table.padTools}>
        ${this.#renderTool(this.#messages.table.undo, undoIcon, snapshot.canUndo, () => this.undo())}
        ${this.#renderTool(this.#messages.table.redo, redoIcon, snapshot.canRedo, () => this.redo())}
        ${this.#renderTool(this.#messages.table.clear, clearIcon, snapshot.strokes.length > 0, () => this.clear())}
      </div>
    `;
  }

  #renderInk({ strokes, frame }: InkSnapshot): TemplateResult {
    const size = frame ?? this.#size() ?? { width: 280, height: 280 };
    return html`<svg
      class="ink"
      aria-hidden="true"
      viewBox="0 0 ${size.width} ${size.height}"
      @pointerdown=${this.#handlePointerDown}
      @pointermove=${this.#handlePointerMove}
      @pointerup=${this.#handlePointerEnd}
      @pointercancel=${this.#handlePointerEnd}
      @lostpointercapture=${this.#handlePointerEnd}
      @contextmenu=${this.#handleContextMenu}
    >
      <g stroke-width=${Math.min(size.width, size.height) * PEN_WIDTH}>
        ${strokes.map(({ points }) => svg`<path class="stroke" d=${strokePath(points)} />`)}
      </g>
    </svg>`;
  }

  #renderTool(name: string, icon: SVGTemplateResult, enabled: boolean, act: () => void): TemplateResult {
    return html`<button
      part="button"
      class="tool"
      type="button"
      aria-label=${name}
      title=${name}
      ?disabled=${!enabled || this.#disabled}
      @click=${act}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>
    </button>`;
  }

  get #store(): InkStore {
    return this.#ink.store;
  }

  get #disabled(): boolean {
    return this.disabled || (this.#lentDisabled.value ?? false);
  }

  /** The surface's inner size; null while the pad is not shown. */
  #size(): Size | null {
    const surface = this.renderRoot?.querySelector('.surface');
    return surface && surface.clientWidth > 0 && surface.clientHeight > 0
      ? { width: surface.clientWidth, height: surface.clientHeight }
      : null;
  }

  /** Where a pointer event is on the frame: the frame is shown whole and centred, as the SVG's view box is. */
  #locate(event: PointerEvent, frame: Size): Point {
    const box = this.renderRoot.querySelector('.ink')!.getBoundingClientRect();
    const scale = Math.min(box.width / frame.width, box.height / frame.height);
    return {
      x: (event.clientX - box.left - (box.width - frame.width * scale) / 2) / scale,
      y: (event.clientY - box.top - (box.height - frame.height * scale) / 2) / scale,
      pressure: event.pressure,
      time: event.timeStamp,
    };
  }

  readonly #handlePointerDown = (event: PointerEvent): void => {
    const size = this.#size();
    if (this.#pointer !== null || this.#disabled || event.button !== 0 || !event.isPrimary || !size) return;
    this.#pointer = event.pointerId;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const { strokes, frame } = this.#store.snapshot;
    this.#store.beginStroke(this.#locate(event, strokes.length > 0 && frame ? frame : size), size);
  };

  readonly #handlePointerMove = (event: PointerEvent): void => {
    const { frame } = this.#store.snapshot;
    if (event.pointerId !== this.#pointer || !frame) return;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const events = coalesced.length > 0 ? coalesced : [event];
    this.#store.extendStroke(events.map((each) => this.#locate(each, frame)));
  };

  /** However the pointer goes, its ink stays. */
  readonly #handlePointerEnd = (event: PointerEvent): void => {
    if (event.pointerId === this.#pointer) this.#lift();
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    if (this.#disabled) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'z') {
      if (event.shiftKey) this.redo();
      else this.undo();
    } else if (event.key === 'Escape' && this.strokes.length > 0) {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
  };

  readonly #handleContextMenu = (event: Event): void => {
    // A long press of a finger or pen is the beginning of a stroke.
    if (this.#pointer !== null) event.preventDefault();
  };

  #lift(): void {
    if (this.#pointer === null) return;
    this.#pointer = null;
    this.#store.endStroke();
  }

  #inkChanged(): void {
    const { strokes, drawing } = this.#store.snapshot;
    this.dispatchEvent(new InkEvent(strokes, drawing));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-pad': DigitPad;
  }
}
