import { readOptions } from '../utils/index.js';
import { DrawingError } from './drawing-error.js';
import { moveIntoView } from './frame-for.js';
import { record, redo, undo, type History } from './history.js';
import { freezeStroke, freezeStrokes, noStrokes, type Point, type Strokes } from './strokes.js';

/** Width and height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The state of a drawing at one moment.
 * @internal
 */
export interface InkSnapshot {
  /** Everything drawn, the stroke under the pen included. */
  readonly strokes: Strokes;
  /** Whether a pen or an eraser is down. */
  readonly drawing: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Size of the pad that the strokes' coordinates belong to; null until it is known. */
  readonly frame: Size | null;
}

/** Options for clearing a pad. */
export interface ClearOptions {
  /** Whether to clear the undo and redo history as well; false by default. */
  readonly history?: boolean;
}

/** Strokes, and the size of the pad they were drawn on. */
interface Drawing {
  readonly strokes: Strokes;
  readonly frame: Size | null;
}

const BLANK: History<Drawing> = { past: [], present: { strokes: noStrokes, frame: null }, future: [] };

/**
 * Single source of truth for a drawing. A pad shows it and requests changes. Its strokes are frozen, so an answer for
 * them stays valid.
 *
 * Coordinates are relative to the pad's size when the drawing was started (the frame): a resized pad shows the frame
 * scaled, so that ink is never moved, clipped or lost.
 *
 * @internal
 */
export class InkStore {
  #history = BLANK;
  /** The drawing with the stroke under the pen, or without the erased strokes; null while pen and eraser are up. */
  #current: Drawing | null = null;
  /** The points of the stroke under the pen; null while an eraser is down. */
  #points: readonly Point[] | null = null;
  #pen: object | null = null;
  #snapshot: InkSnapshot | null = null;
  readonly #listeners = new Set<() => void>();

  /** The current drawing. The same object until something changes. */
  get snapshot(): InkSnapshot {
    const { past, present, future } = this.#history;
    this.#snapshot ??= {
      ...(this.#current ?? present),
      drawing: this.#current !== null,
      canUndo: this.#current !== null || past.length > 0,
      canRedo: this.#current === null && future.length > 0,
    };
    return this.#snapshot;
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The pen or eraser that is down; null while none is, and for an anonymous one. */
  get pen(): object | null {
    return this.#current && this.#pen;
  }

  /**
   * Puts a pen down. An empty drawing takes `frame` as the pad's size.
   *
   * @param pen identifies the pen: until the next one is put down, no other can extend, end or discard the stroke
   */
  beginStroke(point: Point, frame: Size, pen: object | null = null): void {
    this.#endStroke();
    this.#pen = pen;
    const { present } = this.#history;
    this.#points = [Object.freeze(point)];
    this.#current = {
      strokes: freezeStrokes([...present.strokes, freezeStroke(this.#points)]),
      frame: present.strokes.length === 0 ? frame : (present.frame ?? frame),
    };
    this.#changed();
  }

  /** Moves the pen. A no-op while that pen is not down. */
  extendStroke(points: readonly Point[], pen: object | null = null): void {
    if (!this.#current || !this.#points || this.#pen !== pen || points.length === 0) return;
    this.#points = [...this.#points, ...points.map((point) => Object.freeze(point))];
    const { strokes } = this.#history.present;
    this.#current = { ...this.#current, strokes: freezeStrokes([...strokes, freezeStroke(this.#points)]) };
    this.#changed();
  }

  /** Discards the stroke under the pen as if it had never been started: it cannot be redone. */
  discardStroke(pen: object | null = null): void {
    if (!this.#current || this.#pen !== pen) return;
    this.#current = null;
    this.#changed();
  }

  /** Puts the eraser down. Everything erased until it is lifted is one change. */
  beginErasing(pen: object | null = null): void {
    this.#endStroke();
    this.#pen = pen;
    this.#points = null;
    this.#current = this.#history.present;
    this.#changed();
  }

  /** Erases whole strokes. A no-op while that eraser is not down, or if the drawing has none of them. */
  erase(strokes: Strokes, pen: object | null = null): void {
    if (!this.#current || this.#points || this.#pen !== pen) return;
    const kept = freezeStrokes(this.#current.strokes.filter((each) => !strokes.includes(each)));
    if (kept.length === this.#current.strokes.length) return;
    this.#current = { ...this.#current, strokes: kept };
    this.#changed();
  }

  /** Lifts the pen or the eraser. Ink is kept, however the stroke ended. */
  endStroke(pen: object | null = null): void {
    if (this.#pen === pen) this.#change((history) => history);
  }

  /** Undoes the last change, if any. */
  undo(): void {
    this.#change(undo);
  }

  /** Redoes the last undone change, if any. */
  redo(): void {
    this.#change(redo);
  }

  /**
   * Clears the pad. Can be undone, unless `history` is set: then all ink is forgotten, for instance so that the next
   * user cannot see what the previous one drew.
   *
   * @throws {DrawingError} `invalid-option` if `options` is not an object
   */
  clear(options?: ClearOptions): void {
    const { history } = readOptions(options, ['history'], DrawingError, 'invalid-option');
    if (history) this.#change((before) => (isBlank(before) ? before : BLANK));
    else this.replace([], null);
  }

  /**
   * Replaces the drawing. Can be undone, unless both drawings are empty.
   *
   * @param frame null if unknown: the drawing is then moved into view
   */
  replace(strokes: Strokes, frame: Size | null): void {
    const drawing = { strokes: frame ? strokes : moveIntoView(strokes), frame };
    this.#change((before) =>
      strokes.length === 0 && before.present.strokes.length === 0 ? before : record(before, drawing),
    );
  }

  #endStroke(): void {
    if (!this.#current) return;
    if (this.#current !== this.#history.present) this.#history = record(this.#history, this.#current);
    this.#current = null;
  }

  /** Lifts pen and eraser, then changes the history. Notifies listeners if either had an effect. */
  #change(next: (history: History<Drawing>) => History<Drawing>): void {
    const [history, current] = [this.#history, this.#current];
    this.#endStroke();
    this.#history = next(this.#history);
    if (current || this.#history !== history) this.#changed();
  }

  #changed(): void {
    this.#snapshot = null;
    for (const listener of [...this.#listeners]) listener();
  }
}

function isBlank({ past, present, future }: History<Drawing>): boolean {
  return past.length === 0 && future.length === 0 && present.strokes.length === 0;
}
