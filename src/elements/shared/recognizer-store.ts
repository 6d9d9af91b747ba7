import { RecognitionStore } from '../../recognition/index.js';

/** The store of a `<digit-recognizer>`, and what its pads have to do with its form. */
export class RecognizerStore extends RecognitionStore {
  /** The pads that draw on it, inside of the recognizer or elsewhere. */
  readonly pads = new Set<HTMLElement>();
  readonly submit: () => void;
  readonly left: (to: EventTarget | null) => void;

  /**
   * @param submit sends the form that the recognizer belongs to
   * @param left hears that a pad has lost the focus to something else
   */
  constructor(submit: () => void, left: (to: EventTarget | null) => void) {
    super();
    this.submit = submit;
    this.left = left;
  }
}
