import { InkStore, type ClearOptions, type Size, type Strokes } from '../../drawing/index.js';
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
  | 'removable'
>;

/** What a pad draws on and sends its user's requests to: a recognizer's store, or its own. */
export interface PadStore
  extends Store, Pick<RecognitionStore, 'ink' | 'replaceInk' | 'clear' | 'undo' | 'redo' | 'correct'> {
  readonly snapshot: PadSnapshot;
  /** The pads that draw on it. */
  readonly pads?: Set<HTMLElement>;
  /** Submits the form that the recognizer belongs to. */
  readonly submit?: () => void;
  /** Called when the pad has lost the focus, with the element that has gained it. */
  readonly focusLeft?: (to: EventTarget | null) => void;
}

/** State of a pad without a recognizer, and on servers. */
const STANDALONE: PadSnapshot = {
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
  removable: null,
};

/** Store of a pad without a recognizer, whose ink is not read. */
export class StandalonePadStore implements PadStore {
  readonly ink = new InkStore();

  get snapshot(): PadSnapshot {
    return this.ink.snapshot.strokes.length === 0 ? STANDALONE : { ...STANDALONE, empty: false };
  }

  subscribe(listener: () => void): () => void {
    return this.ink.subscribe(listener);
  }

  replaceInk(strokes: Strokes, frame: Size | null): void {
    if (strokes !== this.ink.snapshot.strokes) this.ink.replace(strokes, frame);
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

  /** Does nothing, since there is no answer to correct. */
  correct(): void {}
}
