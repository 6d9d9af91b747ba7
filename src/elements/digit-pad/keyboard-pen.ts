import { moveCursor, type InkStore, type Position } from '../../drawing/index.js';
import type { Locale } from '../../messages/index.js';
import { formatWhole, formatWholePercentage } from '../shared/number-formats.js';
import type { PadSurface } from './pad-surface.js';

/** What a keyboard pen needs from its pad. */
export interface KeyboardPenHost {
  readonly locale: Locale;
  /** Announces something to screen readers. */
  announce(text: string): void;
}

/**
 * Draws by keyboard: the arrow keys move a cursor, Space puts the pen down and lifts it. Leaving the page lifts it, too,
 * so that the browser restores the stroke.
 */
export class KeyboardPen {
  readonly type = 'keyboard';
  readonly #surface: PadSurface;
  readonly #host: KeyboardPenHost;
  /** In shares of the frame, which is resized with the pad. */
  #position: Position = { x: 0.5, y: 0.5 };
  /** The ink it draws on, even if the pad switches to another recognizer meanwhile; null while the pen is up. */
  #ink: InkStore | null = null;
  #visible = false;

  constructor(surface: PadSurface, host: KeyboardPenHost) {
    this.#surface = surface;
    this.#host = host;
  }

  /** Position of the cursor in the frame; null while the keyboard is not in use. */
  get cursor(): Position | null {
    if (!this.#visible) return null;
    const { width, height } = this.#surface.frame;
    return { x: this.#position.x * width, y: this.#position.y * height };
  }

  /** Whether the pen is down. */
  get down(): boolean {
    return this.#ink?.pen === this;
  }

  /** Handles a key. Returns false for keys that are not for the pen. */
  press({ key, shiftKey, repeat, timeStamp: time }: KeyboardEvent): boolean {
    if (key === ' ') {
      // A key that is held would draw one dot after the other.
      if (!repeat) this.#toggle(time);
    } else if (key === 'Escape' && this.down) this.lift();
    else return this.#move(key, shiftKey, time);
    return true;
  }

  /** Lifts the pen, and announces it. */
  readonly lift = (): void => {
    removeEventListener('pagehide', this.lift);
    const ink = this.#ink;
    if (!ink || !this.down) return;
    this.#ink = null;
    ink.endStroke(this);
    const { messages, language } = this.#host.locale;
    this.#host.announce(messages.penUp(formatWhole(language, ink.snapshot.strokes.length)));
  };

  /** Lifts the pen and hides the cursor, since the keyboard is no longer in use. */
  leave(): void {
    this.lift();
    this.#visible = false;
  }

  #toggle(time: number): void {
    this.#visible = true;
    if (this.down) return this.lift();
    const { store, frame } = this.#surface;
    this.#ink = store;
    addEventListener('pagehide', this.lift);
    store.beginStroke({ ...this.cursor!, time }, frame, this);
    this.#host.announce(this.#host.locale.messages.penDown);
  }

  #move(key: string, small: boolean, time: number): boolean {
    const { frame } = this.#surface;
    const { width, height } = frame;
    const cursor = moveCursor({ x: this.#position.x * width, y: this.#position.y * height }, key, small, frame);
    if (!cursor) return false;
    this.#visible = true;
    this.#position = { x: cursor.x / width, y: cursor.y / height };
    if (this.down) this.#ink?.extendStroke([{ ...cursor, time }], this);
    const { messages, language } = this.#host.locale;
    const { x, y } = this.#position;
    this.#host.announce(messages.cursorAt(formatWholePercentage(language, x), formatWholePercentage(language, y)));
    return true;
  }
}
