import { moveCursor, type InkStore, type Place } from '../../drawing/index.js';
import type { Messages } from '../../messages/index.js';
import { formatWhole, formatWholePercentage } from '../shared/number-formats.js';
import type { PadSurface } from './pad-surface.js';

/** What a keyboard pen reports to its pad. */
export interface KeyboardPenHost {
  readonly messages: { readonly table: Messages; readonly language: string };
  /** Announces something to screen readers. */
  announce(text: string): void;
}

/** Draws by keyboard: the arrow keys move a cursor, Space puts the pen down and lifts it. */
export class KeyboardPen {
  readonly #surface: PadSurface;
  readonly #host: KeyboardPenHost;
  /** As shares of the frame, which changes its size with the pad. */
  #place: Place = { x: 0.5, y: 0.5 };
  /** What it draws on, also where the pad is given another recognizer's ink meanwhile; null while it is up. */
  #ink: InkStore | null = null;
  #shown = false;

  constructor(surface: PadSurface, host: KeyboardPenHost) {
    this.#surface = surface;
    this.#host = host;
  }

  /** Where the cursor is in the frame; null while the keyboard is not used. */
  get cursor(): Place | null {
    if (!this.#shown) return null;
    const { width, height } = this.#surface.frame;
    return { x: this.#place.x * width, y: this.#place.y * height };
  }

  /** Whether the pen is down. */
  get down(): boolean {
    return this.#ink !== null && this.#ink.snapshot.drawing && !this.#ink.pen;
  }

  /** Whether the key was one for the pen. */
  press({ key, shiftKey, timeStamp: time }: KeyboardEvent): boolean {
    if (key === ' ') this.#toggle(time);
    else if (key === 'Escape' && this.down) this.lift();
    else return this.#move(key, shiftKey, time);
    return true;
  }

  /** Lifts the pen, and says so. */
  lift(): void {
    const ink = this.#ink;
    if (!ink || !this.down) return;
    this.#ink = null;
    ink.endStroke();
    const { table, language } = this.#host.messages;
    this.#host.announce(table.penUp(formatWhole(language, ink.snapshot.strokes.length)));
  }

  /** The keyboard is no longer used: lifts the pen and hides the cursor. */
  leave(): void {
    this.lift();
    this.#shown = false;
  }

  #toggle(time: number): void {
    this.#shown = true;
    if (this.down) return this.lift();
    const { store, frame } = this.#surface;
    this.#ink = store;
    store.beginStroke({ ...this.cursor!, time }, frame);
    this.#host.announce(this.#host.messages.table.penDown);
  }

  #move(key: string, small: boolean, time: number): boolean {
    const { frame } = this.#surface;
    const { width, height } = frame;
    const cursor = moveCursor({ x: this.#place.x * width, y: this.#place.y * height }, key, small, frame);
    if (!cursor) return false;
    this.#shown = true;
    this.#place = { x: cursor.x / width, y: cursor.y / height };
    if (this.down) this.#ink?.extendStroke([{ ...cursor, time }]);
    const { table, language } = this.#host.messages;
    const { x, y } = this.#place;
    this.#host.announce(table.cursorAt(formatWholePercentage(language, x), formatWholePercentage(language, y)));
    return true;
  }
}
