import '../shared/stand-in-begin.js';
import { html, LitElement, nothing, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { InkStore, type InkSnapshot, type Size } from '../../drawing/index.js';
import { checked, text } from '../shared/checked.js';
import { internalsOf } from '../shared/internals.js';
import { onServer } from '../shared/on-server.js';
import { buttonStyles } from '../shared/button.styles.js';
import { DigitTypedEvent } from '../events/digit-typed-event.js';
import { clearIcon, redoIcon, undoIcon } from '../shared/icons.js';
import { LocaleController } from '../shared/locale-controller.js';
import { setState } from '../shared/set-state.js';
import { themeStyles } from '../shared/theme.styles.js';
import { padStyles } from './digit-pad.styles.js';
import { boxesAround, inkBoxes, type InkBox } from './ink-box.js';
import { DigitDrawing } from './digit-drawing.js';
import { InkLayer } from './ink-layer.js';
import { KeyboardPen } from './keyboard-pen.js';
import { PadCommands } from './pad-commands.js';
import { StandalonePadStore, type PadSnapshot } from './pad-store.js';
import { DEFAULT_SIZE } from './pad-surface.js';
import { PointerPen } from './pointer-pen.js';
import '../shared/stand-in-end.js';

/** What a server renders: it knows neither the ink nor a recognizer. */
const BLANK: InkSnapshot = new InkStore().snapshot;
const STANDALONE: PadSnapshot = new StandalonePadStore().snapshot;

/**
 * @summary A pad for drawing with mouse, pen, touch or keyboard. Keeps the ink as strokes.
 *
 * Inside a `<digit-recognizer>` it edits that element's ink; with `for`, that of the recognizer with this id, in the
 * same document or shadow tree; otherwise its own.
 *
 * Pen pressure varies the line width; a pen's eraser removes the strokes that it touches. While a pen draws, touches
 * are ignored (palm rejection). Two fingers scroll the page around the pad.
 *
 * Keys: the arrows move a cursor, with Shift in small steps; Space puts the pen down and lifts it; digit keys type a
 * digit; Ctrl/Cmd+Z undoes, with Shift (or Ctrl+Y) redoes; Escape lifts the pen, or clears; Backspace deletes the typed
 * digit, or else a picture or a value without ink; Enter submits the form.
 *
 * @slot hint - The hint on an empty pad.
 * @slot undo-icon - The icon of the undo button.
 * @slot redo-icon - The icon of the redo button.
 * @slot clear-icon - The icon of the clear button.
 *
 * @fires {InkEvent} digit-ink - The ink has changed; `event.strokes`, `event.drawing`. Bubbles.
 * @fires {DigitTypedEvent} digit-typed - A digit was typed on the pad; `event.digit`. Bubbles, cancelable.
 *
 * @csspart surface - The drawing surface.
 * @csspart hint - The hint on an empty pad.
 * @csspart cursor - The keyboard cursor, while in use.
 * @csspart box - The frame of each of `boxes`.
 * @csspart box-selected - In addition, on the selected box.
 * @csspart box-label - The label of each of `boxes`.
 * @csspart toolbar - The row of buttons.
 * @csspart button - Each button: undo, redo and clear.
 *
 * @cssproperty [--digit-pad-size=280px] - Width of the pad; `100%` fills its container.
 * @cssproperty [--digit-pad-aspect-ratio=1] - Aspect ratio of the surface. `3 / 1` suits several digits.
 * @cssproperty [--digit-pen-width=5.5% of the pad's shorter side] - Width of the pen, in CSS pixels of the pad.
 * @cssproperty --digit-ink-color - Color of the ink.
 * @cssproperty --digit-paper-color - Color of the surface.
 * @cssproperty --digit-text-color - Color of the buttons' icons.
 * @cssproperty --digit-muted-color - Color of the hint and of disabled icons.
 * @cssproperty --digit-border-color - Color of the borders of surface and buttons.
 * @cssproperty --digit-track-color - Color behind a button under the pointer, and of the borders of disabled ones.
 * @cssproperty --digit-accent-color - Color of the cursor, the boxes and focus outlines.
 * @cssproperty --digit-danger-color - Color of the surface's border if the value is invalid.
 * @cssproperty [--digit-radius=12px] - Corner radius.
 * @cssproperty [--digit-font=inherit] - Font, as in the `font` shorthand.
 *
 * @cssstate empty - Nothing is drawn.
 * @cssstate drawing - The pen is down.
 * @cssstate replaying - The strokes are being replayed.
 * @cssstate multiple - Its recognizer reads several digits; the pad is wider.
 * @cssstate readonly - The pad only shows its ink.
 * @cssstate disabled - The pad can neither be drawn on nor focused.
 */
export class DigitPad extends DigitDrawing {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [themeStyles, buttonStyles, padStyles];

  /** Whether the pad can neither be drawn on nor focused. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Whether the pad only shows its ink. */
  @property({ type: Boolean, reflect: true, attribute: 'readonly' }) readOnly = false;

  /** The pad's accessible name; its recognizer's by default. */
  @checked(text)
  @property()
  label = '';

  /** Labeled frames over the ink, in the strokes' coordinates. Visual only: hidden from assistive technology. */
  @checked(inkBoxes)
  @property({ attribute: false })
  boxes: readonly InkBox[] = [];

  /** Announcement for keyboard users. */
  @state() private announcement = '';

  readonly #internals = internalsOf(this);
  readonly #locale = new LocaleController(this, this.hydration);
  /** Screen readers ignore a text that does not change, so that a repeated one ends with a space. */
  readonly #announce = (text: string): void => {
    this.announcement = text === this.announcement ? `${text}\u00a0` : text;
  };
  readonly #pointerPen = new PointerPen(this, this.surface);
  readonly #keyboardPen = new KeyboardPen(this.surface, {
    locale: this.#locale,
    announce: this.#announce,
  });
  readonly #commands = new PadCommands({
    store: () => this.store,
    enabled: () => this.enabled,
    pointerPen: this.#pointerPen,
    keyboardPen: this.#keyboardPen,
    locale: this.#locale,
    announce: this.#announce,
    typed: (digit) => this.dispatchEvent(new DigitTypedEvent(digit)),
  });
  readonly #layer = new InkLayer();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keyboardPen.leave();
  }

  protected override willUpdate(): void {
    if (!onServer && this.isConnected) this.takeStore();
    if (!onServer && !this.enabled) this.lift();
    const { strokes, drawing } = this.#ink;
    setState(this.#internals, 'empty', strokes.length === 0);
    setState(this.#internals, 'drawing', drawing);
    setState(this.#internals, 'replaying', this.player.moment !== null);
    setState(this.#internals, 'readonly', this.#readonly);
    setState(this.#internals, 'multiple', this.#snapshot.multiple);
    setState(this.#internals, 'disabled', this.#disabled);
  }

  protected override render(): TemplateResult {
    const { strokes, canUndo, canRedo } = this.#ink;
    const { multiple, label, invalid, empty } = this.#snapshot;
    const { messages } = this.#locale;
    const keys = this.#readonly ? nothing : 'Control+Z Control+Shift+Z Control+Y Meta+Z Meta+Shift+Z Escape';
    return html`
      <div
        part="surface"
        class="surface"
        role=${this.#readonly ? 'img' : 'application'}
        tabindex=${this.#disabled ? nothing : 0}
        aria-label=${this.label || label || (multiple ? messages.padLabelMultiple : messages.padLabel)}
        aria-describedby=${this.#readonly ? nothing : 'instructions'}
        aria-disabled=${this.#disabled ? 'true' : nothing}
        aria-invalid=${invalid && !this.#readonly ? 'true' : nothing}
        aria-keyshortcuts=${keys}
        @keydown=${this.#handleKeyDown}
        @focusout=${this.#handleFocusOut}
        @pointerdown=${this.#pointerDownListener}
      >
        ${this.#renderInk()}
        ${['', 'right', 'bottom', 'right bottom'].map((name) => html`<i class="corner ${name}"></i>`)}
        ${
          strokes.length === 0 && !this.#disabled && !this.#readonly
            ? html`<div part="hint" class="hint" aria-hidden="true">
                <slot name="hint">${multiple ? messages.padHintMultiple : messages.padHint}</slot>
              </div>`
            : nothing
        }
      </div>
      <div
        part="toolbar"
        class="toolbar"
        role="group"
        aria-label=${messages.padTools}
        @keydown=${this.#commands.shortcut}
      >
        ${this.#renderTool('undo', undoIcon, canUndo)} ${this.#renderTool('redo', redoIcon, canRedo)}
        ${this.#renderTool('clear', clearIcon, !empty)}
      </div>
      <p id="instructions" hidden>${messages.padInstructions}</p>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    // A focused button that becomes disabled, such as Clear, would lose the focus.
    const focused = this.shadowRoot?.activeElement;
    if (focused instanceof HTMLButtonElement && focused.disabled) this.surface.focus();
  }

  #renderInk(): TemplateResult {
    const { strokes, pen } = this.player.moment ?? { strokes: this.#ink.strokes, pen: null };
    const cursor = this.#keyboardPen.cursor;
    const content = {
      frame: this.#frame,
      sheet: this.surface.shownSize,
      strokes,
      growing: this.player.moment !== null || this.#ink.drawing,
      ahead: pen ? [pen] : this.#pointerPen.ahead,
      boxes: this.#boxes,
      cursor: cursor && { ...cursor, down: this.#keyboardPen.down },
    };
    return this.#layer.render(content, this.#pointerPen);
  }

  /** On an empty pad, only the cursor depends on it. */
  get #frame(): Size {
    if (this.hydration.pending) return DEFAULT_SIZE;
    return this.#keyboardPen.cursor ? this.surface.frame : this.surface.shownFrame;
  }

  #renderTool(name: 'undo' | 'redo' | 'clear', icon: SVGTemplateResult, enabled: boolean): TemplateResult {
    const text = this.#locale.messages[name];
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

  /** The ink to render. */
  get #ink(): InkSnapshot {
    return this.hydration.pending ? BLANK : this.store.ink.snapshot;
  }

  /** The state to render, besides the ink. */
  get #snapshot(): PadSnapshot {
    return this.hydration.pending ? STANDALONE : this.store.snapshot;
  }

  get #disabled(): boolean {
    return this.disabled || this.#snapshot.disabled;
  }

  get #readonly(): boolean {
    return this.readOnly || this.#snapshot.readOnly;
  }

  /** @internal */
  protected get enabled(): boolean {
    return !this.#disabled && !this.#readonly;
  }

  /** The page's boxes, else the recognizer's, which would be in the way during a stroke or a replay. */
  get #boxes(): readonly InkBox[] {
    if (this.boxes?.length > 0 || this.#ink.drawing || this.player.moment) return this.boxes ?? [];
    return this.#snapshot.picture ? [] : boxesAround(this.#snapshot, this.#frame);
  }

  /** Runs before the pointer pen: ends a keyboard stroke, and focuses the pad. */
  readonly #pointerDownListener = {
    capture: true,
    handleEvent: (event: PointerEvent): void => {
      this.#keyboardPen.leave();
      if (this.#pointerPen.admit(event)) this.surface.focus();
      this.requestUpdate();
    },
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    this.#commands.key(event);
    this.requestUpdate();
  };

  /**
   * Ends a keyboard stroke. A pointer keeps drawing, since pages may move the focus on as soon as there is a value, but
   * not behind a dialog.
   */
  readonly #handleFocusOut = (event: FocusEvent): void => {
    const dialog = (event.relatedTarget as Element | null)?.closest('dialog');
    if (dialog && !event.composedPath().includes(dialog)) this.#pointerPen.lift();
    this.#keyboardPen.leave();
    this.requestUpdate();
  };

  /** @internal */
  protected resized(): void {
    // Strokes set before layout are in pixels of a size that is known only now.
    if (this.#ink.strokes.length > 0 || this.boxes?.length > 0) this.requestUpdate();
  }

  /** @internal */
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
