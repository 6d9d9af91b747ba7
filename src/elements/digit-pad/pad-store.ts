import { copyStrokes, InkStore, type ClearOptions, type Size, type Strokes } from '../../drawing/index.js';
import type { Author, RecognitionSnapshot, RecognitionStore } from '../../recognition/index.js';
import type { Store } from '../shared/store-controller.js';

/** What a pad shows besides its ink. */
export type PadSnapshot = Pick<
  RecognitionSnapshot,
  | 'disabled'
  | 'readOnly'
  | 'label'
  | 'invalid'
  | 'multiple'
  | 'empty'
  | 'settled'
  | 'picture'
  | 'recognitions'
  | 'digits'
  | 'selected'
>;

/** What a pad draws on, and asks for what its user wants: the store of a recognizer, or its own. */
export interface PadStore
  extends Store, Pick<RecognitionStore, 'ink' | 'replaceInk' | 'clear' | 'undo' | 'redo' | 'correct'> {
  readonly snapshot: PadSnapshot;
  /** The pads that draw on it. */
  readonly pads?: Set<HTMLElement>;
  /** Sends the form that the recognizer belongs to. */
  readonly submit?: () => void;
  /** Hears that the pad has lost the focus to something else. */
  readonly left?: (to: EventTarget | null) => void;
}

/** A pad's state while it stands alone, and where a server renders it. */
const ALONE: PadSnapshot = {
  disabled: false,
  readOnly: false,
  label: '',
  invalid: false,
  multiple: false,
  empty: true,
  settled: true,
  picture: null,
  recognitions: [],
  digits: [],
  selected: 0,
};

/** What a pad that stands alone draws on: ink that nobody reads. */
export class LonePadStore implements PadStore {
  readonly ink = new InkStore();

  get snapshot(): PadSnapshot {
    return this.ink.snapshot.strokes.length === 0 ? ALONE : { ...ALONE, empty: false };
  }

  subscribe(listener: () => void): () => void {
    return this.ink.subscribe(listener);
  }

  replaceInk(strokes: Strokes, frame: Size | null): void {
    this.ink.replace(copyStrokes(strokes), frame);
  }

  clear(_author?: Author, options?: ClearOptions): void {
    this.ink.clear(options);
  }

  undo(): void {
    this.ink.undo();
  }

  redo(): void {
    this.ink.redo();
  }

  /** Nobody reads, so that nobody can be corrected. */
  correct(): void {}
}
