import '../shared/stand-in-begin.js';
import { html, LitElement, nothing, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { checked, text } from '../shared/checked.js';
import { internalsOf } from '../shared/internals.js';
import { onServer } from '../shared/on-server.js';
import { property, state } from 'lit/decorators.js';
import { InkStore, type InkSnapshot, type Size } from '../../drawing/index.js';
import { buttonStyles } from '../shared/button.styles.js';
import { padStyles } from './digit-pad.styles.js';
import { DigitTypedEvent } from '../events/digit-typed-event.js';
import { clearIcon, redoIcon, undoIcon } from '../shared/icons.js';
import { MessagesController } from '../shared/messages-controller.js';
import { boxesOf, inkBoxes, type InkBox } from './ink-box.js';
import { DigitDrawing } from './digit-drawing.js';
import { InkLayer } from './ink-layer.js';
import { KeyboardPen } from './keyboard-pen.js';
import { PadCommands } from './pad-commands.js';
import { LonePadStore, type PadSnapshot } from './pad-store.js';
import { USUAL_SIZE } from './pad-surface.js';
import { PointerPen } from './pointer-pen.js';
import { setState } from '../shared/set-state.js';
import { themeStyles } from '../shared/theme.styles.js';
import '../shared/stand-in-end.js';

/** What a server renders: it knows neither what is drawn nor what a recognizer lends. */
const BLANK: InkSnapshot = new InkStore().snapshot;
const ALONE: PadSnapshot = new LonePadStore().snapshot;

/**
 * @summary A pad to draw on with mouse, pen, finger or keyboard. Keeps what is drawn as strokes.
 *
 * Inside of a `<digit-recognizer>` it draws that element's ink, and anywhere on the page that of the recognizer that
 * `for` names; alone it has its own.
 *
 * The pressure of a pen varies the width of the line; its eraser takes away the strokes that it touches. While a pen
 * draws, fingers are ignored as parts of the hand. Two fingers scroll what is around the pad.
 *
 * Keys: the arrows move a cursor, with Shift in small steps; Space puts the pen down and lifts it; digits are passed on
 * as typed; Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) does again; Escape lifts the pen, or clears; Backspace takes
 * back what was typed; Enter sends the form.
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
 * @cssproperty --digit-ink-color - Color of the ink.
 * @cssproperty --digit-paper-color - Color of the surface.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate drawing - The pen is down.
 * @cssstate replaying - The strokes are played.
 * @cssstate multiple - It is in a recognizer of several digits, and wider.
 * @cssstate readonly - The pad shows its ink, but cannot be drawn on.
 * @cssstate disabled - The pad cannot be drawn on, nor reached by keyboard.
 */
export class DigitPad extends DigitDrawing {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, buttonStyles, padStyles];

  /** Whether the pad refuses to be drawn on, and is passed over by the keyboard. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Whether the pad only shows its ink. */
  @property({ type: Boolean, reflect: true, attribute: 'readonly' }) readOnly = false;

  /** The pad's accessible name; its recognizer's, by default. */
  @checked(text)
  @property()
  label = '';

  /** Frames with a label over the ink, in the strokes' coordinates. For the eye only: they are hidden from assistive technology. */
  @checked(inkBoxes)
  @property({ attribute: false })
  boxes: readonly InkBox[] = [];

  /** Announcement for keyboard users. */
  @state() private announcement = '';

  readonly #internals = internalsOf(this);
  readonly #messages = new MessagesController(this, this.hydration);
  readonly #pointerPen = new PointerPen(this, this.surface);
  readonly #keyboardPen = new KeyboardPen(this.surface, {
    messages: this.#messages,
    announce: (text) => (this.announcement = text),
  });
  readonly #commands = new PadCommands({
    store: () => this.store,
    enabled: () => this.enabled,
    pointerPen: this.#pointerPen,
    keyboardPen: this.#keyboardPen,
    messages: this.#messages,
    announce: (text) => (this.announcement = text),
    typed: (digit) => this.dispatchEvent(new DigitTypedEvent(digit)),
  });
  readonly #layer = new InkLayer();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keyboardPen.leave();
  }

  protected override willUpdate(): void {
    if (!onServer && this.isConnected) this.takeStore();
    if (!this.enabled) this.lift();
    const { strokes, drawing } = this.#ink;
    setState(this.#internals, 'empty', strokes.length === 0);
    setState(this.#internals, 'drawing', drawing);
    setState(this.#internals, 'replaying', this.player.moment !== null);
    setState(this.#internals, 'readonly', this.#readonly);
    setState(this.#internals, 'multiple', this.#lent.multiple);
    setState(this.#internals, 'disabled', this.#disabled);
  }

  protected override render(): TemplateResult {
    const { strokes, canUndo, canRedo } = this.#ink;
    const { multiple, label, invalid, empty } = this.#lent;
    const { table } = this.#messages;
    const keys = this.#readonly ? nothing : 'Control+Z Control+Shift+Z Control+Y Meta+Z Meta+Shift+Z Escape';
    return html`
      <div
        part="surface"
        class="surface"
        role=${this.#readonly ? 'img' : 'application'}
        tabindex=${this.#disabled ? -1 : 0}
        aria-label=${this.label || label || (multiple ? table.padLabelMultiple : table.padLabel)}
        aria-describedby=${this.#readonly ? nothing : 'instructions'}
        aria-disabled=${this.#disabled ? 'true' : nothing}
        aria-invalid=${invalid && !this.#readonly ? 'true' : nothing}
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
                <slot name="hint">${multiple ? table.padHintMultiple : table.padHint}</slot>
              </div>`
            : nothing
        }
      </div>
      <div part="toolbar" class="toolbar" role="group" aria-label=${table.padTools} @keydown=${this.#commands.shortcut}>
        ${this.#renderTool('undo', undoIcon, canUndo)} ${this.#renderTool('redo', redoIcon, canRedo)}
        ${this.#renderTool('clear', clearIcon, !empty)}
      </div>
      <p id="instructions" hidden>${table.padInstructions}</p>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    // A button that has done its work for good, as "Clear", would take the keyboard with it.
    const focused = this.shadowRoot?.activeElement;
    if (focused instanceof HTMLButtonElement && focused.disabled) this.surface.focus();
  }

  #renderInk(): TemplateResult {
    const { strokes, pen } = this.player.moment ?? { strokes: this.#ink.strokes, pen: null };
    const cursor = this.#keyboardPen.cursor;
    const sheet = {
      frame: this.#frame,
      strokes,
      growing: this.player.moment !== null || this.#ink.drawing,
      ahead: pen ? [pen] : this.#pointerPen.ahead,
      boxes: this.#boxes,
      cursor: cursor && { ...cursor, down: this.#keyboardPen.down },
    };
    return this.#layer.render(sheet, this.#pointerPen);
  }

  /** Of an empty pad nothing but the cursor depends on it. */
  get #frame(): Size {
    if (this.hydration.pending) return USUAL_SIZE;
    return this.#keyboardPen.cursor ? this.surface.frame : this.surface.shownFrame;
  }

  #renderTool(name: 'undo' | 'redo' | 'clear', icon: SVGTemplateResult, enabled: boolean): TemplateResult {
    const text = this.#messages.table[name];
    return html`<button
      part="button"
      class="button tool"
      type="button"
      aria-label=${text}
      title=${text}
      ?disabled=${!enabled || !this.enabled}
      @click=${this.#commands[name]}
    >
      <slot name="${name}-icon"><svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg></slot>
    </button>`;
  }

  /** The drawing as it is shown. */
  get #ink(): InkSnapshot {
    return this.hydration.pending ? BLANK : this.store.ink.snapshot;
  }

  /** What is lent to the pad, as it is shown. */
  get #lent(): PadSnapshot {
    return this.hydration.pending ? ALONE : this.store.snapshot;
  }

  get #disabled(): boolean {
    return this.disabled || this.#lent.disabled;
  }

  get #readonly(): boolean {
    return this.readOnly || this.#lent.readOnly;
  }

  protected get enabled(): boolean {
    return !this.#disabled && !this.#readonly;
  }

  /** Those of the recognizer are of the ink as it was answered: while the pen draws they would be in the way. */
  get #boxes(): readonly InkBox[] {
    if (this.boxes?.length > 0 || this.#ink.drawing || this.player.moment) return this.boxes ?? [];
    return boxesOf(this.#lent);
  }

  /** Before the pen gets it: what was begun by keyboard is complete, and the keys are for this pad from now on. */
  readonly #pointerDownListener = {
    capture: true,
    handleEvent: (event: PointerEvent): void => {
      this.#keyboardPen.leave();
      if (this.#pointerPen.admits(event)) this.surface.focus();
      this.requestUpdate();
    },
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    this.#commands.key(event);
    this.requestUpdate();
  };

  /** Whatever took the keyboard away, as a dialog that opens, takes the pen out of the hand as well. */
  readonly #leave = (): void => {
    this.lift();
    this.requestUpdate();
  };

  protected resized(): void {
    // Strokes that came before the pad was laid out are in pixels of a size that is known only now.
    if (this.#ink.strokes.length > 0 || this.boxes?.length > 0) this.requestUpdate();
  }

  protected lift(): void {
    this.#pointerPen.lift();
    this.#keyboardPen.leave();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-pad': DigitPad;
  }
}
