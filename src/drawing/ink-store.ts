import { DrawingError } from './drawing-error.js';
import { moveIntoView } from './frame-for.js';
import { record, redo, undo, type History } from './history.js';
import { readOptions } from './read-options.js';
import { freezeStroke, freezeStrokes, type Point, type Strokes } from './strokes.js';

/** Width and height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a drawing is at one moment. */
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

/** How a pad is wiped. */
export interface ClearOptions {
  /** Whether what can be undone and redone is forgotten as well; kept by default. */
  readonly history?: boolean;
}

/** Strokes, and the size of the pad that they were drawn on. */
interface Drawing {
  readonly strokes: Strokes;
  readonly frame: Size | null;
}

const BLANK: History<Drawing> = { past: [], present: { strokes: freezeStrokes([]), frame: null }, future: [] };

/**
 * The one place that holds a drawing. A pad shows it and asks it for changes. Its strokes are frozen: what was read of
 * them stays true of them.
 *
 * Coordinates stay those of the pad as it was when the drawing was begun (the frame): a pad that is resized shows the
 * frame scaled, so that ink is never moved, cut or lost.
 */
export class InkStore {
  #history = BLANK;
  /** The drawing with the stroke under the pen, or without what the eraser took; null while both are up. */
  #current: Drawing | null = null;
  /** The points of the stroke under the pen; null while an eraser is down. */
  #points: readonly Point[] | null = null;
  #pen: object | null = null;
  #snapshot: InkSnapshot | null = null;
  readonly #listeners = new Set<() => void>();

  /** The present drawing. The same object until something changes. */
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

  /** The pen or eraser that is down; null while none is, and for one that names itself to nobody. */
  get pen(): object | null {
    return this.#current && this.#pen;
  }

  /**
   * Puts a pen down. A drawing that is empty takes `frame` as the pad's size.
   *
   * @param pen who draws: until the next one is put down, nobody else can go on with the stroke, end it or take it back
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

  /** Moves the pen. Where that one is not on the pad nothing happens. */
  extendStroke(points: readonly Point[], pen: object | null = null): void {
    if (!this.#current || !this.#points || this.#pen !== pen || points.length === 0) return;
    this.#points = [...this.#points, ...points.map((point) => Object.freeze(point))];
    const { strokes } = this.#history.present;
    this.#current = { ...this.#current, strokes: freezeStrokes([...strokes, freezeStroke(this.#points)]) };
    this.#changed();
  }

  /** Takes the stroke under the pen back, as if it had never been begun: it cannot be redone. */
  discardStroke(pen: object | null = null): void {
    if (!this.#current || this.#pen !== pen) return;
    this.#current = null;
    this.#changed();
  }

  /** Puts the eraser down. What it takes until it is lifted is one change. */
  beginErasing(pen: object | null = null): void {
    this.#endStroke();
    this.#pen = pen;
    this.#points = null;
    this.#current = this.#history.present;
    this.#changed();
  }

  /** Takes whole strokes away. Where that eraser is not on the pad, or none of them is there, nothing happens. */
  erase(strokes: Strokes, pen: object | null = null): void {
    if (!this.#current || this.#points || this.#pen !== pen) return;
    const kept = freezeStrokes(this.#current.strokes.filter((each) => !strokes.includes(each)));
    if (kept.length === this.#current.strokes.length) return;
    this.#current = { ...this.#current, strokes: kept };
    this.#changed();
  }

  /** Lifts the pen, or the eraser. What was drawn stays, however the stroke came to its end. */
  endStroke(pen: object | null = null): void {
    if (this.#pen === pen) this.#change((history) => history);
  }

  /** Takes the last change back. Without one nothing happens. */
  undo(): void {
    this.#change(undo);
  }

  /** Does again what was undone last. Without that nothing happens. */
  redo(): void {
    this.#change(redo);
  }

  /**
   * Wipes the pad. Can be undone, unless `history` is set: then all that was ever drawn is forgotten, as where the next
   * user must not see what the one before has drawn.
   *
   * @throws {DrawingError} `invalid-option` for options that are none
   */
  clear(options?: ClearOptions): void {
    const { history } = readOptions(options, ['history'], DrawingError, 'invalid-option');
    if (history) this.#change((before) => (isBlank(before) ? before : BLANK));
    else this.replace([], null);
  }

  /**
   * Takes another drawing in place of the present one. Can be undone, unless both are empty.
   *
   * @param frame null where it is not known: the drawing is then moved to where all of it can be shown
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

  /** Lifts pen and eraser, then changes the history. Notifies listeners when either made a difference. */
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
